package counter

import (
	"madoguchi/app/forms"
	"madoguchi/rules"
)

// SecondVisit is the plan of the visit that brings the holder's letter back, for a
// situation whose letter is mailed first: the same matter, the letter issued, closed and
// filled in, and the papers shown anew. It is decided as decide does it; nil where no
// letter goes out first. Errors: those of decide.
func SecondVisit(decide func(rules.Situation) (rules.Plan, error), s rules.Situation, first rules.Plan) (*rules.Plan, error) {
	if !forms.LetterFirst(first) {
		return nil, nil
	}
	s.Visit = rules.Known(2)
	s.Letter = rules.Letter{State: rules.Known(rules.LetterState("issued")), Sealed: rules.Known(true), Complete: rules.Known(true), ValidUntil: rules.None[rules.Date]()}
	s.Evidence, s.Time, s.Place, s.Booked = nil, "", "", rules.Fact[bool]{}
	plan, err := decide(s)
	if err != nil {
		return nil, err
	}
	return &plan, nil
}
