package reader

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"unsafe"

	"madoguchi/rules"
)

// Attempt is a PIN on its way to the card: VERIFY with data, which can spend a
// try. Making one checks its form; it goes to one counter once, and is wiped by
// whoever takes it ([Reader.Verify], [Reader.Change]). It never shows its value:
// not in a format, a log or JSON.
type Attempt struct {
	kind rules.PINKind

	mu    sync.Mutex
	value []byte // nil once wiped
	sent  []pinPlace
}

// NewAttempt takes over what was typed and checks its form: the error is a
// [*BadForm], and what was typed is wiped. No card is needed.
func NewAttempt(kind rules.PINKind, typed []byte) (*Attempt, error) {
	if reasons := formOf(kind, typed); len(reasons) > 0 {
		clear(typed)
		return nil, &BadForm{Kind: kind, Reasons: reasons}
	}
	return &Attempt{kind: kind, value: typed}, nil
}

// formOf checks the form without copying what was typed to a place that cannot
// be wiped: the text shares its bytes.
func formOf(kind rules.PINKind, typed []byte) []rules.PINReason {
	return rules.CheckPIN(kind, unsafe.String(unsafe.SliceData(typed), len(typed)))
}

// Kind says which PIN it is.
func (a *Attempt) Kind() rules.PINKind { return a.kind }

// Wipe overwrites the value; nothing can be sent afterwards.
func (a *Attempt) Wipe() {
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.value)
	a.value = nil
}

// Format writes only the kind, whatever the verb.
func (a *Attempt) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "PIN(%s)", a.kind) }

// LogValue logs only the kind.
func (a *Attempt) LogValue() slog.Value { return slog.StringValue("PIN(" + string(a.kind) + ")") }

// MarshalJSON writes only the kind.
func (a *Attempt) MarshalJSON() ([]byte, error) { return []byte(`"PIN"`), nil }

// errSpent is a slip of the program, never of the clerk.
var errSpent = errors.New("this attempt was sent before, or wiped")

// verifyCommand makes the command that sends the attempt to a counter, once.
// The caller wipes the command when it is sent.
func (a *Attempt) verifyCommand(place pinPlace) ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.value == nil || slices.Contains(a.sent, place) {
		return nil, errSpent
	}
	a.sent = append(a.sent, place)
	return append([]byte{0x00, insVerify, 0x00, currentFile, byte(len(a.value))}, a.value...), nil
}

// changeCommand makes the command that sets the value as the new one.
func (a *Attempt) changeCommand(place pinPlace) ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.value == nil || slices.Contains(a.sent, place) {
		return nil, errSpent
	}
	a.sent = append(a.sent, place)
	head := []byte{0x00, insChangeReference, 0x01, currentFile}
	if place.changeKey {
		head = []byte{0x80, insChangeKey, 0x00, currentFile}
	}
	return append(append(head, byte(len(a.value))), a.value...), nil
}

// pinPlace is where a PIN, or half of one, is kept.
type pinPlace struct {
	application ApplicationID
	file        FileID
	changeKey   bool // set by JICSAP CHANGE KEY. Observed by one client
}

// placesOf returns where a PIN is kept; resident-registration is kept twice.
func placesOf(kind rules.PINKind) []pinPlace {
	switch kind {
	case rules.PINSignature:
		return []pinPlace{{application: JPKI, file: signaturePINFile}}
	case rules.PINUserIdentification:
		return []pinPlace{{application: JPKI, file: identificationPINFile}}
	case rules.PINResidentRegistration:
		return []pinPlace{{ResidentRegister, registerPINFile, true}, {Common, commonPINFile, true}}
	case rules.PINCardInfoInput:
		return []pinPlace{{application: CardInfoInput, file: cardInfoPINFile}}
	}
	return nil
}

// Consent is what the clerk has agreed to.
type Consent struct {
	// LastTry lets the last try be spent, and one whose counter the card does not tell.
	LastTry bool
}

// Verified is the result of an attempt that the card accepted.
type Verified struct {
	Kind      rules.PINKind `json:"kind"`
	Remaining int           `json:"remaining"` // tries left now: a success restores them all
	Limit     int           `json:"limit"`
	// Certificate is set for the signature PIN, which opens the dates of its certificate.
	Certificate *Certificate `json:"certificate,omitempty"`
	Commands    int          `json:"commands"`
}

// Verify sends an attempt to the card on a reader: the tries left are asked
// first, the attempt goes out once to each counter of the PIN, and another
// application is selected at the end. The attempt is wiped in any case.
//
// Errors: [*PINDenied] where nothing was sent, [*WrongPIN] where the card
// refused it, [*Unclear] where it may have been sent and the answer is not
// known, and a [Fault] or [*Refused] from before anything was sent.
func (r *Reader) Verify(ctx context.Context, readerName string, a *Attempt, consent Consent, on Date) (Verified, error) {
	defer a.Wipe()
	if r.attemptsOff {
		return Verified{}, &PINDenied{Kind: a.kind, Why: AttemptsOff}
	}
	v, err := hold(ctx, r, readerName, func(ctx context.Context, s *Session) (Verified, error) {
		return s.Verify(ctx, a, consent, on)
	})
	return v, attemptError("verifying", a.kind, a.unlessClear(err))
}

