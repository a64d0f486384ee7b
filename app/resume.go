package app

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"madoguchi/app/counter"
	"madoguchi/rules"
)

// ResumeView is a case taken up again: what was answered, and what to compare.
type ResumeView struct {
	Asked Asked    `json:"asked"`
	Case  CaseView `json:"case"`
}

// Resume takes a case up by its number, or by what the scanner reads off the
// letter: the number and the version of the letter. A letter that may not be used
// any more is refused with the reason. A case that waits for the second visit
// comes with that visit's questions open.
func (c *Cases) Resume(number string) (ResumeView, error) {
	a, err := c.office.now()
	if err != nil {
		return ResumeView{}, err
	}
	if len(number) > mostText {
		return ResumeView{}, fmt.Errorf("%w: too long", errBadAnswer)
	}
	found, err := a.OpenLetter(c.office.context(), number)
	if err != nil {
		return ResumeView{}, err
	}
	answers, err := answersOf(secondVisit(found))
	if err != nil {
		return ResumeView{}, err
	}
	return ResumeView{Asked: Asked{Answers: answers, Papers: []PaperAnswer{}, CaseNumber: found.CaseNumber}, Case: caseView(a, found)}, nil
}

// secondVisit is the situation as the visitor comes back with the letter: what
// depends on the day and on the envelope is asked again. Until when the letter
// holds is known where the case says it.
func secondVisit(found counter.Case) rules.Situation {
	s := found.Situation
	s.Evidence, s.Time = nil, ""
	if !returning(found.State) {
		return s
	}
	s.Visit = rules.Known(2)
	s.Letter = rules.Letter{State: rules.Known(rules.LetterState("issued"))}
	if !found.ReplyBy.IsZero() {
		s.Letter.ValidUntil = rules.Known(found.ReplyBy)
	}
	s.Visitor.HolderPresent = rules.Fact[bool]{}
	return s
}

// returning reports a case whose visitor comes with the letter.
func returning(state string) bool {
	return slices.Contains([]string{"mailed", "awaiting-reply", "second-visit", "envelope-opened", "sent-back"}, state)
}

// answersOf writes a situation as the answers that make it again.
func answersOf(s rules.Situation) ([]Answer, error) {
	data, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("writing the answers of a case: %w", err)
	}
	var tree map[string]any
	if err := json.Unmarshal(data, &tree); err != nil {
		return nil, fmt.Errorf("reading the answers of a case: %w", err)
	}
	flat := map[string]string{}
	flatten("", tree, flat)
	answers := []Answer{}
	for _, key := range askableKeys() {
		value, ok := flat[key]
		if !ok || strings.HasSuffix(key, ".expiresOn") {
			continue // the card tells its days itself
		}
		answers = append(answers, Answer{Key: key, Value: value})
	}
	return groupPINs(answers), nil
}

// groupPINs turns four known PINs into the one answer they were.
func groupPINs(answers []Answer) []Answer {
	isKnown := func(a Answer) bool { return strings.HasPrefix(a.Key, "pins.") && a.Value == "known" }
	known := 0
	for _, a := range answers {
		if isKnown(a) {
			known++
		}
	}
	if known != len(rules.PINKinds()) {
		return answers
	}
	return append(slices.DeleteFunc(answers, isKnown), Answer{Key: keyAllPINs, Value: valueAll})
}

// flatten writes nested objects as dotted keys, values as Situation.Set takes them.
func flatten(prefix string, value any, into map[string]string) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			flatten(strings.TrimPrefix(prefix+"."+key, "."), inner, into)
		}
	case []any:
		words := make([]string, 0, len(v))
		for _, w := range v {
			words = append(words, fmt.Sprint(w))
		}
		into[prefix] = strings.Join(words, "|")
	case bool:
		into[prefix] = map[bool]string{true: "yes", false: "no"}[v]
	case nil:
		into[prefix] = "null"
	default:
		into[prefix] = fmt.Sprint(v)
	}
}

// Advance moves a case along its life and gives it as it then is.
func (c *Cases) Advance(number, to string) (CaseView, error) {
	a, err := c.office.now()
	if err != nil {
		return CaseView{}, err
	}
	if len(number) > mostText || len(to) > mostText {
		return CaseView{}, fmt.Errorf("%w: too long", errBadAnswer)
	}
	if err := a.AdvanceCase(c.office.context(), number, to); err != nil {
		return CaseView{}, err
	}
	return c.show(c.office.context(), a, number)
}

// Compared keeps that the persons of a case were read aloud and compared, and
// gives the case as it then is.
func (c *Cases) Compared(number string) (CaseView, error) {
	a, err := c.office.now()
	if err != nil {
		return CaseView{}, err
	}
	if len(number) > mostText {
		return CaseView{}, fmt.Errorf("%w: too long", errBadAnswer)
	}
	if err := a.ComparedCase(c.office.context(), number); err != nil {
		return CaseView{}, err
	}
	return c.show(c.office.context(), a, number)
}

// nextChoices are the ways a case can go from here, with keys.
func nextChoices(states []string) []ChoiceView {
	list := make([]ChoiceView, 0, len(states))
	for i, state := range states {
		v := ChoiceView{Key: "state", Value: state, Label: stepLabel(state)}
		v.Code, v.Cap = keyOf(middleRow, i)
		list = append(list, v)
	}
	return list
}
