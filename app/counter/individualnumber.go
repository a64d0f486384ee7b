package counter

import (
	"madoguchi/app/history"
	"madoguchi/rules"
)

// namedText is a text somebody typed, and the field it was typed into.
type namedText struct{ field, text string }

// refuseIndividualNumber refuses a text that holds an individual number (個人番号),
// in any field: it is accepted nowhere. The error is a *history.Refusal that names
// the field, never the number.
func refuseIndividualNumber(texts ...namedText) error {
	for _, t := range texts {
		if rules.HasIndividualNumber(t.text) {
			return &history.Refusal{Reason: history.IndividualNumber, Field: t.field}
		}
	}
	return nil
}

// RefuseIndividualNumber is the same for what is typed into a field on its way to
// paper: nothing is kept of it, and it is taken in no more for that.
func RefuseIndividualNumber(field, text string) error {
	return refuseIndividualNumber(namedText{field, text})
}

// textsOf are the free texts of a situation; everything else is words and days.
func textsOf(s rules.Situation) []namedText {
	texts := []namedText{{"place", s.Place}}
	for _, p := range s.Evidence {
		texts = append(texts, namedText{"evidence", p.Document})
	}
	return texts
}
