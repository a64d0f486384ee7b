package counter

import "runtime/debug"

// A batch has a whole PDF in memory, and counter PCs have little of it: the
// garbage collector runs more often then, and oftener still where it gets big.
const (
	batchGC     = 40
	batchMemory = 96 << 20
)

// DayGC is how far the heap of an open window may grow over what is in use before it
// is swept, in percent. A counter PC is small and the program has time between two keys.
const DayGC = 50

// SpareMemory lets a batch do with less memory until what it returns is called.
// One batch runs at a time.
func SpareMemory() (over func()) {
	percent, limit := debug.SetGCPercent(batchGC), debug.SetMemoryLimit(batchMemory)
	if percent < 0 { // the window's start keeps the collector off, and is over after a batch
		percent = DayGC
	}
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
		debug.FreeOSMemory()
	}
}
