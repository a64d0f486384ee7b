package app

import (
	"context"
	"errors"
	"testing"

	"madoguchi/app/counter"
)

// heardEvents keeps what the window was told.
type heardEvents struct{ cards chan CardView }

func (h heardEvents) cardChanged(v CardView) { h.cards <- v }
func (h heardEvents) progress(ProgressView)  {}
func (h heardEvents) comeForward()           {}
func (h heardEvents) retitle(string)         {}

// trainingOffice is an open office on a simulated card and a folder of its own.
func trainingOffice(t *testing.T, scenario string) *office {
	t.Helper()
	o := newOffice(startOptions{data: t.TempDir(), simulation: true, scenario: scenario})
	heard := heardEvents{make(chan CardView, 16)}
	o.show(heard)
	o.open(t.Context())
	t.Cleanup(o.close)
	if _, err := o.now(); err != nil {
		t.Fatalf("opening: %v", err)
	}
	for v := range heard.cards {
		if v.State == counter.CardHere {
			return o
		}
	}
	return o
}

// failedOffice is an office that could not be opened.
func failedOffice(t *testing.T, reason error) *office {
	t.Helper()
	o := newOffice(startOptions{simulation: true})
	o.openIt = func(context.Context, startOptions) (actions, error) { return nil, reason }
	o.show(heardEvents{make(chan CardView, 1)})
	o.open(t.Context())
	return o
}

func TestEveryMethodSaysWhyTheOfficeIsNotOpen(t *testing.T) {
	reason := &counter.SettingsError{Path: "settings.json", Err: errors.New("broken")}
	starting := newOffice(startOptions{})
	starting.patience = 0
	for name, o := range map[string]*office{"starting": starting, "failed": failedOffice(t, reason)} {
		t.Run(name, func(t *testing.T) {
			desk, cases := &Desk{o}, &Cases{o}
			for call, err := range map[string]error{
				"Decide":         second(desk.Decide(Asked{})),
				"PaperChoices":   second(desk.PaperChoices(Asked{})),
				"Save":           second(cases.Save(Asked{}, PersonView{})),
				"PrintChecklist": second(cases.PrintChecklist(Asked{}, PersonView{})),
				"List":           second(cases.List("", "")),
				"Show":           second(cases.Show("X")),
				"Resume":         second(cases.Resume("X")),
				"Letter":         second((&Letters{o}).Make(Asked{}, LetterInput{})),
				"Boxes":          second((&Mailroom{o}).Boxes("")),
				"Make":           second((&Mailroom{o}).Make([]string{"X"}, "")),
				"Reissue":        second((&Mailroom{o}).Reissue([]string{"X"}, "")),
				"Mark":           second((&Mailroom{o}).Mark([]string{"X"}, "mailed")),
				"Queue":          second((&Mailroom{o}).Queue(Asked{}, LetterInput{})),
				"Purge preview":  second((&Retention{o}).Preview()),
				"Purge":          second((&Retention{o}).Purge()),
				"Sheet":          second((&Rulebook{o}).Sheet("kawasaki")),
				"Differences":    second((&Rulebook{o}).Differences("kawasaki", "kasugai")),
				"Approve":        second((&Rulebook{o}).Approve("kawasaki", "")),
				"Scenarios":      second((&Training{o}).Scenarios()),
				"Rule sets":      second((&Rulebook{o}).Sets()),
				"Tables":         second((&Rulebook{o}).Tables("kawasaki", "")),
				"Settings":       second((&Preferences{o}).List()),
				"Change":         second((&Preferences{o}).Change(SettingView{})),
				"Examine":        second((&Preferences{o}).Examine()),
				"Diagnostics":    second((&Preferences{o}).Diagnostics()),
				"Draft":          desk.KeepDraft(Asked{}),
				"Advance":        second(cases.Advance("X", "done")),
			} {
				if err == nil {
					t.Errorf("%s: want an error", call)
				}
				if p := problemOf(err); p.Title == "" || p.Action == "" || p.Ref == "" {
					t.Errorf("%s: problem %+v lacks words", call, p)
				}
			}
			start := desk.Start()
			if start.Ready || start.Problem == nil {
				t.Errorf("Start says %+v", start)
			}
		})
	}
}

func second[T any](_ T, err error) error { return err }

func TestCloseWaitsForTheReader(t *testing.T) {
	o := trainingOffice(t, "standard")
	o.close()
	if _, err := o.now(); err == nil {
		t.Error("a closed office still works")
	}
}
