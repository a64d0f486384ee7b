package reader

import (
	"fmt"

	"madoguchi/rules"
)

// BadForm says that what was typed is not of the form of the PIN; it never goes
// near the card.
type BadForm struct {
	Kind    rules.PINKind
	Reasons []rules.PINReason
}

// Error names the kind and the reasons, not what was typed.
func (e *BadForm) Error() string {
	return fmt.Sprintf("PIN %s is of the wrong form: %v", e.Kind, e.Reasons)
}

// Denial is why an attempt was not sent.
type Denial string

// The denials. Nothing was sent, and no try is gone.
const (
	AttemptsOff   Denial = "attempts-off"   // the settings switch attempts off
	AlreadyLocked Denial = "already-locked" // no try is left
	LastTryLeft   Denial = "last-try-left"  // one is left: ask again, then consent
	TriesUnknown  Denial = "tries-unknown"  // the card does not tell: it may be the last
	NeverSet      Denial = "never-set"      // the card has no such PIN
)

// PINDenied says that nothing more was sent for a PIN, and why.
type PINDenied struct {
	Kind rules.PINKind
	Why  Denial
}

// Error names the kind and the reason.
func (e *PINDenied) Error() string { return fmt.Sprintf("PIN %s not sent: %s", e.Kind, e.Why) }

// WrongPIN says that the card refused a PIN, and that a try is gone.
type WrongPIN struct {
	Kind      rules.PINKind
	Remaining int // tries left; 0 is locked from now on
}

// Error names the kind and the tries left.
func (e *WrongPIN) Error() string {
	return fmt.Sprintf("PIN %s is wrong: %d tries left", e.Kind, e.Remaining)
}

// Unclear says that a PIN command went out and what the card did is not known. A
// try may be gone; nothing was repeated. Reading the card again tells.
type Unclear struct {
	Kind     rules.PINKind
	Changing bool // it was the command that sets the new PIN
	Err      error
}

// Error names the kind and the cause.
func (e *Unclear) Error() string {
	return fmt.Sprintf("PIN %s was sent and the answer is not known: %v", e.Kind, e.Err)
}

// Unwrap gives the cause.
func (e *Unclear) Unwrap() error { return e.Err }

// HalfRight says that the first half of the resident-registration PIN accepted
// what the second half refused or did not answer.
type HalfRight struct {
	Kind rules.PINKind
	Err  error // of the second half
}

// Error names the kind and the cause.
func (e *HalfRight) Error() string {
	return fmt.Sprintf("PIN %s is right in its first half only: %v", e.Kind, e.Err)
}

// Unwrap gives the cause.
func (e *HalfRight) Unwrap() error { return e.Err }

// HalfDone says that the first half of the resident-registration PIN has the new
// value and the second has not, or may not have.
type HalfDone struct {
	Kind rules.PINKind
	Err  error // of the second half
}

// Error names the kind and the cause.
func (e *HalfDone) Error() string {
	return fmt.Sprintf("PIN %s is changed in its first half only: %v", e.Kind, e.Err)
}

// Unwrap gives the cause.
func (e *HalfDone) Unwrap() error { return e.Err }

// NotLeft says that the card did all it was told, and that another application
// could not be selected afterwards. The card has lost its power instead, as far
// as the reader did it: it is to be taken off.
type NotLeft struct {
	Kind rules.PINKind
	Err  error
}

// Error names the kind and the cause.
func (e *NotLeft) Error() string {
	return fmt.Sprintf("PIN %s: done, but the card was not left: %v", e.Kind, e.Err)
}

// Unwrap gives the cause.
func (e *NotLeft) Unwrap() error { return e.Err }

// halfWay says that a first half was right before the error.
func halfWay(kind rules.PINKind, right int, err error) error {
	if right == 0 {
		return err
	}
	return &HalfRight{Kind: kind, Err: err}
}

// attemptError adds what was being done.
func attemptError(doing string, kind rules.PINKind, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s PIN %s: %w", doing, kind, err)
}
