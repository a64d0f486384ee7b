package counter

import (
	"errors"
	"fmt"
	"testing"

	"madoguchi/reader"
	"madoguchi/rules"
)

// TestEveryReaderErrorHasWords: whatever the reader answers, the clerk reads a
// sentence made for it, and what to do next.
func TestEveryReaderErrorHasWords(t *testing.T) {
	const kind = rules.PINResidentRegistration
	type line struct {
		err   error
		class Class
	}
	lines := map[string]line{
		"refused":     {&reader.Refused{Command: "SELECT", Status: 0x6A82}, ClassCard},
		"two cards":   {&reader.ManyCards{Readers: []string{"A", "B"}}, ClassCard},
		"unclear":     {&reader.Unclear{Kind: kind, Err: reader.CardRemoved}, ClassCard},
		"half done":   {&reader.HalfDone{Kind: kind, Err: reader.CardRemoved}, ClassCard},
		"half right":  {&reader.HalfRight{Kind: kind, Err: &reader.WrongPIN{Kind: kind, Remaining: 2}}, ClassCard},
		"not left":    {&reader.NotLeft{Kind: kind, Err: reader.LeavingRefused}, ClassCard},
		"wrong":       {&reader.WrongPIN{Kind: kind, Remaining: 1}, ClassNo},
		"wrong, last": {&reader.WrongPIN{Kind: kind}, ClassNo},
		"form":        {&reader.BadForm{Kind: kind, Reasons: []rules.PINReason{rules.PINTooShort}}, ClassNo},
	}
	for _, f := range reader.Faults() {
		lines[string(f)] = line{f, ClassCard}
	}
	for _, why := range []reader.Denial{reader.AttemptsOff, reader.AlreadyLocked, reader.LastTryLeft, reader.TriesUnknown, reader.NeverSet} {
		lines[string(why)] = line{&reader.PINDenied{Kind: kind, Why: why}, ClassNo}
	}
	for name, l := range lines {
		p := ProblemOf(fmt.Errorf("reading the card: %w", l.err))
		if p.Title == "" || p.Action == "" || p.Ref == "M-999" || p.Class != l.class {
			t.Errorf("%s: %+v", name, p)
		}
		if p.Ref == "R-019" && name != string(reader.ReaderTrouble) {
			t.Errorf("%s has no words of its own: %+v", name, p)
		}
	}
	if p := ProblemOf(&reader.Unclear{Kind: kind, Err: reader.CardRemoved}); p.Code != "pin-unclear" {
		t.Errorf("a PIN whose answer was lost is told as %q", p.Code)
	}
}

// TestAnswerOrError tells a clear no from an answer that is not known.
func TestAnswerOrError(t *testing.T) {
	c, kind := &Counter{}, rules.PINResidentRegistration
	for name, err := range map[string]error{
		"wrong":  &reader.WrongPIN{Kind: kind, Remaining: 2},
		"locked": &reader.PINDenied{Kind: kind, Why: reader.AlreadyLocked},
		"form":   &reader.BadForm{Kind: kind, Reasons: []rules.PINReason{rules.PINEmpty}},
	} {
		if answer, err := c.answerTo(kind, err); err != nil || answer.OK || answer.Says == "" {
			t.Errorf("%s: %+v, %v", name, answer, err)
		}
	}
	for name, err := range map[string]error{
		"unclear":    &reader.Unclear{Kind: kind, Err: reader.TooSlow},
		"half done":  &reader.HalfDone{Kind: kind, Err: &reader.WrongPIN{Kind: kind, Remaining: 2}},
		"half right": &reader.HalfRight{Kind: kind, Err: &reader.WrongPIN{Kind: kind, Remaining: 2}},
		"removed":    reader.CardRemoved,
	} {
		if _, got := c.answerTo(kind, err); !errors.Is(got, err) {
			t.Errorf("%s: got %v, want the error itself", name, got)
		}
	}
}
