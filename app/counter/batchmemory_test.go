package counter

import (
	"runtime/debug"
	"testing"
)

// What a batch spares is given back: the window goes on as before.
func TestSpareMemoryIsOverAfterTheBatch(t *testing.T) {
	limit := debug.SetMemoryLimit(-1)
	over := SpareMemory()
	if during := debug.SetMemoryLimit(-1); during != batchMemory {
		t.Errorf("during a batch the limit is %d", during)
	}
	over()
	if after := debug.SetMemoryLimit(-1); after != limit {
		t.Errorf("after it %d, before %d", after, limit)
	}
	percent := debug.SetGCPercent(100)
	debug.SetGCPercent(percent)
	if percent == batchGC {
		t.Error("the collector still runs as in a batch")
	}
}

// A batch that begins while the window starts does not leave the collector off.
func TestABatchAtTheStartLeavesTheCollectorOn(t *testing.T) {
	before := debug.SetGCPercent(-1)
	defer debug.SetGCPercent(before)
	SpareMemory()()
	if percent := debug.SetGCPercent(before); percent != DayGC {
		t.Errorf("after the batch the collector runs at %d, want %d", percent, DayGC)
	}
}
