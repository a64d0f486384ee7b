package reader

import (
	"context"
	"errors"
	"fmt"
)

// Refused says that the card was reached and answered no.
type Refused struct {
	Command string // as Describe writes it: never with a PIN
	Status  Status
}

// Error writes the command and the status word.
func (e *Refused) Error() string {
	return fmt.Sprintf("card refused %s with %s (%s)", e.Command, e.Status, e.Status.Meaning())
}

// Fault says why the card was not reached. A Fault is an error, to be compared
// with errors.Is.
type Fault string

// The faults, told apart because the clerk does something else at each.
const (
	NoService      Fault = "no-service"      // the smart-card service does not run, or stopped
	NotAllowed     Fault = "not-allowed"     // the system lets this user not use readers
	NoReader       Fault = "no-reader"       // no reader is connected
	NoCard         Fault = "no-card"         // the reader is empty
	CardRemoved    Fault = "card-removed"    // the card was taken while it was read
	ReaderRemoved  Fault = "reader-removed"  // the reader was unplugged while it was used
	Busy           Fault = "busy"            // another program holds the card
	CardReset      Fault = "card-reset"      // another program, or Windows, reset the card
	Mute           Fault = "mute"            // a card that does not answer the reader: laid badly, or not such a card
	NoAnswer       Fault = "no-answer"       // the card did not answer a command, and is still there
	TooSlow        Fault = "too-slow"        // no answer in time; the call is left to finish behind
	Garbled        Fault = "garbled"         // an answer that is no answer: too short or too long
	ReaderTrouble  Fault = "reader-trouble"  // any other failure of reader or driver
	NoSuchReader   Fault = "no-such-reader"  // the reader named is not connected
	NotSupported   Fault = "not-supported"   // this build has no PC/SC
	LeavingRefused Fault = "leaving-refused" // the card would not select another application; it was reset instead
	Interrupted    Fault = "interrupted"     // the caller ended the operation
)

// Faults lists the faults, so that a window can be checked to have words for each.
func Faults() []Fault {
	return []Fault{NoService, NotAllowed, NoReader, NoCard, CardRemoved, ReaderRemoved, Busy, CardReset, Mute, NoAnswer, TooSlow,
		Garbled, ReaderTrouble, NoSuchReader, NotSupported, LeavingRefused, Interrupted}
}

// Error writes the fault.
func (f Fault) Error() string { return "card not reached: " + string(f) }

// ManyCards says that more than one reader has a card: somebody must choose.
type ManyCards struct{ Readers []string }

// Error names the readers.
func (e *ManyCards) Error() string {
	return fmt.Sprintf("cards on %d readers: %q", len(e.Readers), e.Readers)
}

// FaultOf returns the fault that err is or wraps.
func FaultOf(err error) (Fault, bool) {
	var f Fault
	ok := errors.As(err, &f)
	return f, ok
}

// powerLost says that the card lost its power with the fault, and all that was
// verified with it: there is nothing to leave.
func powerLost(err error) bool {
	switch f, _ := FaultOf(err); f {
	case CardRemoved, ReaderRemoved, NoService, NoCard:
		return true
	}
	return false
}

// asFault gives an error of a transport its fault. A transport outside this
// package (a card in software) says by a method that the card is gone.
func asFault(err error) error {
	if _, ok := FaultOf(err); ok {
		return err
	}
	var gone interface{ CardRemoved() bool }
	switch {
	case errors.As(err, &gone) && gone.CardRemoved():
		return fmt.Errorf("%w: %w", CardRemoved, err)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%w: %w", TooSlow, err)
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("%w: %w", Interrupted, err)
	}
	return fmt.Errorf("%w: %w", ReaderTrouble, err)
}
