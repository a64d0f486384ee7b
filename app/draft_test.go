package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDraftSurvivesAndHoldsNoPerson(t *testing.T) {
	o := trainingOffice(t, "standard")
	d := &Desk{o}
	asked := Asked{Answers: []Answer{{"procedure", "pin-reset"}, {"visitor.kind", "parent"}, {"holder.birthDate", "2015-03-10"}}, Papers: []PaperAnswer{}}
	if err := d.KeepDraft(asked); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(o.started().data, "simulation", draftFile)
	data, err := os.ReadFile(path)
	if err != nil || strings.Contains(string(data), "2015") {
		t.Fatalf("draft %s, %v", data, err)
	}
	o.reopen(o.started()) // as after a crash: nothing but the folder is left
	start := d.Start()
	if !start.Restored || len(start.Asked.Answers) != 2 || start.Asked.Answers[1].Value != "parent" {
		t.Errorf("restored %+v", start)
	}
	if err := d.KeepDraft(Asked{}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("an empty desk left a draft: %v", err)
	}
	if start := d.Start(); start.Restored {
		t.Error("nothing was there to restore")
	}
}

func TestDamagedDraftIsNoDraft(t *testing.T) {
	o := trainingOffice(t, "standard")
	path := filepath.Join(o.started().data, "simulation", draftFile)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "{", `{"answers":[]}`, `{"answers":"x"}`} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if start := (&Desk{o}).Start(); start.Restored || start.Problem != nil {
			t.Errorf("%q: got %+v", text, start)
		}
	}
}
