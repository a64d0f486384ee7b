package app

import (
	"fmt"
	"strings"

	"madoguchi/app/simulation"
	"madoguchi/rules"
)

// ScenarioView is a training scenario as the list shows it.
type ScenarioView struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Procedure string `json:"procedure"`
	Level     string `json:"level"`
	Opening   string `json:"opening"` // what the visitor says first
}

// Training leads into the simulation and out of it. Nothing it does touches
// real cases: the program closes one office and opens the other.
type Training struct{ office *office }

// Scenarios lists what can be practised, the standard one first.
func (t *Training) Scenarios() ([]ScenarioView, error) {
	a, err := t.office.now()
	if err != nil {
		return nil, err
	}
	library, err := a.Scenarios()
	if err != nil {
		return nil, err
	}
	all := library.All()
	views := make([]ScenarioView, 0, len(all))
	for _, s := range all {
		views = append(views, scenarioView(s))
	}
	return views, nil
}

func scenarioView(s *simulation.Scenario) ScenarioView {
	names := make([]string, len(s.Procedure))
	for i, p := range s.Procedure {
		names[i] = procedureLabel(p)
	}
	levels := []string{"", "はじめて", "慣れた方", "落とし穴"}
	level := ""
	if s.Level > 0 && s.Level < len(levels) {
		level = levels[s.Level]
	}
	return ScenarioView{ID: string(s.ID), Title: s.Title, Procedure: strings.Join(names, "、"), Level: level, Opening: rules.PlainText(strings.Join(s.Opening, " "))}
}

// Begin opens the simulation on a scenario's card.
func (t *Training) Begin(id string) (StartView, error) {
	if len(id) > mostText {
		return StartView{}, fmt.Errorf("%w: too long", errBadAnswer)
	}
	a, err := t.office.now()
	if err != nil {
		return StartView{}, err
	}
	library, err := a.Scenarios()
	if err != nil {
		return StartView{}, err
	}
	if _, err := library.Find(simulation.ScenarioID(id)); err != nil {
		return StartView{}, err
	}
	t.office.reopen(startOptions{data: t.office.started().data, simulation: true, scenario: id})
	return (&Desk{t.office}).Start(), nil
}

// End goes back to real work.
func (t *Training) End() StartView {
	t.office.reopen(startOptions{data: t.office.started().data})
	return (&Desk{t.office}).Start()
}
