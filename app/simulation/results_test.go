package simulation

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func kept(trainee, at string, percent int) Kept {
	return Kept{Trainee: trainee, At: at, Answers: Answers{Trainee: trainee}, Result: Result{Scenario: "standard", Title: "=更新", Points: percent,
		Of: 100, Percent: percent, Perfect: percent == 100, Lines: []Line{{Topic: TopicPaper, Points: percent, Of: 100}}}}
}

func TestResultsArePutAwayAndDeleted(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "results")
	results := OpenResults(dir)
	if names, err := results.Trainees(); err != nil || len(names) != 0 {
		t.Fatalf("an empty folder: %v, %v", names, err)
	}
	// Names that are no file names on some system.
	for _, name := range []string{"訓練 一郎", "a/b", "..", "CON", "例示 髙子"} {
		for _, k := range []Kept{kept(name, "2026-11-24T10:00:00+09:00", 60), kept(name, "2026-11-24T11:00:00+09:00", 100), kept(name, "2026-11-24T11:00:00+09:00", 90)} {
			if err := results.Save(k); err != nil {
				t.Fatal(err)
			}
		}
	}
	runs, err := results.Of("例示 髙子")
	if err != nil || len(runs) != 3 {
		t.Fatalf("got %d runs, %v", len(runs), err)
	}
	p := ProgressOf("例示 髙子", runs)
	if p.First != 60 || p.Last != 90 || p.Perfect != 1 || p.Average != 83 || p.Weak[0] != (Weak{TopicPaper, 50}) {
		t.Errorf("got %+v", p)
	}
	group, err := results.Group()
	if err != nil || len(group) != 5 {
		t.Fatalf("got %d trainees, %v", len(group), err)
	}
	if err := results.Delete(".."); err != nil {
		t.Fatal(err)
	}
	if _, err := results.Of(".."); !errors.Is(err, ErrNoTrainee) {
		t.Errorf("after deleting: %v", err)
	}
	if err := results.Delete("nobody"); !errors.Is(err, ErrNoTrainee) {
		t.Errorf("deleting nobody: %v", err)
	}
	if entries, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(entries) != 1 {
		t.Errorf("beside the folder: %v, %v", entries, err)
	}
}

func TestCSVIsNoFormula(t *testing.T) {
	var b strings.Builder
	if err := WriteCSV(&b, []Kept{kept("訓練 一郎", "2026-11-24T10:00:00+09:00", 60)}); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(b.String(), "\ufeff受講者,") || !strings.Contains(b.String(), ",'=更新,") {
		t.Errorf("got %q", b.String())
	}
}

func TestFaultsOfAScenarioAreNamed(t *testing.T) {
	cases := []struct{ name, data, want string }{
		{"broken", "{\n\"id\": \"x\",,}", "x.json:2:"},
		{"unknown key", "{\n\"id\": \"x\",\n\"tittle\": \"t\"}", "x.json:3:"},
		{"a real name", "{\"id\":\"x\",\n\"family\":{\"holder\":{\"name\":\"無印 一\"}}}", "could be somebody's"},
		{"no such fact", "{\"id\":\"x\",\"facts\":{\"visitor\":{\n\"kindd\":\"holder\"}}}", "x.json:2: fact visitor.kindd"},
		{"a card that cannot be", "{\"id\":\"x\",\"card\":{\"kind\":\"paper\"}}", "kind \"paper\""},
		{"no right response", `{"id":"x","events":[{"id":"e","kind":"terminal","after":"card","says":"a","responses":[{"id":"a","label":"","right":false,"because":""}]}]}`, "exactly one"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, faults := ParseScenario("x.json", []byte(c.data))
			if !strings.Contains(faults.Error(), c.want) {
				t.Errorf("got %v, want %q", faults, c.want)
			}
		})
	}
}
