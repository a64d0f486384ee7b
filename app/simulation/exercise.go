package simulation

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"madoguchi/reader/simcard"
	"madoguchi/rules"
)

// An exercise is a visit drawn from an example of a rule set: the people who own
// the tables wrote one for every row, so that every row can be practised, also
// in a set that a municipality added itself. Its visitor is plain: they say who
// they are, and answer what they are asked. What a visit is meant to teach, only
// a written scenario says.

// ordinary are the facts of a visit with nothing special about it, for what an
// example leaves open because it does not matter there.
var ordinary = Facts{
	"visit": "1", "visitor.sameHousehold": "no", "visitor.holderPresent": "no", "visitor.authorityCoversCard": "yes",
	"holder.birthDate": "1980-04-05", "holder.guardianship": "none", "holder.domicileInCity": "no", "holder.movedInOn": "null",
	"holder.moveRegistered": "yes", "holder.residencePermit": "none",
	"card.kind": "standard", "card.state": "valid", "card.expiresOn": "2030-03-10", "card.faceFull": "no", "card.chipMatchesFace": "yes",
	"certificates.signature.state": "valid", "certificates.user-identification.state": "valid",
	"pins.signature": "known", "pins.user-identification": "known", "pins.resident-registration": "known", "pins.card-info-input": "known",
	"letter.state": "none",
}

// exercisePrefix begins the name of every exercise; no file may use it.
const exercisePrefix = "exercise-"

// IsExercise reports whether a name is that of an exercise, of which rule set, and
// of its how manieth example, from 1.
func IsExercise(id string) (m rules.MunicipalityID, number int, yes bool) {
	rest, found := strings.CutPrefix(id, exercisePrefix)
	at := strings.LastIndex(rest, "-")
	if !found || at < 0 {
		return "", 0, false
	}
	number, err := strconv.Atoi(rest[at+1:])
	return rules.MunicipalityID(rest[:at]), number, err == nil
}

// ExerciseOf draws one visit, from the example of a number; the error wraps
// ErrNoScenario where there is no such example.
func ExerciseOf(set *rules.Set, number int) (*Scenario, error) {
	if number < 1 || number > len(set.Examples()) {
		return nil, fmt.Errorf("%w: example %d of %s", ErrNoScenario, number, set.ID)
	}
	return exercise(set, set.Examples()[number-1].Situation, number)
}

// Exercises draws a visit from every example of a rule set that comes to an
// answer, in the order of the examples.
func Exercises(set *rules.Set) ([]*Scenario, error) {
	out := []*Scenario{}
	for i, e := range set.Examples() {
		s, err := exercise(set, e.Situation, i+1)
		if err != nil {
			return nil, fmt.Errorf("drawing a visit from example %q: %w", e.Name, err)
		}
		t, err := s.truthOf(0)
		if err != nil {
			return nil, err
		}
		situation, err := t.situation()
		if err != nil {
			return nil, err
		}
		if set.Decide(situation).Outcome != rules.NeedAnswers {
			out = append(out, s)
		}
	}
	return out, nil
}

func exercise(set *rules.Set, situation rules.Situation, number int) (*Scenario, error) {
	told, err := FactsOf(situation)
	if err != nil {
		return nil, err
	}
	facts := ordinary.with(told)
	nested, err := json.Marshal(facts.nested())
	if err != nil {
		return nil, fmt.Errorf("writing facts: %w", err)
	}
	s := &Scenario{ID: ScenarioID(fmt.Sprintf("%s%s-%d", exercisePrefix, set.ID, number)), Municipality: set.ID,
		Procedure: slices.Clone(situation.Procedure), On: situation.On, Level: 2, Facts: nested, Card: cardOf(facts),
		Teaches: "判定表の例をもとにした練習です。根拠の行を開いて、ページの言い方を確かめてください。"}
	for _, key := range []string{"visitor.kind", "visit", "booked", "place", "time", "letter.validUntil"} {
		if _, known := facts[key]; known {
			s.Seen = append(s.Seen, key)
		}
	}
	visitor := ValueWords(set, "visitor.kind", facts["visitor.kind"])
	s.Title = fmt.Sprintf("練習%d: %s (%s)", number, procedureWords(set, s.Procedure), visitor)
	s.Opening = Words{opening(set, s, facts, visitor)}
	s.Family.Holder = Person{Name: "見本 太郎"}
	if facts["visitor.kind"] != string(rules.VisitorHolder) {
		s.Family.Visitor = &Person{Name: "例示 花子", Relation: visitor}
	}
	return s, nil
}

// opening is what the visitor of an exercise says first.
func opening(set Decider, s *Scenario, facts Facts, visitor string) string {
	wish := procedureWords(set, s.Procedure) + "をお願いします。" + visitor + "です。"
	switch facts["visit"] {
	case "0":
		return "(電話で) " + wish
	case "2":
		return "前に来た続きです。" + wish
	}
	return wish
}

func procedureWords(set Decider, list rules.Procedures) string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = ValueWords(set, "procedure", string(p))
	}
	return strings.Join(names, "と")
}

// nested writes facts as the JSON of a situation has them.
func (f Facts) nested() map[string]any {
	tree := map[string]any{}
	for _, key := range f.Keys() {
		at, path := tree, strings.Split(key, ".")
		for _, name := range path[:len(path)-1] {
			next, known := at[name].(map[string]any)
			if !known {
				next = map[string]any{}
				at[name] = next
			}
			at = next
		}
		at[path[len(path)-1]] = f[key]
	}
	return tree
}

// cardOf is a card that says what the facts say of it.
func cardOf(facts Facts) simcard.Description {
	card := simcard.Description{PINs: map[string]simcard.PIN{}, Certificates: map[string]simcard.Certificate{}}
	day := func(key string) string {
		if value := facts[key]; value != "null" {
			return value
		}
		return ""
	}
	card.ExpiresOn = day("card.expiresOn")
	for _, kind := range rules.PINKinds() {
		switch facts[AllPINs+"."+string(kind)] {
		case "locked":
			card.PINs[string(kind)] = simcard.PIN{Remaining: new(int)}
		case "unset":
			card.PINs[string(kind)] = simcard.PIN{Unset: true}
		}
	}
	for _, kind := range []rules.PINKind{rules.PINSignature, rules.PINUserIdentification} {
		key := "certificates." + string(kind)
		card.Certificates[string(kind)] = simcard.Certificate{None: facts[key+".state"] == "none", NotAfter: day(key + ".expiresOn")}
	}
	maps.DeleteFunc(card.Certificates, func(_ string, c simcard.Certificate) bool { return c == simcard.Certificate{} })
	return card
}
