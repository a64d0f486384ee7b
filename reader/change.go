package reader

import (
	"context"
	"errors"

	"madoguchi/rules"
)

// Changed is the result of a change that the card accepted.
type Changed struct {
	Kind     rules.PINKind `json:"kind"`
	Commands int           `json:"commands"`
}

// Change sets a new PIN on the card on a reader, for a holder who knows the old
// one. The tries left are asked first; the old PIN goes out once to each counter
// and can spend a try there; then the new one is set. Both are wiped in any case.
//
// Resident-registration is kept in two applications and changed in both. Where
// the first is changed and the second is not, the error is a [*HalfDone];
// [Reader.FinishChange] changes the half that is left.
//
// Errors are otherwise those of [Reader.Verify].
func (r *Reader) Change(ctx context.Context, readerName string, old, next *Attempt, consent Consent) (Changed, error) {
	return r.change(ctx, readerName, old, next, consent, placesOf(old.kind))
}

// FinishChange changes the second half of the resident-registration PIN, after
// a [*HalfDone]. Old is what that half still has.
func (r *Reader) FinishChange(ctx context.Context, readerName string, old, next *Attempt, consent Consent) (Changed, error) {
	places := placesOf(old.kind)
	return r.change(ctx, readerName, old, next, consent, places[len(places)-1:])
}

func (r *Reader) change(ctx context.Context, readerName string, old, next *Attempt, consent Consent, places []pinPlace) (Changed, error) {
	defer old.Wipe()
	defer next.Wipe()
	if r.attemptsOff {
		return Changed{}, &PINDenied{Kind: old.kind, Why: AttemptsOff}
	}
	if old.kind != next.kind {
		return Changed{}, errors.New("the old and the new PIN are of two kinds")
	}
	c, err := hold(ctx, r, readerName, func(ctx context.Context, s *Session) (Changed, error) {
		return s.change(ctx, old, next, consent, places)
	})
	return c, attemptError("changing", old.kind, unlessDone(err, old))
}

// unlessDone marks an error that came while the driver was still busy: the old
// PIN goes to the second half only when the first half is changed.
func unlessDone(err error, old *Attempt) error {
	var half *HalfDone
	clearer := old.unlessClear(err)
	if clearer == err || old.timesSent() < 2 || errors.As(err, &half) {
		return clearer
	}
	return &HalfDone{Kind: old.kind, Err: clearer}
}

func (s *Session) change(ctx context.Context, old, next *Attempt, consent Consent, places []pinPlace) (c Changed, err error) {
	before := s.commands
	defer old.Wipe()
	defer next.Wipe()
	defer func() { err = s.leaveAfter(ctx, old.kind, err) }()
	if err := s.mayTry(ctx, old.kind, places, consent); err != nil {
		return c, err
	}
	for i, place := range places {
		err := s.tryAt(ctx, old, place)
		if err == nil {
			err = s.setAt(ctx, next, place)
		}
		if err != nil {
			return c, halfDone(old.kind, i, err)
		}
	}
	return Changed{Kind: old.kind, Commands: s.commands - before + 1}, nil
}

// setAt sets the new value of the PIN that was just verified, once.
func (s *Session) setAt(ctx context.Context, next *Attempt, place pinPlace) error {
	command, err := next.changeCommand(place)
	if err != nil {
		return err
	}
	defer clear(command)
	_, status, err := s.once(ctx, command)
	if err != nil {
		return &Unclear{Kind: next.kind, Changing: true, Err: err}
	}
	if status != 0x9000 {
		return &Refused{Command: Describe(command), Status: status}
	}
	return nil
}

// halfDone says that a first half was changed before the error.
func halfDone(kind rules.PINKind, done int, err error) error {
	if done == 0 {
		return err
	}
	return &HalfDone{Kind: kind, Err: err}
}
