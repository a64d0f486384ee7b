package simulation

import (
	"errors"
	"fmt"
	"slices"

	"madoguchi/rules"
)

// Answers are what a trainee did in one run, as a file for "drill run" has it and
// as a run in the window leaves it.
type Answers struct {
	Scenario  ScenarioID        `json:"scenario,omitempty"`
	Seed      int64             `json:"seed,omitempty"`
	Trainee   string            `json:"trainee,omitempty"`
	Asked     []string          `json:"asked"`               // situation keys, in the order they were asked
	Statement *Statement        `json:"statement,omitempty"` // nil: nothing was told to the visitor
	Responses map[string]string `json:"responses,omitempty"` // event → response
	Printed   bool              `json:"printed"`
	Closed    bool              `json:"closed"`
	Tries     int               `json:"triesSpent"`               // on the card, in vain
	Locked    []rules.PINKind   `json:"locked,omitempty"`         // PINs those tries locked
	HandedTo  string            `json:"letterHandedTo,omitempty"` // "", "holder", "visitor"
	Hints     int               `json:"hints"`
	Seconds   int               `json:"seconds,omitempty"` // pauses not counted
	Keys      int               `json:"keystrokes,omitempty"`
}

// Statement is what the visitor was told.
type Statement struct {
	Outcome  rules.Outcome      `json:"outcome"`
	Papers   []Paper            `json:"papers"`
	PINs     []PIN              `json:"pins"`
	Visits   int                `json:"visits"`
	Letter   bool               `json:"letter"`             // a letter must be made and mailed
	Deadline rules.Date         `json:"deadline"`           // the day told to the visitor; null: none
	Missing  []rules.ClassCount `json:"missing,omitempty"`  // what is still to be brought, of what is in the bag
	Accepted []string           `json:"accepted,omitempty"` // papers of the bag that were accepted
}

// Paper is a paper asked for: whose, and which alternatives are enough.
type Paper struct {
	Of    rules.Party          `json:"of"`
	AnyOf [][]rules.ClassCount `json:"anyOf"`
}

// PIN is a PIN told to the visitor and how it comes in.
type PIN struct {
	Kind  rules.PINKind  `json:"kind"`
	Entry rules.PINEntry `json:"entry"`
}

// ErrAnswers means that a file of answers cannot be understood.
var ErrAnswers = errors.New("answers cannot be read")

// ParseAnswers reads a file of answers. A key or a word nobody knows is refused:
// a misspelt one would otherwise score as if it had been left out.
func ParseAnswers(data []byte) (Answers, error) {
	var a Answers
	if err := rules.DecodeStrict(data, &a); err != nil {
		return Answers{}, fmt.Errorf("%w: %w", ErrAnswers, err)
	}
	if err := a.check(); err != nil {
		return Answers{}, fmt.Errorf("%w: %w", ErrAnswers, err)
	}
	return a, nil
}

// check finds every word that no vocabulary has. An outcome may be left out.
func (a Answers) check() error {
	var faults []error
	known := func(what, word string, is bool) {
		if !is {
			faults = append(faults, fmt.Errorf("%s: unknown word %q", what, word))
		}
	}
	parties := []string{string(rules.OfHolder), string(rules.OfVisitor)}
	known("letterHandedTo", a.HandedTo, a.HandedTo == "" || slices.Contains(parties, a.HandedTo))
	if a.Statement == nil {
		return errors.Join(faults...)
	}
	s := a.Statement
	known("outcome", string(s.Outcome), s.Outcome == "" || s.Outcome == rules.NeedAnswers || slices.Contains(Outcomes(), s.Outcome))
	for _, p := range s.Papers {
		known("of", string(p.Of), slices.Contains(parties, string(p.Of)))
	}
	entries := []rules.PINEntry{rules.EntryAtCounter, rules.EntryInLetter, rules.EntrySetNew}
	for _, p := range s.PINs {
		known("kind", string(p.Kind), slices.Contains(rules.PINKinds(), p.Kind))
		known("entry", string(p.Entry), slices.Contains(entries, p.Entry))
	}
	return errors.Join(faults...)
}

// StatementOf is the statement that a plan makes: what a perfect trainee says.
func StatementOf(plan rules.Plan) Statement {
	s := Statement{Outcome: plan.Outcome, Visits: plan.Visits, Letter: len(plan.Letters) > 0, Deadline: deadlineOf(plan),
		Papers: make([]Paper, 0, len(plan.Requirements)), PINs: make([]PIN, 0, len(plan.PINs))}
	for _, r := range plan.Requirements {
		s.Papers = append(s.Papers, Paper{Of: r.Of, AnyOf: r.AnyOf})
	}
	for _, p := range plan.PINs {
		s.PINs = append(s.PINs, PIN{Kind: p.Kind, Entry: p.Entry})
	}
	return s
}

// deadlineOf is the day a visitor must be told: the earliest of the plan's days
// that has not passed.
func deadlineOf(plan rules.Plan) rules.Date {
	var day rules.Date
	for _, d := range plan.Dates {
		if d.Date >= plan.On && (day.IsZero() || d.Date < day) {
			day = d.Date
		}
	}
	return day
}
