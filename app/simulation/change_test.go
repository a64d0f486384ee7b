package simulation

import (
	"slices"
	"strings"
	"testing"

	"madoguchi/rules"
)

// lenient is a rule set whose municipality stopped asking for the family register.
type lenient struct{ *rules.Set }

func (l lenient) Decide(s rules.Situation) rules.Plan {
	plan := l.Set.Decide(s)
	plan.Requirements = slices.DeleteFunc(slices.Clone(plan.Requirements), func(r rules.Requirement) bool { return r.ID == "family-register" })
	return plan
}

// A change of a rule set changes the expected answer with no edit of a scenario,
// and names the scenarios whose point it takes away.
func TestAChangeOfTheRulesChangesTheAnswer(t *testing.T) {
	set, s := center(t), find(t, "child-without-signature")
	yesterday, err := PerfectAnswers(set, s, 0)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Score(lenient{set}, s, yesterday)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(got.Lines, func(l Line) bool { return l.Topic == TopicPaper && l.Verdict == TooMuch }) {
		t.Error("yesterday's answer asks for the family register, and today that is not too much")
	}
	if faults := CheckAgainst(set, find(t, "domicile-in-city")); len(faults) > 0 {
		t.Fatal(faults)
	}
	faults := CheckAgainst(lenient{set}, find(t, "domicile-in-city"))
	if !strings.Contains(faults.Error(), "exception domicile-in-city changes nothing any more") {
		t.Errorf("the scenario lost its point, and the check says %v", faults)
	}
}
