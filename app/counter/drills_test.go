package counter_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"madoguchi/app/counter"
	"madoguchi/app/simulation"
)

// files lists what is in a folder, with sizes and times, those of training left out.
func files(t *testing.T, folder string) string {
	t.Helper()
	var list strings.Builder
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "simulation" {
			return fs.SkipDir
		}
		if info, err := d.Info(); err == nil && !d.IsDir() {
			list.WriteString(path + info.ModTime().String() + "\n")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list.String()
}

// No drill writes outside the folder of training: a whole drill with a case, a
// print, a result and a record leaves the data folder as it was.
func TestDrillsStayInTheirFolder(t *testing.T) {
	ctx, data := context.Background(), t.TempDir()
	if err := os.WriteFile(filepath.Join(data, "settings.json"), []byte(`{"office":"市民課"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	before := files(t, data)
	desk, err := counter.Open(ctx, counter.Options{Data: data, Scenario: "curator-silent", Version: "test", Operator: "訓練 一郎",
		Now: func() time.Time { return time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	number := playDrill(ctx, t, desk)
	if err := desk.Close(); err != nil {
		t.Fatal(err)
	}
	if after := files(t, data); after != before {
		t.Errorf("outside the training folder:\n%s\nbefore:\n%s", after, before)
	}
	if !strings.HasPrefix(number, "SIM-") {
		t.Errorf("case number %q could be a real one", number)
	}
	for _, inside := range []string{"history.db", "prints", "results"} {
		if _, err := os.Stat(filepath.Join(data, "simulation", inside)); err != nil {
			t.Errorf("the drill left no %s: %v", inside, err)
		}
	}
}

// playDrill plays a whole visit and answers with its case number.
func playDrill(ctx context.Context, t *testing.T, desk *counter.Counter) string {
	t.Helper()
	if _, err := desk.ReadCard(ctx, ""); err != nil {
		t.Fatal(err)
	}
	run, err := desk.StartDrill("curator-silent", "訓練 一郎", 0)
	if err != nil {
		t.Fatal(err)
	}
	perfect, err := desk.PerfectAnswers("curator-silent", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range perfect.Asked {
		if _, err := run.Ask(key); err != nil {
			t.Fatal(err)
		}
	}
	known, err := run.Known()
	if err != nil {
		t.Fatal(err)
	}
	plan, err := desk.Decide(known)
	if err != nil {
		t.Fatal(err)
	}
	number, err := desk.SaveCase(ctx, counter.CaseInput{Situation: known})
	if err != nil {
		t.Fatal(err)
	}
	file, err := desk.PrintChecklist(ctx, plan, number, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := desk.PrintedCase(ctx, number, "checklist", file); err != nil {
		t.Fatal(err)
	}
	if _, err := run.State(simulation.StatementOf(plan)); err != nil {
		t.Fatal(err)
	}
	if err := run.Note(simulation.Note{Printed: true, Closed: true}); err != nil {
		t.Fatal(err)
	}
	kept, err := desk.FinishDrill(run, "")
	if err != nil || !kept.Result.Perfect {
		t.Fatalf("got %d of %d points, %v", kept.Result.Points, kept.Result.Of, err)
	}
	if _, err := desk.PrintTrainingRecord(ctx, kept, ""); err != nil {
		t.Fatal(err)
	}
	return number
}
