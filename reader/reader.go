package reader

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Reader reaches the cards of the machine through its smart-card service. It
// holds nothing between two calls: each opens a context, holds the card for one
// short shared transaction, and closes everything, so that a service that
// stopped and came back is found again by the next call.
type Reader struct {
	service     Service
	limits      Limits
	attemptsOff bool
}

// Limits are the times a Reader waits.
type Limits struct {
	// Stall is how long one call of the driver may take before the clerk is told.
	Stall time.Duration
	// Share is how long a card that another program holds is waited for.
	Share time.Duration
}

// DefaultLimits keep every error within two seconds of its cause.
func DefaultLimits() Limits {
	return Limits{Stall: 1500 * time.Millisecond, Share: time.Second}
}

// New makes a Reader on a service, with the default limits.
func New(service Service) *Reader { return &Reader{service: service, limits: DefaultLimits()} }

// WithoutAttempts returns the same Reader with Verify and Change switched off.
// Checking the form of a PIN needs no Reader and always works.
func (r *Reader) WithoutAttempts() *Reader {
	return &Reader{service: r.service, limits: r.limits, attemptsOff: true}
}

// Find names the reader to use: the one wanted, or the only one with a card. It
// fails with [*ManyCards] where somebody must choose, and with [NoReader],
// [NoCard], [NoSuchReader] or [NoService].
func (r *Reader) Find(ctx context.Context, wanted string) (string, error) {
	return guard(ctx, r.limits.Stall, func(_ context.Context, _ func(stage)) (string, error) {
		client, err := r.service.Establish()
		if err != nil {
			return "", err
		}
		state, err := look(client)
		if err := errors.Join(err, client.Release()); err != nil {
			return "", err
		}
		return state.Choose(wanted)
	})
}

// Readers names the readers that are connected, with or without a card.
func (r *Reader) Readers(ctx context.Context) ([]string, error) {
	return guard(ctx, r.limits.Stall, func(_ context.Context, _ func(stage)) ([]string, error) {
		client, err := r.service.Establish()
		if err != nil {
			return nil, err
		}
		names, err := client.Readers()
		return names, errors.Join(err, client.Release())
	})
}

// look asks for the readers and their cards at this moment.
func look(client ServiceContext) (State, error) {
	names, err := client.Readers()
	if err != nil {
		return State{}, err
	}
	states := statesOf(names, nil)
	if len(states) > 0 {
		if _, err = client.Wait(states, 0); err != nil {
			return State{}, err
		}
	}
	return State{Readers: states}, nil
}

// Summary reads the summary of the card on a reader; see [ReadSummary]. A card
// that another program reset meanwhile is read once more from the beginning.
func (r *Reader) Summary(ctx context.Context, readerName string, on Date, options ...Option) (Summary, error) {
	read := func(ctx context.Context, s *Session) (Summary, error) { return s.Summary(ctx, on) }
	summary, err := hold(ctx, r, readerName, read, options...)
	if errors.Is(err, CardReset) {
		summary, err = hold(ctx, r, readerName, read, options...)
	}
	if err != nil {
		return EmptySummary(readerName), fmt.Errorf("reading the card on %q: %w", readerName, err)
	}
	summary.Reader = readerName
	return summary, nil
}

// hold opens the card on a reader, does the work within one transaction, and
// lets go. Where a call of the driver hangs, hold returns and leaves the call to
// finish behind: then nothing more is sent but the leaving SELECT, and card and
// context are closed.
func hold[T any](ctx context.Context, r *Reader, readerName string, work func(context.Context, *Session) (T, error), options ...Option) (T, error) {
	return guard(ctx, r.limits.Stall, func(ctx context.Context, now func(stage)) (value T, err error) {
		now(opening)
		client, err := r.service.Establish()
		if err != nil {
			return value, err
		}
		defer func() { err = keep(err, client.Release) }()
		defer func() { err = refine(client, readerName, err) }()
		handle, err := r.connect(ctx, client, readerName, now)
		if err != nil {
			return value, err
		}
		session := NewSession(&heldCard{handle, now}, options...)
		defer func() { err = letGo(ctx, session, handle, err) }()
		return work(ctx, session)
	})
}

