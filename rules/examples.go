package rules

import (
	"fmt"
	"slices"
	"strings"
)

// Example is a situation with what must come out of it, from examples.csv: a
// supervisor's own test of the tables. Every row of every table must be reached
// by one of them.
type Example struct {
	Name      string
	Situation Situation
	line      int
	expect    map[string]string // until the set is loaded
}

const expectPrefix = "expect."

func (l *loader) readExamples() {
	s, ok := readSheet(l.fsys, "examples.csv", &l.faults)
	if !ok {
		return
	}
	seen := map[string]string{}
	l.set.sample = make([]Example, 0, len(s.rows))
	for _, r := range s.rows {
		l.once(s, r, seen, s.cell(r, "name"), "")
		e := Example{Name: s.cell(r, "name"), line: r.line, expect: map[string]string{}}
		e.Situation.Municipality = l.set.ID
		for i, key := range s.header {
			value := r.cells[i]
			if key == "name" || value == "" {
				continue
			}
			if expected, isExpect := strings.CutPrefix(key, expectPrefix); isExpect {
				e.expect[expected] = value
				continue
			}
			if err := e.Situation.Set(key, value); err != nil {
				l.unknownWord(s, r, key, err)
			}
		}
		if e.Situation.On.IsZero() {
			l.unknownWord(s, r, "on", fmt.Errorf("example %q has no day", e.Name))
		}
		l.set.sample = append(l.set.sample, e)
	}
}

// Examples are the set's own worked examples.
func (s *Set) Examples() []Example { return s.sample }

// checkExamples decides every example, compares, and reports rows none of them reaches.
func (l *loader) checkExamples() {
	reached := map[*row]bool{}
	for _, e := range l.set.sample {
		plan := l.set.Decide(e.Situation)
		for _, problem := range e.compare(plan) {
			l.faults.add(Fault{Kind: FaultExample, File: "examples.csv", Line: e.line, Detail: e.Name + ": " + problem})
		}
		for _, procedure := range e.Situation.Procedure {
			d := l.set.run(&e.Situation, procedure)
			for _, r := range d.hit {
				reached[r] = true
			}
		}
	}
	for _, t := range l.set.tables {
		for _, r := range t.rows {
			if !reached[r] {
				l.faults.add(Fault{Kind: FaultUncovered, File: t.sheet.file, Line: r.line, Detail: fmt.Sprintf("no example reaches row %s", r.id)})
			}
		}
	}
}

func (e Example) compare(p Plan) []string {
	var problems []string
	got := map[string]string{
		"status": string(p.Status), "outcome": string(p.Outcome), "visits": fmt.Sprint(p.Visits), "capacity": string(p.Capacity),
		"requirements": wordList(p.Requirements, func(q Requirement) string { return q.ID }),
		"pins":         wordList(p.PINs, func(l PINLine) string { return string(l.Kind) + ":" + string(l.Entry) }),
	}
	for _, key := range []string{"status", "outcome", "visits", "capacity", "requirements", "pins"} {
		want, ok := e.expect[key]
		if !ok {
			continue
		}
		if key == "requirements" || key == "pins" {
			words := listWords(want)
			slices.Sort(words)
			want = strings.Join(words, "|")
		}
		if got[key] != want {
			problems = append(problems, fmt.Sprintf("%s is %q, the example says %q", key, got[key], want))
		}
	}
	return problems
}

func wordList[T any](items []T, name func(T) string) string {
	words := make([]string, len(items))
	for i, item := range items {
		words[i] = name(item)
	}
	slices.Sort(words)
	return strings.Join(words, "|")
}
