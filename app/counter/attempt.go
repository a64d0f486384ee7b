package counter

import (
	"context"
	"errors"
	"fmt"

	"madoguchi/reader"
	"madoguchi/rules"
)

// attempts sends PINs to a card; *reader.Reader does.
type attempts interface {
	Verify(ctx context.Context, readerName string, a *reader.Attempt, consent reader.Consent, on reader.Date) (reader.Verified, error)
	Change(ctx context.Context, readerName string, old, next *reader.Attempt, consent reader.Consent) (reader.Changed, error)
	FinishChange(ctx context.Context, readerName string, old, next *reader.Attempt, consent reader.Consent) (reader.Changed, error)
}

// PINRequest says which PIN of which card is meant. It never holds a PIN.
type PINRequest struct {
	Reader  string // empty: as ReadCard
	Kind    rules.PINKind
	LastTry bool // the last try may be spent, and one whose count the card does not tell
	Finish  bool // of a change: only the second half of resident-registration, which a change left undone
}

// PINAnswer is the answer to an attempt. A negative answer is no error: the form
// was wrong, the card refused the PIN, or nothing was sent, and Says tells which.
type PINAnswer struct {
	OK          bool              `json:"ok"`
	Kind        rules.PINKind     `json:"kind"`
	Remaining   *int              `json:"remaining"` // tries left now, where known
	Limit       int               `json:"limit"`
	Reasons     []rules.PINReason `json:"reasons"`               // what is wrong with the form; then no card was touched
	Denied      string            `json:"denied,omitempty"`      // why nothing was sent: attempts-off, already-locked, last-try-left, tries-unknown, never-set
	Certificate *CardCertificate  `json:"certificate,omitempty"` // the signature PIN opens the dates of its certificate
	Says        string            `json:"says"`
}

// VerifyPIN checks the form of a PIN, and only then sends it to the card, once.
// What was typed is overwritten. In simulation the scenario's card answers. An
// error means that the card was not reached, or that its answer is not known.
func (c *Counter) VerifyPIN(ctx context.Context, r PINRequest, typed []byte) (PINAnswer, error) {
	attempt, err := reader.NewAttempt(r.Kind, typed)
	if err != nil {
		return c.answerTo(r.Kind, err)
	}
	defer attempt.Wipe()
	name, card, err := c.forAttempt(ctx, r)
	if err != nil {
		return c.answerTo(r.Kind, err)
	}
	verified, err := card.Verify(ctx, name, attempt, reader.Consent{LastTry: r.LastTry}, c.cardDay())
	if err != nil {
		return c.answerTo(r.Kind, err)
	}
	answer := PINAnswer{OK: true, Kind: r.Kind, Remaining: &verified.Remaining, Limit: verified.Limit, Reasons: []rules.PINReason{},
		Says: "暗証番号は正しいです。残り回数は元に戻りました"}
	if cert := verified.Certificate; cert != nil {
		answer.Certificate = &CardCertificate{rules.PINKind(cert.Kind), string(cert.State), civil(cert.ExpiresOn), cert.Present}
	}
	return answer, nil
}

// ChangePIN sets a new PIN for a holder who knows the old one. The form of both
// is checked before the card is touched; both are overwritten.
func (c *Counter) ChangePIN(ctx context.Context, r PINRequest, old, next []byte) (PINAnswer, error) {
	defer clear(next)
	oldAttempt, err := reader.NewAttempt(r.Kind, old)
	if err != nil {
		return c.answerTo(r.Kind, err)
	}
	defer oldAttempt.Wipe()
	nextAttempt, err := reader.NewAttempt(r.Kind, next)
	if err != nil {
		return c.answerTo(r.Kind, err)
	}
	defer nextAttempt.Wipe()
	name, card, err := c.forAttempt(ctx, r)
	if err != nil {
		return c.answerTo(r.Kind, err)
	}
	change := card.Change
	if r.Finish {
		change = card.FinishChange
	}
	if _, err := change(ctx, name, oldAttempt, nextAttempt, reader.Consent{LastTry: r.LastTry}); err != nil {
		return c.answerTo(r.Kind, err)
	}
	limit := rules.PINLimit(r.Kind)
	return PINAnswer{OK: true, Kind: r.Kind, Remaining: &limit, Limit: limit, Reasons: []rules.PINReason{}, Says: "暗証番号を変更しました"}, nil
}

// errNoAttempts is a reader that only reads.
var errNoAttempts = errors.New("this reader takes no PIN")

// forAttempt finds the card, unless the settings switch attempts off.
func (c *Counter) forAttempt(ctx context.Context, r PINRequest) (string, attempts, error) {
	if !c.settings.PINAttempts {
		return "", nil, &reader.PINDenied{Kind: r.Kind, Why: reader.AttemptsOff}
	}
	card, ok := c.cards.(attempts)
	if !ok {
		return "", nil, errNoAttempts
	}
	name, err := c.findReader(ctx, r.Reader)
	if err != nil {
		return "", nil, fmt.Errorf("finding the reader: %w", err)
	}
	return name, card, nil
}

// answerTo turns a clear negative answer into a PINAnswer and passes every other
// error on.
func (c *Counter) answerTo(kind rules.PINKind, err error) (PINAnswer, error) {
	answer := PINAnswer{Kind: kind, Limit: rules.PINLimit(kind), Reasons: []rules.PINReason{}}
	if half, ok := halfOf(err); ok {
		return answer, half
	}
	if bad, ok := as[*reader.BadForm](err); ok {
		answer.Reasons = bad.Reasons
		answer.Says = "暗証番号の形式が違います。カードには送っていません"
		return answer, nil
	}
	if wrong, ok := as[*reader.WrongPIN](err); ok {
		answer.Remaining, answer.Says = &wrong.Remaining, wrongWords(wrong.Remaining)
		return answer, nil
	}
	if denied, ok := as[*reader.PINDenied](err); ok {
		answer.Denied, answer.Says = string(denied.Why), deniedWords(denied.Why)
		answer.Remaining = leftWhenDenied(denied.Why)
		return answer, nil
	}
	return answer, err
}

// halfOf keeps an error of one half of the resident-registration PIN whole.
func halfOf(err error) (error, bool) {
	if _, ok := as[*reader.HalfDone](err); ok {
		return err, true
	}
	_, ok := as[*reader.HalfRight](err)
	return err, ok
}

func leftWhenDenied(why reader.Denial) *int {
	left := 0
	switch why {
	case reader.AlreadyLocked:
	case reader.LastTryLeft:
		left = 1
	default:
		return nil
	}
	return &left
}

func wrongWords(left int) string {
	if left == 0 {
		return "暗証番号が違います。ロックされました。再設定の手続をご案内ください"
	}
	return fmt.Sprintf("暗証番号が違います。残りは%d回です", left)
}

// deniedWords say why nothing was sent.
func deniedWords(why reader.Denial) string {
	switch why {
	case reader.AttemptsOff:
		return "暗証番号の照合と変更は、設定で止められています。カードには送っていません"
	case reader.AlreadyLocked:
		return "ロックされています。カードには送っていません。再設定の手続をご案内ください"
	case reader.LastTryLeft:
		return "残りは1回です。間違えるとロックされるため、送っていません。それでも行うときは、もう一度確かめてから最後の1回を許可してください"
	case reader.NeverSet:
		return "この暗証番号は設定されていません。カードには送っていません"
	}
	return "残り回数が分からないため、送っていません。統合端末で確かめてください"
}