// connect opens the card and begins the transaction. A card that another
// program holds is asked for again for a short while.
func (r *Reader) connect(ctx context.Context, client ServiceContext, readerName string, now func(stage)) (Handle, error) {
	var handle Handle
	const pause = 100 * time.Millisecond
	for waited := time.Duration(0); ; waited += pause {
		now(whoOpens(client, readerName))
		var err error
		handle, err = client.Connect(readerName)
		if err == nil {
			break
		}
		if !errors.Is(err, Busy) || waited >= r.limits.Share {
			return nil, err
		}
		if err := sleep(ctx, pause); err != nil {
			return nil, asFault(err)
		}
	}
	now(sharing)
	err := handle.Begin()
	if errors.Is(err, CardReset) {
		if err = handle.Reconnect(); err == nil {
			err = handle.Begin()
		}
	}
	if err != nil {
		return nil, keep(err, func() error { return handle.Disconnect(false) })
	}
	return handle, nil
}

// whoOpens tells a wait for another program from a wait for the card: opening a
// card blocks while another program is in the middle of a transaction.
func whoOpens(client ServiceContext, readerName string) stage {
	states := []ReaderState{{Name: readerName}}
	if _, err := client.Wait(states, 0); err == nil && states[0].InUse {
		return sharing
	}
	return opening
}

// letGo leaves the card, ends the transaction and closes the card. A card that
// would not select another application loses its power instead.
func letGo(ctx context.Context, session *Session, handle Handle, err error) error {
	lost := powerLost(err) || session.gone
	if !session.clean && !lost {
		err = keep(err, func() error { return session.Leave(context.WithoutCancel(ctx)) })
	}
	reset := session.verified && !session.clean
	if !lost {
		err = keep(err, handle.End)
	}
	return keep(err, func() error {
		if closed := handle.Disconnect(reset); !lost {
			return closed
		}
		return nil // a card that is gone cannot be closed better than by trying
	})
}

// keep does a closing step whatever happened before, and keeps the first error.
func keep(err error, step func() error) error {
	if later := step(); err == nil {
		return later
	}
	return err
}

// heldCard is the transport of a card that is held.
type heldCard struct {
	handle Handle
	now    func(stage)
}

// Transmit sends one command, once.
func (h *heldCard) Transmit(_ context.Context, command []byte) ([]byte, error) {
	h.now(transmitting)
	return h.handle.Transmit(command)
}

// noticeWithin is how long the service may take to notice that a card is gone.
const noticeWithin = 600 * time.Millisecond

// refine finds out why a card did not answer: gone, or lying badly. Observed: the
// virtual reader of vsmartcard reports a card pulled during a command as an
// empty answer.
func refine(client ServiceContext, readerName string, err error) error {
	if !errors.Is(err, NoAnswer) && !errors.Is(err, ReaderTrouble) {
		return err
	}
	if goneSoon(client, readerName) {
		return fmt.Errorf("%w: %w", CardRemoved, err)
	}
	return err
}

// goneSoon reports whether the reader is empty, now or within the time the
// service needs to notice.
func goneSoon(client ServiceContext, readerName string) bool {
	states := []ReaderState{{Name: readerName}}
	for waited := time.Duration(0); waited <= noticeWithin; waited += noticeStep {
		_, err := client.Wait(states, noticeStep)
		if err == nil && !states[0].Card || errors.Is(err, NoSuchReader) {
			return true
		}
		if err != nil {
			return false
		}
	}
	return false
}

// noticeStep bounds one look: a change of who uses the card ends it early.
const noticeStep = noticeWithin / 4
