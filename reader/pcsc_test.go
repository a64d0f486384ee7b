//go:build windows || cgo

package reader

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/ebfe/scard"
)

// TestBindingHazards: what the binding panics on never reaches it.
func TestBindingHazards(t *testing.T) {
	neverOpened := &pcscHandle{card: &scard.Card{}} // no protocol: the binding panics
	if _, err := neverOpened.Transmit([]byte{0x00, 0xA4, 0x04, 0x0C}); !errors.Is(err, Mute) {
		t.Errorf("without a protocol: %v", err)
	}
	for _, command := range [][]byte{nil, {}, {0x00}} {
		if _, err := neverOpened.Transmit(command); !errors.Is(err, Garbled) {
			t.Errorf("command %X: %v", command, err)
		}
	}
	waits := &spyWaiter{}
	c := &pcscContext{ctx: &scard.Context{}, waiter: waits}
	if _, err := c.Wait(nil, 0); err != nil {
		t.Error(err)
	}
	if len(waits.asked) != 1 || waits.asked[0].Reader != anyReader {
		t.Errorf("no reader: the binding was asked for %+v, want the pseudo reader", waits.asked)
	}
}

// spyWaiter keeps what it was asked and answers as it is told.
type spyWaiter struct {
	asked  []scard.ReaderState
	answer []scard.StateFlag
	err    error
}

func (s *spyWaiter) cancel() error  { return nil }
func (s *spyWaiter) release() error { return nil }

// TestWaitCarriesTheState: what was seen is told back without the mark of
// change, and the count of insertions with it. Asking with nothing seen makes
// Windows return at once, again and again.
func TestWaitCarriesTheState(t *testing.T) {
	waits := &spyWaiter{answer: []scard.StateFlag{0x00030022}}
	c := &pcscContext{ctx: &scard.Context{}, waiter: waits, listed: true}
	states := []ReaderState{{Name: "A"}}
	woken, err := c.Wait(states, 0)
	if err != nil || !woken || !states[0].Card || states[0].Changes != 3 {
		t.Fatalf("%v, %v, %+v", woken, err, states)
	}
	if _, err := c.Wait(states, 0); err != nil {
		t.Fatal(err)
	}
	if got := waits.asked[0].CurrentState; got != 0x00030020 {
		t.Errorf("told back %08X, want 00030020", uint32(got))
	}
	if got := waits.asked[1].CurrentState; got != 1<<16 {
		t.Errorf("the pseudo reader is told %08X, want the number of readers in the high word", uint32(got))
	}
	waits.err = scard.ErrTimeout
	if woken, err := c.Wait(states, 0); woken || err != nil || !states[0].Card {
		t.Errorf("timeout: %v, %v, %+v", woken, err, states)
	}
	waits.err = scard.ErrServiceStopped
	if _, err := c.Wait(states, 0); !errors.Is(err, NoService) {
		t.Errorf("stopped: %v", err)
	}
}

func (s *spyWaiter) wait(states []scard.ReaderState, _ time.Duration) error {
	s.asked = append([]scard.ReaderState(nil), states...)
	for i := range s.answer {
		states[i].EventState = s.answer[i]
	}
	return s.err
}

// TestCodesHaveFaults: each PC/SC code has a fault, and the text of the error is
// not the system's.
func TestCodesHaveFaults(t *testing.T) {
	for code, want := range map[scard.Error]Fault{
		scard.ErrNoService: NoService, scard.ErrServiceStopped: NoService, brokenPipe: NoService, invalidHandle: NoService,
		scard.ErrSecurityViolation: NotAllowed, scard.ErrNoAccess: NotAllowed,
		scard.ErrNoReadersAvailable: NoReader, scard.ErrUnknownReader: NoSuchReader, scard.ErrReaderUnavailable: ReaderRemoved,
		scard.ErrNoSmartcard: NoCard, scard.ErrRemovedCard: CardRemoved, scard.ErrSharingViolation: Busy, scard.ErrResetCard: CardReset,
		scard.ErrUnresponsiveCard: Mute, scard.ErrUnpoweredCard: Mute, scard.ErrProtoMismatch: Mute, scard.ErrNotTransacted: NoAnswer,
		scard.ErrTimeout: TooSlow, scard.ErrCancelled: Interrupted, scard.ErrCommDataLost: Garbled, 0x80109999: ReaderTrouble,
	} {
		err := pcscFault("testing", code)
		if !errors.Is(err, want) {
			t.Errorf("%08X: %v, want %s", uint32(code), err, want)
		}
		if want := fmt.Sprintf("testing: %s (PC/SC %08X)", want.Error(), uint32(code)); err.Error() != want {
			t.Errorf("%08X: %q, want %q", uint32(code), err, want)
		}
	}
}
