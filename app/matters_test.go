package app

import (
	"slices"
	"testing"
)

// also gives the answer that Shift with a procedure's key leads to.
func also(t *testing.T, v DeskView, code string) string {
	t.Helper()
	at := slices.IndexFunc(v.Also, func(c ChoiceView) bool { return c.Code == code })
	if at < 0 {
		return ""
	}
	return v.Also[at].Value
}

func TestSeveralMattersInOneVisit(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	if got := also(t, decide(t, d), "Digit3"); got != "pin-reset" {
		t.Errorf("with nothing chosen: got %q", got)
	}
	one := decide(t, d, Answer{"procedure", "pin-reset"}, Answer{"visitor.kind", "holder"})
	if got := also(t, one, "Digit3"); got != "" {
		t.Errorf("the last one was taken away: got %q", got)
	}
	both := also(t, one, "Digit2")
	if both != "certificate-renewal|pin-reset" {
		t.Fatalf("got %q, want both, in the order of their keys", both)
	}
	v := decide(t, d, Answer{"procedure", both}, Answer{"visitor.kind", "holder"}, Answer{"card.kind", "standard"},
		Answer{"certificates.signature.state", "valid"}, Answer{"pins", "some"}, Answer{"pins.signature", "forgotten"}, Answer{"pins.rest", "known"},
		Answer{"card.chipMatchesFace", "yes"})
	if got, want := v.Answered[0].Words, one.Procedure.Choices[1].Label+" と "+one.Procedure.Choices[2].Label; got != want {
		t.Errorf("answered: got %q, want %q", got, want)
	}
	if v.Plan.Outcome != "proceed" || !v.Plan.Complete {
		t.Errorf("got %s, questions %v", v.Plan.Outcome, v.Questions)
	}
	if got := also(t, v, "Digit2"); got != "pin-reset" {
		t.Errorf("taken away again: got %q", got)
	}
	if lines := sectionOf(v, "pins"); len(lines) == 0 {
		t.Error("no PIN in the plan of both")
	}
}

// sectionOf are the lines of a section of the plan.
func sectionOf(v DeskView, id string) []LineView {
	for _, s := range v.Plan.Sections {
		if s.ID == id {
			return s.Lines
		}
	}
	return nil
}
