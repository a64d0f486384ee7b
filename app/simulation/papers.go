package simulation

import (
	"slices"
	"strings"

	"madoguchi/rules"
)

// PaperChoice is one paper that can be asked for: what a trainee picks from. It
// is one atom, so that a statement made of choices scores as it is meant.
type PaperChoice struct {
	ID    string `json:"id"`
	Words string `json:"words"`
	Paper Paper  `json:"paper"`
}

// Papers are all the papers that any visit of a rule set asks for, in a fixed
// order: the same for every visit, so that the list gives no answer away.
func (l *Library) Papers(set *rules.Set) ([]PaperChoice, error) {
	out := []PaperChoice{}
	for _, s := range l.scenarios {
		if s.Municipality != set.ID {
			continue
		}
		situations, err := s.Situations()
		if err != nil {
			return nil, err
		}
		for _, situation := range situations {
			out = append(out, choicesOf(set.Decide(situation))...)
		}
	}
	for _, e := range set.Examples() {
		out = append(out, choicesOf(set.Decide(e.Situation))...)
	}
	slices.SortFunc(out, func(a, b PaperChoice) int { return strings.Compare(a.ID, b.ID) })
	return slices.CompactFunc(out, func(a, b PaperChoice) bool { return a.ID == b.ID }), nil
}

func choicesOf(plan rules.Plan) []PaperChoice {
	var out []PaperChoice
	for _, a := range atomsOf(StatementOf(plan).Papers) {
		out = append(out, PaperChoice{ID: string(a.of) + ":" + a.anyOf, Words: a.words(), Paper: a.paper()})
	}
	return out
}

// paper writes an atom as a paper that is asked for.
func (a atom) paper() Paper {
	p := Paper{Of: a.of, AnyOf: [][]rules.ClassCount{}}
	for way := range strings.SplitSeq(a.anyOf, "|") {
		var all []rules.ClassCount
		for class := range strings.SplitSeq(way, "+") {
			all = append(all, rules.ClassCount{Class: rules.DocumentClass(class), Count: 1})
		}
		p.AnyOf = append(p.AnyOf, all)
	}
	return p
}

// CountPapers counts how often a list of papers asks for one choice.
func CountPapers(list []Paper, choice Paper) int {
	n := 0
	for _, wanted := range atomsOf([]Paper{choice}) {
		for _, a := range atomsOf(list) {
			if a == wanted {
				n++
			}
		}
	}
	return n
}
