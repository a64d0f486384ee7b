package app

import (
	"errors"
	"strings"
	"testing"
)

func decide(t *testing.T, d *Desk, answers ...Answer) DeskView {
	t.Helper()
	v, err := d.Decide(Asked{Answers: answers})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestDeskAsksOnlyWhatStillMatters(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	empty := decide(t, d)
	if len(empty.Procedure.Choices) != 9 || len(empty.Visitor.Choices) != 9 {
		t.Fatalf("got %d procedures and %d visitors, want 9 and 9", len(empty.Procedure.Choices), len(empty.Visitor.Choices))
	}
	begun := decide(t, d, Answer{"procedure", "certificate-renewal"}, Answer{"visitor.kind", "holder"})
	if begun.Plan.Outcome != "need-answers" || len(begun.Questions) == 0 {
		t.Fatalf("got %s with %d questions", begun.Plan.Outcome, len(begun.Questions))
	}
	if len(begun.Plan.Sections) == 0 {
		t.Error("nothing is certain although the card is")
	}
	done := decide(t, d, Answer{"procedure", "certificate-renewal"}, Answer{"visitor.kind", "holder"},
		Answer{"card.kind", "standard"}, Answer{"pins", "known"}, Answer{"certificates.signature.state", "valid"})
	if done.Plan.Outcome != "proceed" || !done.Plan.Complete || len(done.Answered) != 5 {
		t.Errorf("got %s, complete %v, %d answered; questions %v", done.Plan.Outcome, done.Plan.Complete, len(done.Answered), done.Questions)
	}
}

func TestEveryLineOfThePlanHasASourceOrSaysSo(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	v := decide(t, d, Answer{"procedure", "pin-reset"}, Answer{"visitor.kind", "holder"},
		Answer{"pins.signature", "forgotten"}, Answer{"pins.rest", "known"}, Answer{"card.chipMatchesFace", "yes"}, Answer{"card.kind", "standard"})
	for _, s := range v.Plan.Sections {
		for _, l := range s.Lines {
			if l.Text == "" {
				t.Errorf("%s %s has no words", s.ID, l.ID)
			}
			if len(l.Sources) == 0 && l.Status == "stated" && (s.ID == "requirements" || s.ID == "pins") {
				t.Errorf("%s %s is stated but cites nothing", s.ID, l.ID)
			}
		}
	}
}

func TestGroupQuestionForPINs(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	base := []Answer{{"procedure", "certificate-renewal"}, {"visitor.kind", "holder"}, {"card.kind", "standard"}}
	v := decide(t, d, base...)
	if at := questionAt(v, keyAllPINs); at < 0 {
		t.Fatalf("no group question in %v", v.Questions)
	}
	v = decide(t, d, append(base, Answer{keyAllPINs, valueSome})...)
	at := questionAt(v, keyOtherPINs)
	if at < 0 {
		t.Fatalf("no question for the forgotten ones in %v", v.Questions)
	}
	if got := v.Questions[at].Choices[1]; got.Key != "pins.user-identification" || got.Value != "forgotten" || got.Cap != "S" {
		t.Errorf("got %+v", got)
	}
	v = decide(t, d, append(base, Answer{keyAllPINs, valueSome}, Answer{"pins.user-identification", "forgotten"}, Answer{keyOtherPINs, valueAll})...)
	if questionAt(v, keyOtherPINs) >= 0 || questionAt(v, keyAllPINs) >= 0 {
		t.Errorf("PINs are still asked: %v", v.Questions)
	}
}

func questionAt(v DeskView, key string) int {
	for i, q := range v.Questions {
		if q.Key == key {
			return i
		}
	}
	return -1
}

func TestDontKnowIsAlwaysPossible(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	answers := []Answer{{"procedure", "certificate-renewal"}, {"visitor.kind", "parent"}}
	for range 20 {
		v := decide(t, d, answers...)
		if len(v.Questions) == 0 {
			return
		}
		q := v.Questions[0]
		last := q.Choices[len(q.Choices)-1]
		if q.Key != keyAllPINs && q.Key != keyOtherPINs && last.Label != "わからない" {
			t.Fatalf("%s cannot be answered with わからない: %v", q.Key, q.Choices)
		}
		answers = append(answers, Answer{last.Key, last.Value})
	}
	t.Errorf("the questions do not end: %v", answers)
}

func TestKeysDoNotCollide(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	v := decide(t, d, Answer{"procedure", "card-face-update"}, Answer{"visitor.kind", "household-member"})
	fixed := append(v.Procedure.Choices, v.Visitor.Choices...)
	for _, q := range append(v.Questions, allPINsQuestion(), forgottenPINsQuestion()) {
		seen := map[string]string{}
		for _, c := range append(append([]ChoiceView{}, fixed...), q.Choices...) {
			if c.Code == "" {
				t.Errorf("%s %s has no key", q.Key, c.Value)
			}
			if other, twice := seen[c.Code]; twice {
				t.Errorf("%s: %s and %s share %s", q.Key, other, c.Value, c.Code)
			}
			seen[c.Code] = c.Key + "=" + c.Value
		}
	}
}

func TestDeskRefusesWhatTheWindowMayNotSay(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	long := strings.Repeat("x", mostText+1)
	for name, asked := range map[string]Asked{
		"another municipality":      {Answers: []Answer{{"municipality", "kawasaki"}}},
		"another day":               {Answers: []Answer{{"on", "2030-01-01"}}},
		"unknown key":               {Answers: []Answer{{"holder.individualNumber", "1"}}},
		"unknown word":              {Answers: []Answer{{"visitor.kind", "neighbour"}}},
		"an individual number":      {Answers: []Answer{{"holder.birthDate", "123456789018"}}},
		"a long value":              {Answers: []Answer{{"procedure", long}}},
		"too many":                  {Answers: make([]Answer, mostAnswers+1)},
		"a paper of nobody":         {Papers: []PaperAnswer{{Document: "運転免許証"}}},
		"a paper without a name":    {Papers: []PaperAnswer{{Of: "visitor"}}},
		"a paper's day that is not": {Papers: []PaperAnswer{{Document: "運転免許証", Of: "visitor", ExpiresOn: "2026-02-30"}}},
	} {
		if _, err := d.Decide(asked); !errors.Is(err, errBadAnswer) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// BenchmarkDecide is one key press: replaying the answers, deciding and wording.
func BenchmarkDecide(b *testing.B) {
	o := newOffice(startOptions{data: b.TempDir(), simulation: true, scenario: "standard"})
	o.show(heardEvents{make(chan CardView, 16)})
	o.open(b.Context())
	b.Cleanup(o.close)
	d := &Desk{o}
	for b.Loop() {
		if _, err := d.Decide(agentReset); err != nil {
			b.Fatal(err)
		}
	}
}
