package rules

import (
	"slices"
	"testing"
)

// TestOpenQuestions holds situations in which something known already makes
// another question idle.
func TestOpenQuestions(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	cases := []struct {
		name, procedure string
		answers         []string
		open            func(*Situation)
		idle            string
	}{
		{"a household member without the PIN is turned away whoever comes along", "card-face-update",
			[]string{"visitor.kind", "household-member", "pins.resident-registration", "locked"},
			func(s *Situation) {
				s.Visitor.HolderPresent, s.Holder.MoveRegistered = Fact[bool]{}, Fact[bool]{}
			}, "visitor.holderPresent"},
		{"one locked PIN is enough for the papers of a reset", "suspension-release",
			[]string{"visitor.kind", "other", "card.state", "suspended", "pins.user-identification", "locked"},
			func(s *Situation) { s.Card.Kind, s.PINs.Signature = Fact[CardKind]{}, Fact[PINState]{} }, "pins.signature"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := center(t, c.procedure, c.answers...)
			c.open(&s)
			p := set.Decide(s)
			if p.Outcome != NeedAnswers {
				t.Fatalf("%s: nothing is open", p.Outcome)
			}
			if slices.Contains(p.Questions, c.idle) {
				t.Errorf("asks %v", p.Questions)
			}
		})
	}
}
