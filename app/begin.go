package app

import (
	"fmt"
	"os"

	"madoguchi/app/counter"
	"madoguchi/rules"
)

// StartView is what the window needs before the first answer.
type StartView struct {
	Ready        bool             `json:"ready"`
	Problem      *counter.Problem `json:"problem"` // why the program cannot work, when it cannot
	Simulation   bool             `json:"simulation"`
	Municipality string           `json:"municipality"`
	Office       string           `json:"office"`
	Edition      string           `json:"edition"` // first characters of the rule set's fingerprint
	Approved     bool             `json:"approved"`
	Operator     string           `json:"operator"`
	Today        string           `json:"today"`
	Version      string           `json:"version"`
	LockMinutes  int              `json:"lockMinutes"` // idle minutes until the person is hidden; 0: never
	Asked        Asked            `json:"asked"`       // what the desk opens with
	Restored     bool             `json:"restored"`    // Asked is the draft of a visit that was cut off
	RestoredAs   []string         `json:"restoredAs"`  // which visit came back, in words
	Notice       *counter.Problem `json:"notice"`      // what stops nothing but has to be known
	Case         *CaseView        `json:"case"`        // the case that the draft was about, where it can be shown
	Desk         *DeskView        `json:"desk"`        // what Decide makes of Asked; none where it fails
	Card         CardView         `json:"card"`        // with what Desk was decided
}

// Start says with what the program runs and brings the whole first desk, so that
// the window needs no further answer to draw it. It waits a while for a program
// that is still opening. It never fails: a program that cannot work says so in
// Problem.
func (d *Desk) Start() StartView {
	d.office.awaitOpening()
	v := d.begun()
	v.Card = d.office.cardView()
	if !v.Ready {
		return v
	}
	if known, err := (&Cases{d.office}).Show(v.Asked.CaseNumber); err == nil {
		v.Case = &known // the answers came back without it too; it can be opened by its number
	}
	if desk, err := d.Decide(v.Asked); err == nil {
		v.Desk = &desk
	}
	return v
}

// begun is a start without its first desk.
func (d *Desk) begun() StartView {
	v := StartView{RestoredAs: []string{}, Simulation: d.office.started().simulation, Version: counter.Version, Asked: Asked{Answers: []Answer{}, Papers: []PaperAnswer{}}}
	a, err := d.office.now()
	if err != nil {
		p := problemOf(err)
		v.Problem = &p
		return v
	}
	settings := a.Settings()
	v.Ready, v.Office, v.Operator = true, settings.Office, settings.Operator
	v.Today, v.LockMinutes = rules.InWords(a.Today()), settings.LockMinutes
	set := a.RuleSet(settings.Municipality)
	v.Municipality, v.Edition, v.Approved = set.Title, shortEdition(set.Edition), set.Approved
	if barred := d.office.barrier(); barred != nil {
		p := problemOf(barred)
		v.Notice = &p
	} else if asked, ok := draft(a.Folder()); ok {
		v.Asked, v.Restored = asked, true
		v.RestoredAs = restoredWords(a, settings.Municipality, asked)
		return v
	}
	answers, err := d.office.started().answers()
	if err != nil {
		p := problemOf(err)
		v.Notice = &p
		return v
	}
	v.Asked.Answers = answers
	return v
}

// restoredWords say which visit came back: its procedure and visitor, and how much
// else was answered.
func restoredWords(a decider, m rules.MunicipalityID, asked Asked) []string {
	words, others := []string{}, 0
	for _, answer := range answeredViews(a, m, asked.Answers) {
		switch answer.Key {
		case keyProcedure:
			words = append(words, "手続 "+answer.Words)
		case "visitor.kind":
			words = append(words, "来庁者 "+answer.Words)
		default:
			others++
		}
	}
	if others > 0 {
		words = append(words, fmt.Sprintf("ほか%d問", others))
	}
	if n := len(asked.Papers); n > 0 {
		words = append(words, fmt.Sprintf("書類 %d点", n))
	}
	return words
}

// answers are those of the situation file the program was started with.
func (s startOptions) answers() ([]Answer, error) {
	if s.situation == "" {
		return []Answer{}, nil
	}
	data, err := os.ReadFile(s.situation)
	if err != nil {
		return nil, &counter.InputError{Name: s.situation, Err: err}
	}
	situations, _, err := counter.ParseSituations(s.situation, data)
	if err != nil || len(situations) == 0 {
		return []Answer{}, err
	}
	return answersOf(situations[0])
}

// shortEdition is as much of a fingerprint as people compare by eye.
func shortEdition(edition string) string {
	const enough = 8
	if len(edition) <= enough {
		return edition
	}
	return edition[:enough]
}
