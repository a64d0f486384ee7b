package rules

import (
	"slices"
	"testing"
)

// agentWithLetter is a friend with the mailed letter, sealed and complete.
var agentWithLetter = []string{"visitor.kind", "other", "letter.state", "issued", "letter.sealed", "yes", "letter.complete", "yes"}

func with(answers []string, more ...string) []string { return append(slices.Clone(answers), more...) }

// TestTwoLettersWhereAnAgentResetsToo follows L70: an agent whose PIN is lost needs
// another letter, asked for beforehand, and goes on when he comes back with both.
func TestTwoLettersWhereAnAgentResetsToo(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	suspended := []string{"card.state", "suspended"}
	for procedure, more := range map[string][]string{"certificate-issue": nil, "certificate-renewal": nil, "suspension-release": suspended} {
		t.Run(procedure, func(t *testing.T) {
			agent := with(agentWithLetter, more...)
			known := set.Decide(center(t, procedure, agent...))
			if known.Outcome != Proceed || !has1(known, "letter") || known.Visits != 1 {
				t.Errorf("with every PIN known: %s %v", known.Outcome, ids(known))
			}
			lost := set.Decide(center(t, procedure, with(agent, "pins.user-identification", "locked")...))
			if lost.Outcome != VisitAgain || !has1(lost, "letter-pair") || has1(lost, "letter") || !has1(lost, "visitor-a2") {
				t.Errorf("with a PIN lost: %s %v", lost.Outcome, ids(lost))
			}
			if lost.Visits != 2 || len(lost.Letters) != 1 || lost.Letters[0].ID != "kgc/letter-reset" {
				t.Errorf("with a PIN lost: %d visits, letters %v", lost.Visits, lost.Letters)
			}
			back := set.Decide(center(t, procedure, with(agent, "pins.user-identification", "locked", "visit", "2")...))
			if back.Outcome != Proceed || !has1(back, "letter-pair") {
				t.Errorf("the second time: %s %v", back.Outcome, ids(back))
			}
			none := set.Decide(center(t, procedure, with(agent, "pins.user-identification", "locked", "letter.state", "none")...))
			if len(none.Letters) != 2 {
				t.Errorf("without any letter two are mailed: %v", none.Letters)
			}
		})
	}
}

// TestTwoLettersAreTwoPapers: one letter does not stand for both.
func TestTwoLettersAreTwoPapers(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	s := center(t, "certificate-renewal", with(agentWithLetter, "pins.signature", "forgotten", "visit", "2")...)
	letter := Paper{Class: ClassLetter, Of: OfVisitor}
	s.Evidence = []Paper{{Class: ClassIndividualNumberCard, Of: OfHolder}, {Class: ClassA, Of: OfVisitor}, {Class: ClassA, Of: OfVisitor}, letter}
	if p := set.Decide(s); p.Outcome != VisitAgain {
		t.Errorf("with one letter: %s", p.Outcome)
	}
	s.Evidence = append(s.Evidence, letter)
	if p := set.Decide(s); p.Outcome != Proceed {
		t.Errorf("with two: %s %+v", p.Outcome, p.Requirements)
	}
}

// TestKioskIsForTheHolder: only the holder, and only where nothing but the two
// certificate PINs is lost (L114).
func TestKioskIsForTheHolder(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	child := []string{"visitor.kind", "parent", "holder.birthDate", "2015-03-10"}
	cases := []struct {
		name    string
		answers []string
		want    bool
	}{
		{"holder, signature PIN", []string{"pins.signature", "forgotten"}, true},
		{"holder, both", []string{"pins.signature", "locked", "pins.user-identification", "locked"}, true},
		{"holder, the register PIN too", []string{"pins.signature", "forgotten", "pins.resident-registration", "locked"}, false},
		{"holder, the register PIN alone", []string{"pins.resident-registration", "locked"}, false},
		{"holder, nothing lost", nil, false},
		{"parent", with(child, "pins.user-identification", "locked"), false},
		{"agent", with(agentWithLetter, "pins.user-identification", "locked"), false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := set.Decide(center(t, "pin-reset", c.answers...))
			if got := slices.ContainsFunc(p.Places, func(l PlaceLine) bool { return l.ID == "kiosk" }); got != c.want {
				t.Errorf("kiosk %v, want %v", got, c.want)
			}
		})
	}
}

// TestRenewalBehindTheDayIsInferred: the page speaks of issue and renewal together
// and of no renewal behind the day of expiry.
func TestRenewalBehindTheDayIsInferred(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	for day, want := range map[string]Status{"2026-11-24": Stated, "2026-11-23": Inferred} {
		p := set.Decide(center(t, "certificate-renewal", "certificates.user-identification.expiresOn", day))
		if p.Status != want || p.Outcome != Proceed || !has1(p, "holder-card") {
			t.Errorf("certificate of %s: %s %s %v", day, p.Status, p.Outcome, ids(p))
		}
	}
	if p := set.Decide(center(t, "certificate-issue", "certificates.user-identification.expiresOn", "2026-11-23")); p.Status != Stated {
		t.Errorf("a new certificate is %s", p.Status)
	}
}

// TestWhatIsNotStatedIsSaid: what the page leaves open is said, not left out.
func TestWhatIsNotStatedIsSaid(t *testing.T) {
	for _, id := range []MunicipalityID{"kagoshima-center", "kagoshima-sheet"} {
		s := center(t, "pin-reset", "pins.signature", "forgotten")
		s.Municipality = id
		p := builtinByID(t)[id].Decide(s)
		if len(p.Fees) != 1 || p.Fees[0].Status != NotStated || p.Fees[0].Text.Ja == "" {
			t.Errorf("%s: fees %+v", id, p.Fees)
		}
	}
}

// TestNoSignatureForAWard: the older sheet issues no signature certificate to an
// adult ward, whoever stands there (L19).
func TestNoSignatureForAWard(t *testing.T) {
	set := builtinByID(t)["kagoshima-sheet"]
	for _, kind := range []string{"holder", "household-member", "other"} {
		for under, want := range map[string]bool{"none": true, "curatorship": true, "adult-guardianship": false} {
			s := center(t, "certificate-issue", "visitor.kind", kind, "holder.guardianship", under)
			s.Municipality = set.ID
			p := set.Decide(s)
			got := slices.ContainsFunc(p.PINs, func(l PINLine) bool { return l.Kind == PINSignature })
			if got != want {
				t.Errorf("%s of somebody under %s: signature PIN %v, want %v", kind, under, got, want)
			}
		}
	}
}

// TestNoStepsWhereNothingIsDone: a plan that is stopped lists no work.
func TestNoStepsWhereNothingIsDone(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	open := set.Decide(center(t, "card-face-update"))
	if does := wordList(open.Steps, func(l Line) string { return l.ID }); open.Outcome != Proceed || does != "kgc/step-check|kgc/step-face" {
		t.Errorf("%s with the steps %s", open.Outcome, does)
	}
	for name, answers := range map[string][]string{
		"face full":          {"card.faceFull", "yes"},
		"not registered yet": {"holder.moveRegistered", "no"},
	} {
		stopped := set.Decide(center(t, "card-face-update", answers...))
		if stopped.Outcome == Proceed || len(stopped.Steps) != 0 {
			t.Errorf("%s: %s with %d steps", name, stopped.Outcome, len(stopped.Steps))
		}
	}
}
