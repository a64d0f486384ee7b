package counter_test

import (
	"errors"
	"testing"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
	"madoguchi/rules"
)

// Where an example of a built-in set mails a letter at the first visit, the second is
// decided with that letter, and its papers hold it.
func TestSecondVisitOfEveryExample(t *testing.T) {
	sets, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	known := map[rules.MunicipalityID]int{}
	for _, set := range sets {
		decide := func(s rules.Situation) (rules.Plan, error) { return set.Decide(s), nil }
		for _, example := range set.Examples() {
			first := set.Decide(example.Situation)
			second, err := counter.SecondVisit(decide, example.Situation, first)
			if err != nil || (second != nil) != forms.LetterFirst(first) {
				t.Fatalf("%s %s: %v, %v", set.ID, example.Name, second, err)
			}
			if second == nil || second.Outcome != rules.Proceed {
				continue
			}
			known[set.ID]++
			letters := 0
			for _, r := range second.Requirements {
				if r.AnyOf[0][0].Class == rules.ClassLetter {
					letters++
				}
			}
			if second.Visit != 2 || letters != 1 {
				t.Errorf("%s %s: visit %d takes %d letters", set.ID, example.Name, second.Visit, letters)
			}
		}
	}
	for _, id := range []rules.MunicipalityID{"kagoshima-center", "kagoshima-sheet", "kawasaki", "tagajo"} {
		if known[id] == 0 {
			t.Errorf("no example of %s has a second visit", id)
		}
	}
}

// What was shown today does not count the second time, and a fault of deciding is told.
func TestSecondVisitBeginsAnew(t *testing.T) {
	first := rules.Plan{Outcome: rules.VisitAgain, Visit: 1, Visits: 2, Letters: []rules.Line{{ID: "letter"}}}
	s := rules.Situation{Evidence: []rules.Paper{{Document: "運転免許証"}}, Time: "10:30", Place: "center", Booked: rules.Known(true)}
	fault := errors.New("no rules")
	_, err := counter.SecondVisit(func(s rules.Situation) (rules.Plan, error) {
		visit, _ := s.Visit.Get()
		state, _ := s.Letter.State.Get()
		if visit != 2 || state != "issued" || s.Evidence != nil || s.Time != "" || s.Place != "" || s.Booked.Asked() {
			t.Errorf("decided %+v", s)
		}
		return rules.Plan{}, fault
	}, s, first)
	if !errors.Is(err, fault) {
		t.Errorf("got %v", err)
	}
	if plan, err := counter.SecondVisit(nil, s, rules.Plan{Outcome: rules.Proceed}); plan != nil || err != nil {
		t.Errorf("one visit: got %v, %v", plan, err)
	}
}
