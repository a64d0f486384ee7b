package rules

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// bruteMissing is the fewest papers that complete the requirements, found by
// trying every way of laying every paper somewhere or nowhere.
func bruteMissing(requirements []Requirement, evidence []Paper) int {
	best := -1
	choice := make([]int, len(requirements))
	for first := true; first || next(choice, requirements); first = false {
		var slots []slot
		for i, q := range requirements {
			for _, c := range q.AnyOf[choice[i]] {
				for range c.Count {
					slots = append(slots, slot{i, q.Of, c.Class})
				}
			}
		}
		used := make([]bool, len(evidence))
		var lay func(at int) int
		lay = func(at int) int {
			if at == len(slots) {
				return 0
			}
			most := lay(at + 1)
			for i, p := range evidence {
				if used[i] || p.Of != slots[at].of || !fills(p.Class, slots[at].class) {
					continue
				}
				used[i] = true
				most = max(most, 1+lay(at+1))
				used[i] = false
			}
			return most
		}
		if open := len(slots) - lay(0); best < 0 || open < best {
			best = open
		}
	}
	return best
}

func TestMissingIsTheSmallestCompletion(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	words := set.words.requirements
	var names []string
	for name := range words {
		names = append(names, name)
	}
	classes := []DocumentClass{ClassA, ClassB, ClassAnyID, ClassPhotoOfficial, ClassNonPhotoOfficial, ClassIndividualNumberCard, "family-register", ClassLetter}
	rapid.Check(t, func(t *rapid.T) {
		var p Plan
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 4, func(s string) string { return s }).Draw(t, "requirements") {
			w := words[name]
			p.Requirements = append(p.Requirements, Requirement{ID: name, Of: w.of, AnyOf: w.anyOf})
		}
		p.Outcome = Proceed
		in := Situation{}
		for i := range rapid.IntRange(1, 4).Draw(t, "papers") {
			in.Evidence = append(in.Evidence, Paper{
				Class: rapid.SampledFrom(classes).Draw(t, fmt.Sprint("class", i)),
				Of:    rapid.SampledFrom([]Party{OfHolder, OfVisitor}).Draw(t, fmt.Sprint("of", i)),
			})
		}
		set.weighEvidence(&p, &in)
		open := 0
		for _, q := range p.Requirements {
			for _, c := range q.Missing {
				open += c.Count
			}
			if *q.Satisfied != (len(q.Missing) == 0) {
				t.Fatalf("%s: satisfied %v with %v missing", q.ID, *q.Satisfied, q.Missing)
			}
		}
		if want := bruteMissing(p.Requirements, in.Evidence); open != want {
			t.Fatalf("%d papers missing, %d would do: %+v for %+v", open, want, in.Evidence, p.Requirements)
		}
		if (open == 0) != (p.Outcome == Proceed) {
			t.Fatalf("outcome %s with %d papers missing", p.Outcome, open)
		}
	})
}

func TestOnePaperCountsOnce(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	s := Situation{Municipality: set.ID, On: day(t, "2026-11-24")}
	for key, value := range map[string]string{"procedure": "pin-reset", "visitor.kind": "guardian-of-adult", "visitor.holderPresent": "yes", "card.kind": "standard", "card.state": "valid", "pins": "forgotten"} {
		if err := s.Set(key, value); err != nil {
			t.Fatal(err)
		}
	}
	s.Evidence = []Paper{{Class: ClassIndividualNumberCard, Of: OfHolder}, {Class: ClassA, Of: OfVisitor}, {Document: "登記事項証明書", Of: OfVisitor}}
	p := set.Decide(s)
	for _, q := range p.Requirements {
		if q.ID == "visitor-a2" && (*q.Satisfied || len(q.Missing) != 1 || q.Missing[0].Count != 1) {
			t.Errorf("one A paper stands for two: %+v", q.Missing)
		}
		if q.ID == "guardianship-register" && !*q.Satisfied {
			t.Error("a paper named by its own name does not count")
		}
	}
	if p.Outcome != VisitAgain {
		t.Errorf("outcome %s", p.Outcome)
	}
	s.Evidence = append(s.Evidence, Paper{Class: ClassB, Of: OfVisitor})
	if p := set.Decide(s); p.Outcome != Proceed {
		t.Errorf("with every paper there: outcome %s", p.Outcome)
	}
}
