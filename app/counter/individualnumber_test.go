package counter_test

import (
	"context"
	"errors"
	"testing"

	"madoguchi/app/counter"
	"madoguchi/app/history"
	"madoguchi/app/simulation"
)

// No field takes an individual number: not the papers of a situation, not an
// operator, not a trainee, not a setting.
func TestNoFieldTakesAnIndividualNumber(t *testing.T) {
	const number = "123456789018"
	data := t.TempDir()
	desk, err := counter.Open(context.Background(), counter.Options{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	settings := counter.DefaultSettings()
	settings.Office = "市民課 " + number
	cases := map[string]func() error{
		"evidence": func() error {
			_, _, err := counter.ParseSituations("-", []byte(`{"municipality":"kasugai","on":"2026-11-24","evidence":[{"document":"1234 5678 9018","of":"holder"}]}`))
			return err
		},
		"operator": func() error {
			_, err := counter.Open(context.Background(), counter.Options{Data: data, Operator: number})
			return err
		},
		"trainee": func() error {
			_, err := desk.ScoreAnswers("standard", simulation.Answers{Trainee: number})
			return err
		},
		"settings": func() error { return counter.Folder(data).SaveSettings(settings) },
	}
	for name, try := range cases {
		err := try()
		if !errors.Is(err, &history.Refusal{Reason: history.IndividualNumber}) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
