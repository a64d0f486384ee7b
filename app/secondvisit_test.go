package app

import (
	"slices"
	"strings"
	"testing"
)

// mailedLetter is a case whose letter is on its way.
func mailedLetter(t *testing.T, o *office) string {
	t.Helper()
	printed, err := (&Letters{o}).Make(agentReset, letterInput)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (&Cases{o}).Advance(printed.CaseNumber, "mailed"); err != nil {
		t.Fatal(err)
	}
	return printed.CaseNumber
}

func TestSecondVisitAsksForTheEnvelope(t *testing.T) {
	o := trainingOffice(t, "standard")
	resumed, err := (&Cases{o}).Resume(mailedLetter(t, o) + "-1")
	if err != nil {
		t.Fatal(err)
	}
	v, err := (&Desk{o}).Decide(resumed.Asked)
	if err != nil {
		t.Fatalf("deciding %+v: %v", resumed.Asked, err)
	}
	if v.Plan.Outcome != "need-answers" || len(v.Questions) < 2 || v.Questions[0].Key != "letter.sealed" || v.Questions[1].Key != "letter.complete" {
		t.Errorf("got %s, questions %v", v.Plan.Outcome, v.Questions)
	}
	if at := slices.IndexFunc(v.Answered, func(a AnsweredView) bool { return a.Key == keyValidUntil }); at < 0 || !strings.Contains(v.Answered[at].Words, "2026年12月22日") {
		t.Errorf("until when the letter holds is not said: %v", v.Answered)
	}
	labels := []string{}
	for _, c := range resumed.Case.Compare {
		labels = append(labels, c.Label+"="+c.Value)
	}
	for _, want := range []string{"ご本人のお名前=架空 𠮷男", "ご本人の生年月日=1950年2月3日(昭和25年2月3日)", "代理人のお名前=例示 髙子", "照会番号=" + resumed.Asked.CaseNumber + "-1"} {
		if !slices.Contains(labels, want) {
			t.Errorf("%q is not compared: %v", want, labels)
		}
	}
	if want := "前回のご案内: 照会書の郵送と再度の来庁が必要です"; !slices.Contains(resumed.Case.Agreed, want) {
		t.Errorf("what was agreed: %v, want %q", resumed.Case.Agreed, want)
	}
}

// Where no case says until when the letter holds, it is asked last of the three.
func TestSecondVisitAsksUntilWhenTheLetterHolds(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	asked := Asked{Answers: append(slices.Clone(agentReset.Answers[:5]), Answer{"visit", "2"}, Answer{"letter.state", "issued"})}
	v, err := d.Decide(asked)
	if err != nil {
		t.Fatal(err)
	}
	keys := []string{}
	for _, q := range v.Questions[:3] {
		keys = append(keys, q.Key)
	}
	if !slices.Equal(keys, envelopeOrder()) {
		t.Errorf("asked in the order %v", keys)
	}
	asked.Answers = append(asked.Answers, Answer{keyValidUntil, "2020-01-31"})
	late, err := d.Decide(asked)
	if err != nil || late.Warning == nil || late.Warning.Code != "letter-expired" {
		t.Errorf("a letter that came too late: %+v, %v", late.Warning, err)
	}
	if _, err := (&Cases{d.office}).Save(asked, PersonView{}); problemOf(err).Code != "letter-expired" {
		t.Errorf("it was kept: %v", err)
	}
}

func TestSecondVisitIsKept(t *testing.T) {
	o := trainingOffice(t, "standard")
	number := mailedLetter(t, o)
	resumed, err := (&Cases{o}).Resume(number + "-1")
	if err != nil {
		t.Fatal(err)
	}
	asked := resumed.Asked
	asked.Answers = append(asked.Answers, Answer{"letter.sealed", "yes"}, Answer{"letter.complete", "yes"})
	kept, err := (&Cases{o}).Save(asked, PersonView{})
	if err != nil || kept != number {
		t.Fatalf("kept as %s, %v", kept, err)
	}
	shown, err := (&Cases{o}).Show(number)
	if err != nil || shown.Line.State != "second-visit" || shown.Holder.Name != "架空 𠮷男" || shown.Next[0].Value != "envelope-opened" {
		t.Errorf("shown %+v, %v", shown.Line, err)
	}
}

func TestComparingIsKept(t *testing.T) {
	o := trainingOffice(t, "standard")
	number := mailedLetter(t, o)
	before, err := (&Cases{o}).Show(number)
	if err != nil {
		t.Fatal(err)
	}
	after, err := (&Cases{o}).Compared(number)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(after.Events), len(before.Events)+1; got != want {
		t.Fatalf("%d events, want %d", got, want)
	}
	if last := after.Events[len(after.Events)-1]; last.Words != "読み上げて照合しました" || last.Note != "" {
		t.Errorf("kept as %+v", last)
	}
	if after.Line.State != before.Line.State {
		t.Errorf("the case moved from %s to %s", before.Line.State, after.Line.State)
	}
	if _, err := (&Cases{o}).Compared("SIM-26-99999Z"); err == nil {
		t.Error("a number that is none was taken")
	}
}

func TestDontKnowIsAlwaysAnAnswer(t *testing.T) {
	o := trainingOffice(t, "standard")
	d := &Desk{o}
	for _, procedure := range []string{"certificate-issue", "certificate-renewal", "pin-reset", "pin-change", "card-face-update", "suspension-release", "card-renewal", "card-loss", "residence-period-update"} {
		for _, visitor := range []string{"holder", "parent", "guardian-of-minor", "guardian-of-adult", "curator", "assistant", "contract-guardian", "household-member", "other"} {
			asked := Asked{Answers: []Answer{{"procedure", procedure}, {"visitor.kind", visitor}}}
			for range 40 {
				v, err := d.Decide(asked)
				if err != nil {
					t.Fatalf("%s %s %v: %v", procedure, visitor, asked.Answers, err)
				}
				if len(v.Questions) == 0 {
					break
				}
				q := v.Questions[0]
				at := slices.IndexFunc(q.Choices, func(c ChoiceView) bool { return c.Code == "Slash" })
				if at < 0 {
					t.Fatalf("%s by %s: %s has no 分からない: %+v", procedure, visitor, q.Key, q.Choices)
				}
				asked.Answers = append(asked.Answers, Answer{q.Choices[at].Key, q.Choices[at].Value})
			}
			if v, err := d.Decide(asked); err != nil || len(v.Questions) > 0 {
				t.Errorf("%s by %s: 分からない does not end: %v, %v", procedure, visitor, v.Questions, err)
			}
		}
	}
}
