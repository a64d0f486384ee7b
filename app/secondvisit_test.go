package app

import "testing"

func TestSecondVisitAsksForTheEnvelope(t *testing.T) {
	o := trainingOffice(t, "standard")
	cases := &Cases{o}
	printed, err := (&Letters{o}).Make(agentReset, letterInput)
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"mailed", "awaiting-reply"} {
		if _, err := cases.Advance(printed.CaseNumber, to); err != nil {
			t.Fatal(err)
		}
	}
	resumed, err := cases.Resume(printed.CaseNumber + "-1")
	if err != nil {
		t.Fatal(err)
	}
	v, err := (&Desk{o}).Decide(resumed.Asked)
	if err != nil {
		t.Fatalf("deciding %+v: %v", resumed.Asked, err)
	}
	if v.Plan.Outcome != "need-answers" || questionAt(v, "letter.sealed") < 0 || questionAt(v, "letter.complete") < 0 {
		t.Errorf("got %s, questions %v", v.Plan.Outcome, v.Questions)
	}
}
