package rules

import (
	"slices"
	"testing"
)

// TestEveryPairOfMatters: whatever two matters come together, by whomever, the plan
// is sound, asks for nothing twice, and is the same in whatever order they are named.
func TestEveryPairOfMatters(t *testing.T) {
	withoutRaces(t)
	procedures := factSpecs[factProcedure].words
	tried := 0
	for id, set := range builtinByID(t) {
		for i, s := range manySituations(t, id) {
			if len(s.Procedure) > 1 || i%3 != 0 {
				continue // every third is every procedure, every visitor and every state
			}
			for _, other := range procedures {
				if Procedure(other) == s.Procedure[0] {
					continue
				}
				tried++
				both, turned := s, s
				both.Procedure = Procedures{s.Procedure[0], Procedure(other)}
				turned.Procedure = Procedures{Procedure(other), s.Procedure[0]}
				p := set.Decide(both)
				if problem := twice(p); problem != "" {
					t.Fatalf("%s, %v by %v: %s", id, both.Procedure, s.Visitor.Kind, problem)
				}
				if !samePlan(p, set.Decide(turned)) || p.Outcome == NeedAnswers {
					t.Fatalf("%s, %v by %v: %s, and another plan the other way round", id, both.Procedure, s.Visitor.Kind, p.Outcome)
				}
			}
		}
	}
	if tried < 5000 {
		t.Fatalf("only %d pairs", tried)
	}
}

// twice says what a plan asks for twice, or what else is unsound about it.
func twice(p Plan) string {
	if problem := unsound(p); problem != "" && (p.Outcome != OutcomeNever || p.Status != NotStated) {
		return problem
	}
	for i, q := range p.Requirements {
		for j, o := range p.Requirements {
			if i != j && q.covers(o) {
				return q.ID + " covers " + o.ID
			}
		}
	}
	ids := [][]string{}
	add := func(list []string) { ids = append(ids, list) }
	add(namesOf(p.PINs, func(l PINLine) string { return string(l.Kind) }))
	add(namesOf(p.Places, func(l PlaceLine) string { return l.ID }))
	add(namesOf(p.Dates, func(l DateLine) string { return l.ID }))
	for _, lines := range [][]Line{p.Reasons, p.OpenPoints, p.Letters, p.Steps, p.Notes, p.Fees} {
		add(namesOf(lines, func(l Line) string { return l.ID }))
	}
	for _, list := range ids {
		slices.Sort(list)
		if len(slices.Compact(slices.Clone(list))) != len(list) {
			return "twice in the plan: " + list[0]
		}
	}
	return ""
}

func namesOf[T any](list []T, name func(T) string) []string {
	out := make([]string, len(list))
	for i, item := range list {
		out[i] = name(item)
	}
	return out
}
