package reader

import (
	"context"
	"errors"

	"madoguchi/rules"
)

// PINState is what the card says of a PIN.
type PINState string

// The states of a PIN.
const (
	PINOK      PINState = "ok"
	PINLastTry PINState = "last-try"
	PINLocked  PINState = "locked"
	PINUnset   PINState = "unset"
	PINUnknown PINState = "unknown" // the card gave no answer that can be trusted
)

// pinAnswer is what the question about one PIN brought. The zero value is a
// question that was not answered.
type pinAnswer struct {
	state     PINState
	remaining int // with ok and last-try; 0 with locked
	absent    bool
}

// noLimit is the answer of a key that counts no tries. No PIN of a holder is one.
const noLimit Status = 0x6300

// answerOf reads a status word as the answer to the question. A count above the
// limit of the kind is not trusted.
func answerOf(status Status, limit int) pinAnswer {
	if left, ok := status.TriesLeft(); ok {
		switch {
		case left == 0:
			return pinAnswer{state: PINLocked}
		case left == 1:
			return pinAnswer{state: PINLastTry, remaining: 1}
		case left <= limit:
			return pinAnswer{state: PINOK, remaining: left}
		}
		return pinAnswer{state: PINUnknown}
	}
	switch status.Meaning() {
	case Locked:
		return pinAnswer{state: PINLocked}
	case NoReference: // Assumed: the file is there, no PIN was ever set
		return pinAnswer{state: PINUnset}
	case NotFound:
		return pinAnswer{state: PINUnknown, absent: true}
	}
	return pinAnswer{state: PINUnknown}
}

// ask puts the question for the PIN in a file of the selected application.
func (s *Session) ask(ctx context.Context, f FileID) (pinAnswer, error) {
	status, err := s.TriesLeft(ctx, f)
	if err != nil {
		return pinAnswer{}, err
	}
	return answerOf(status, limitOf(f)), nil
}

// limitOf returns how many tries the PIN in a file has when it is fresh.
func limitOf(f FileID) int {
	if f == signaturePINFile {
		return rules.PINLimit(rules.PINSignature)
	}
	return rules.PINLimit(rules.PINUserIdentification)
}

// enter selects an application and reports whether the card has it.
func (s *Session) enter(ctx context.Context, id ApplicationID) (bool, error) {
	err := s.Select(ctx, id)
	return err == nil, ignoreRefusal(err)
}

// ignoreRefusal drops what the card refused, so that the next line can be read,
// and keeps what says that the card was not reached.
func ignoreRefusal(err error) error {
	var refused *Refused
	if errors.As(err, &refused) {
		return nil
	}
	return err
}
