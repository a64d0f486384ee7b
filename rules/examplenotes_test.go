package rules

import (
	"slices"
	"testing"
)

// A requirement of several classes says of each what belongs to it, where the set has a
// list; the letter and the card, which have one name, have no examples.
func TestExamplesOfRequirements(t *testing.T) {
	sets, seen := builtinByID(t), map[string]Requirement{}
	for id, set := range sets {
		for _, example := range set.Examples() {
			for _, q := range set.Decide(example.Situation).Requirements {
				seen[string(id)+" "+q.ID] = q
			}
		}
	}
	begins := func(q Requirement) []string {
		starts := slices.Clone(q.Examples)
		for _, class := range q.Classes() {
			if names := q.ExamplesOf[class]; len(names) > 0 {
				starts = append(starts, string(class)+": "+names[0])
			}
		}
		return starts
	}
	cases := map[string][]string{
		"kasugai holder-id-a-or-b":          {"A: 運転免許証", "B: 介護保険証"},
		"kasugai holder-id-a1-or-b2":        {"A: 運転免許証", "B: 介護保険証"},
		"kagoshima-center visitor-a2":       {},
		"tagajo visitor-photo-and-nonphoto": {"photo-official: 運転免許証"},
		"tagajo visitor-photo":              {"運転免許証", "パスポート"},
		"tagajo letter":                     {},
		"kawasaki holder-card":              {},
	}
	for name, want := range cases {
		q, ok := seen[name]
		if got := begins(q); !ok || !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
