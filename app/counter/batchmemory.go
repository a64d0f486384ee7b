package counter

import "runtime/debug"

// A batch has a whole PDF in memory, and counter PCs have little of it: the
// garbage collector runs more often then, and oftener still where it gets big.
const (
	batchGC     = 40
	batchMemory = 96 << 20
)

// SpareMemory lets a batch do with less memory until what it returns is called.
// One batch runs at a time.
func SpareMemory() (over func()) {
	percent, limit := debug.SetGCPercent(batchGC), debug.SetMemoryLimit(batchMemory)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
		debug.FreeOSMemory()
	}
}
