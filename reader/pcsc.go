//go:build windows || cgo

package reader

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ebfe/scard"
)

// PCSC returns the PC/SC service of the machine.
//
// The binding has hazards that are kept in this file: it panics on an empty list
// of readers, on an empty command, and on a card without T=0 or T=1. Its status
// call on Windows is not used at all (status_windows.go).
func PCSC() Service { return pcscService{} }

type pcscService struct{}

// Establish opens a context of the system's service.
func (pcscService) Establish() (ServiceContext, error) {
	ctx, err := scard.EstablishContext()
	if err != nil {
		return nil, pcscFault("establishing a context", err)
	}
	waiter, err := newWaiter(ctx)
	if err != nil {
		return nil, errors.Join(err, ctx.Release())
	}
	return &pcscContext{ctx: ctx, waiter: waiter}, nil
}

type pcscContext struct {
	ctx    *scard.Context
	waiter waiter
	listed bool // the readers were listed: their coming and going counts
}

// waiter makes the blocking status call.
type waiter interface {
	wait(states []scard.ReaderState, most time.Duration) error
	cancel() error
	release() error
}

func (c *pcscContext) Readers() ([]string, error) {
	c.listed = true
	names, err := c.ctx.ListReaders()
	if errors.Is(err, scard.ErrNoReadersAvailable) {
		return nil, nil
	}
	if err != nil {
		return nil, pcscFault("listing readers", err)
	}
	return names, nil
}

// anyReader is the name under which the service reports readers that come and go.
const anyReader = `\\?PnP?\Notification`

// Wait adds the pseudo reader, so that the list is never empty: the binding would
// panic. It is told how many readers were seen; asking with nothing seen returns
// at once on Windows, again and again.
func (c *pcscContext) Wait(states []ReaderState, most time.Duration) (bool, error) {
	asked := make([]scard.ReaderState, 0, len(states)+1)
	for _, s := range states {
		asked = append(asked, scard.ReaderState{Reader: s.Name, CurrentState: scard.StateFlag(s.mark)})
	}
	if c.listed || len(states) == 0 {
		asked = append(asked, scard.ReaderState{Reader: anyReader, CurrentState: pseudoState(len(states))})
	}
	err := c.waiter.wait(asked, most)
	if errors.Is(err, scard.ErrTimeout) {
		return false, nil
	}
	if err != nil {
		return false, pcscFault("waiting for a card", err)
	}
	for i := range states {
		states[i].take(asked[i])
	}
	return true, nil
}

// pseudoState is what the pseudo reader is told was seen: on Windows the number
// of readers stands in the high word.
func pseudoState(readers int) scard.StateFlag { return scard.StateFlag(readers << 16) }

// take reads the event the service reported. The high word counts insertions and removals.
func (s *ReaderState) take(from scard.ReaderState) {
	event := from.EventState &^ scard.StateChanged
	s.mark = uint32(event)
	s.Card = event&scard.StatePresent != 0
	s.Mute = event&scard.StateMute != 0
	s.Taken = event&scard.StateExclusive != 0
	s.InUse = event&(scard.StateInuse|scard.StateExclusive) != 0
	s.Changes = int(event >> 16)
	s.ATR = nil
	if s.Card {
		s.ATR = slices.Clone(from.Atr)
	}
}

func (c *pcscContext) Cancel() error { return pcscFault("cancelling", c.waiter.cancel()) }

func (c *pcscContext) Release() error {
	return errors.Join(c.waiter.release(), pcscFault("releasing the context", c.ctx.Release()))
}

func (c *pcscContext) Connect(readerName string) (Handle, error) {
	card, err := c.ctx.Connect(readerName, scard.ShareShared, scard.ProtocolAny)
	if err != nil {
		return nil, pcscFault("connecting to the card", err)
	}
	if p := card.ActiveProtocol(); p != scard.ProtocolT0 && p != scard.ProtocolT1 {
		return nil, errors.Join(fmt.Errorf("%w: protocol %d", Mute, p), card.Disconnect(scard.LeaveCard))
	}
	return &pcscHandle{card: card}, nil
}

type pcscHandle struct{ card *scard.Card }

func (h *pcscHandle) Begin() error {
	return pcscFault("beginning a transaction", h.card.BeginTransaction())
}

func (h *pcscHandle) End() error {
	return pcscFault("ending a transaction", h.card.EndTransaction(scard.LeaveCard))
}

func (h *pcscHandle) Transmit(command []byte) ([]byte, error) {
	if len(command) < 4 {
		return nil, fmt.Errorf("%w: a command of %d bytes", Garbled, len(command))
	}
	if p := h.card.ActiveProtocol(); p != scard.ProtocolT0 && p != scard.ProtocolT1 {
		return nil, fmt.Errorf("%w: protocol %d", Mute, p)
	}
	answer, err := h.card.Transmit(command)
	if err != nil {
		return nil, pcscFault("transmitting", err)
	}
	return answer, nil
}

func (h *pcscHandle) Reconnect() error {
	return pcscFault("reconnecting", h.card.Reconnect(scard.ShareShared, scard.ProtocolAny, scard.LeaveCard))
}

func (h *pcscHandle) Disconnect(reset bool) error {
	disposition := scard.LeaveCard
	if reset {
		disposition = scard.UnpowerCard
	}
	return pcscFault("disconnecting", h.card.Disconnect(disposition))
}

// pcscFault gives an error of the binding its fault. The binding's text may be
// in the language of the system, so only the code is kept.
func pcscFault(doing string, err error) error {
	if err == nil {
		return nil
	}
	var code scard.Error
	if !errors.As(err, &code) {
		return fmt.Errorf("%s: %w: %w", doing, ReaderTrouble, err)
	}
	return fmt.Errorf("%s: %w (PC/SC %08X)", doing, faultOfCode(code), uint32(code))
}

// The status call of Windows returns plain system errors, too, when the service
// goes away under it.
const (
	invalidHandle scard.Error = 6
	brokenPipe    scard.Error = 109
)

// faultOfCode is the table from PC/SC code to fault.
func faultOfCode(code scard.Error) Fault {
	switch code {
	case brokenPipe, invalidHandle:
		return NoService
	case scard.ErrNoService, scard.ErrServiceStopped, scard.ErrCommError, scard.ErrInvalidHandle, scard.ErrServerTooBusy, scard.ErrShutdown:
		return NoService
	case scard.ErrSecurityViolation, scard.ErrNoAccess:
		return NotAllowed
	case scard.ErrNoReadersAvailable:
		return NoReader
	case scard.ErrUnknownReader:
		return NoSuchReader
	case scard.ErrReaderUnavailable:
		return ReaderRemoved
	case scard.ErrNoSmartcard:
		return NoCard
	case scard.ErrRemovedCard:
		return CardRemoved
	case scard.ErrSharingViolation:
		return Busy
	case scard.ErrResetCard:
		return CardReset
	case scard.ErrNotTransacted:
		return NoAnswer
	case scard.ErrUnresponsiveCard, scard.ErrUnpoweredCard, scard.ErrUnsupportedCard, scard.ErrProtoMismatch, scard.ErrCardUnsupported, scard.ErrUnknownCard:
		return Mute
	case scard.ErrTimeout:
		return TooSlow
	case scard.ErrCancelled, scard.ErrSystemCancelled:
		return Interrupted
	case scard.ErrInsufficientBuffer, scard.ErrCommDataLost:
		return Garbled
	}
	return ReaderTrouble
}
