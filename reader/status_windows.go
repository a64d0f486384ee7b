package reader

import (
	"errors"
	"runtime"
	"time"
	"unsafe"

	"github.com/ebfe/scard"
	"golang.org/x/sys/windows"
)

// The binding hands the names of the readers to SCardGetStatusChange as numbers,
// and keeps nothing alive meanwhile: the collector may free a name while the
// service reads it. So the status call is made here, with the names pinned, in a
// context of its own.
type windowsWaiter struct{ context uintptr }

// readerStateW is SCARD_READERSTATEW of winscard.h.
type readerStateW struct {
	name     *uint16
	userData uintptr
	current  uint32
	event    uint32
	atrSize  uint32
	atr      [36]byte
}

// The layout is 64 bytes on 64-bit Windows and 56 on 32-bit; the compiler checks it.
const pointerSize = unsafe.Sizeof(uintptr(0))

var _ [2*pointerSize + 3*4 + 36]byte = [unsafe.Sizeof(readerStateW{})]byte{}

const scopeSystem = 2

// winscard returns a procedure of the system's library. It is looked up at each
// call, which costs nothing beside the call itself.
func winscard(name string) *windows.LazyProc {
	return windows.NewLazySystemDLL("winscard.dll").NewProc(name)
}

func newWaiter(*scard.Context) (waiter, error) {
	w := &windowsWaiter{}
	code, _, _ := winscard("SCardEstablishContext").Call(scopeSystem, 0, 0, uintptr(unsafe.Pointer(&w.context)))
	if err := windowsError(code); err != nil {
		return nil, pcscFault("establishing a context to wait in", err)
	}
	return w, nil
}

func (w *windowsWaiter) wait(states []scard.ReaderState, most time.Duration) error {
	if len(states) == 0 {
		return errors.New("no reader to wait for")
	}
	var pinner runtime.Pinner
	defer pinner.Unpin()
	raw := make([]readerStateW, len(states))
	for i, s := range states {
		name, err := windows.UTF16PtrFromString(s.Reader)
		if err != nil {
			return err
		}
		pinner.Pin(name)
		raw[i] = readerStateW{name: name, current: uint32(s.CurrentState)}
	}
	pinner.Pin(&raw[0])
	code, _, _ := winscard("SCardGetStatusChangeW").Call(w.context, uintptr(uint32(most.Milliseconds())), uintptr(unsafe.Pointer(&raw[0])), uintptr(len(raw)))
	if err := windowsError(code); err != nil {
		return err
	}
	for i, r := range raw {
		states[i].EventState = scard.StateFlag(r.event)
		states[i].Atr = append([]byte(nil), r.atr[:min(int(r.atrSize), len(r.atr))]...)
	}
	return nil
}

func (w *windowsWaiter) cancel() error {
	code, _, _ := winscard("SCardCancel").Call(w.context)
	return windowsError(code)
}

func (w *windowsWaiter) release() error {
	code, _, _ := winscard("SCardReleaseContext").Call(w.context)
	return pcscFault("releasing the context to wait in", windowsError(code))
}

func windowsError(code uintptr) error {
	if code == 0 {
		return nil
	}
	return scard.Error(uint32(code))
}
