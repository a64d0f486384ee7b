package main

import (
	"errors"
	"os"
	"slices"
	"testing"
)

func TestParseDemonstration(t *testing.T) {
	s, _ := testSite(t)
	if err := os.MkdirAll(s.path("build"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path(exampleSituation), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	demo, err := s.parseDemonstration(nil)
	if err != nil || demo.scenario != standardScenario || demo.situation != s.path(exampleSituation) || demo.chosen {
		t.Errorf("nothing named: got %+v, %v", demo, err)
	}
	named := s.path(exampleSituation)
	demo, err = s.parseDemonstration([]string{"--situation", named, "--scenario", "other", "--no-window"})
	if err != nil || demo.situation != named || demo.scenario != "other" || !demo.chosen || noDisplay(demo) == "" {
		t.Errorf("all named: got %+v, %v", demo, err)
	}
	for _, args := range [][]string{{"--situation", s.path("missing.json")}, {"--nothing"}, {"word"}} {
		if _, err := s.parseDemonstration(args); !errors.Is(err, errUsage) {
			t.Errorf("%v: got %v, want %v", args, err, errUsage)
		}
	}
}

// The window opens empty unless a situation was named, and can be read.
func TestWindowOpensWithWhatWasNamed(t *testing.T) {
	for _, chosen := range []bool{false, true} {
		stages := windowStages(demonstration{situation: "/x.json", scenario: "other", chosen: chosen})
		last := stages[len(stages)-1]
		if !slices.Contains(last.Packages, windowFont) {
			t.Errorf("nothing brings Japanese letters: %v", last.Packages)
		}
		open := last.Steps[0].Command
		if got := slices.Contains(open, "/x.json"); got != chosen || !slices.Contains(open, "other") || !slices.Contains(open, "--simulation") {
			t.Errorf("chosen %v: %v", chosen, open)
		}
	}
}

func TestSituationsAndPlans(t *testing.T) {
	tests := map[string]int{`{"visit":1}`: 1, `[{"visit":1},{"visit":2}]`: 2}
	for text, want := range tests {
		list, err := situationsOf([]byte(text))
		if err != nil || len(list) != want {
			t.Errorf("situations in %s: got %d, %v", text, len(list), err)
		}
		plans, err := plansOf([]byte(text))
		if err != nil || len(plans) != want || plans[0].Visit != 1 {
			t.Errorf("plans in %s: got %+v, %v", text, plans, err)
		}
	}
	if _, err := situationsOf([]byte("{")); err == nil {
		t.Error("broken JSON was taken")
	}
}