// unlessClear marks an error that came while the driver was still busy with the
// attempt: whether a try is gone is not known.
func (a *Attempt) unlessClear(err error) error {
	if fault, ok := FaultOf(err); !ok || (fault != TooSlow && fault != Interrupted) || a.timesSent() == 0 {
		return err
	}
	var (
		unclear *Unclear
		done    *NotLeft
	)
	if errors.As(err, &unclear) || errors.As(err, &done) {
		return err
	}
	return &Unclear{Kind: a.kind, Err: err}
}

// timesSent counts the counters the value was sent to.
func (a *Attempt) timesSent() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.sent)
}

// Verify does what [Reader.Verify] does, on a card that is held. The day decides
// whether the signature certificate still counts.
func (s *Session) Verify(ctx context.Context, a *Attempt, consent Consent, on Date) (v Verified, err error) {
	before := s.commands
	defer a.Wipe()
	defer func() { err = s.leaveAfter(ctx, a.kind, err) }()
	limit := rules.PINLimit(a.kind)
	v = Verified{Kind: a.kind, Remaining: limit, Limit: limit}
	places := placesOf(a.kind)
	if err := s.mayTry(ctx, a.kind, places, consent); err != nil {
		return v, err
	}
	for i, place := range places {
		if err := s.tryAt(ctx, a, place); err != nil {
			return v, halfWay(a.kind, i, err)
		}
	}
	if a.kind == rules.PINSignature {
		c := Certificate{Kind: SignatureCertificate, State: CertificateUnknown}
		if dates, err := s.readValidity(ctx, signatureCertificate); err == nil {
			c = c.dated(dates, on)
		} else if ignoreRefusal(err) != nil {
			return v, err
		}
		v.Certificate = &c
	}
	v.Commands = s.commands - before + 1 // with the leaving SELECT
	return v, nil
}

// leaveAfter clears what was verified, whatever happened. A card that was taken
// off after everything was done has lost it by itself.
func (s *Session) leaveAfter(ctx context.Context, kind rules.PINKind, err error) error {
	if powerLost(err) {
		return err
	}
	left := s.Leave(context.WithoutCancel(ctx))
	switch {
	case err != nil:
		return err
	case powerLost(left):
		s.gone = true
		return nil
	case left != nil:
		return &NotLeft{Kind: kind, Err: left}
	}
	return nil
}

// mayTry asks every counter of a PIN before anything is sent to any of them.
func (s *Session) mayTry(ctx context.Context, kind rules.PINKind, places []pinPlace, consent Consent) error {
	for _, place := range places {
		answer, err := s.askAt(ctx, place)
		if err != nil {
			return err
		}
		if why := answer.denies(consent); why != "" {
			return &PINDenied{Kind: kind, Why: why}
		}
	}
	return nil
}

// askAt selects a PIN and asks how many tries it has left.
func (s *Session) askAt(ctx context.Context, place pinPlace) (pinAnswer, error) {
	if err := s.selectPIN(ctx, place); err != nil {
		return pinAnswer{}, err
	}
	_, status, err := s.read(ctx, question(currentFile))
	if err != nil {
		return pinAnswer{}, err
	}
	return answerOf(status, limitOf(place.file)), nil
}

func (s *Session) selectPIN(ctx context.Context, place pinPlace) error {
	if s.selected != place.application {
		data, err := s.choose(ctx, place.application)
		if err != nil {
			return err
		}
		if len(data) > 0 { // another application may still be selected: no PIN goes there
			return fmt.Errorf("selecting the application of a PIN: %w: %d bytes", Garbled, len(data))
		}
	}
	status, err := s.selectFile(ctx, place.file)
	if err == nil && status != 0x9000 {
		return &Refused{Command: Describe(selectFile(place.file)), Status: status}
	}
	return err
}

// denies says why nothing may be sent to a counter, or nothing.
func (p pinAnswer) denies(consent Consent) Denial {
	switch p.state {
	case PINLocked:
		return AlreadyLocked
	case PINUnset:
		return NeverSet
	case PINOK:
		return ""
	case PINLastTry:
		if consent.LastTry {
			return ""
		}
		return LastTryLeft
	}
	if consent.LastTry {
		return ""
	}
	return TriesUnknown
}

// tryAt sends the attempt to one counter, once. Nothing repeats it: not after an
// error, not after 61xx or 6Cxx.
func (s *Session) tryAt(ctx context.Context, a *Attempt, place pinPlace) error {
	if err := s.selectPIN(ctx, place); err != nil {
		return err
	}
	command, err := a.verifyCommand(place)
	if err != nil {
		return err
	}
	defer clear(command)
	s.verified = true // until another application is selected, even if the answer is lost
	_, status, err := s.once(ctx, command)
	if err != nil {
		return &Unclear{Kind: a.kind, Err: err}
	}
	return verdict(a.kind, status)
}

// verdict reads the answer to an attempt.
func verdict(kind rules.PINKind, status Status) error {
	if status == 0x9000 {
		return nil
	}
	if left, ok := status.TriesLeft(); ok {
		return &WrongPIN{Kind: kind, Remaining: left}
	}
	if status.Meaning() == Locked {
		return &PINDenied{Kind: kind, Why: AlreadyLocked}
	}
	return &Unclear{Kind: kind, Err: &Refused{Command: "VERIFY", Status: status}}
}
