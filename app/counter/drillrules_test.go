package counter_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"madoguchi/app/counter"
	"madoguchi/rules"
)

// rules check names the training scenarios that a change of the tables broke: a
// paper that lies in a visitor's bag is on no list any more.
func TestCheckRulesNamesBrokenScenarios(t *testing.T) {
	files, err := rules.BuiltinFiles("kasugai")
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "kasugai")
	if err := os.CopyFS(folder, files); err != nil {
		t.Fatal(err)
	}
	desk, err := counter.Open(t.Context(), counter.Options{Data: t.TempDir(), Simulation: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := desk.Close(); err != nil {
			t.Error(err)
		}
	}()
	if got := broken(t, desk, folder); got != "" {
		t.Fatalf("the tables as they are break %s", got)
	}
	list := filepath.Join(folder, "documents.csv")
	data, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.ReplaceAll(data, []byte("運転免許証"), []byte("免許の証明書"))
	if bytes.Equal(changed, data) {
		t.Fatal("nothing to change in documents.csv")
	}
	if err := os.WriteFile(list, changed, 0o600); err != nil {
		t.Fatal(err)
	}
	got := broken(t, desk, folder)
	if !strings.Contains(got, "35-damaged-papers.json") || !strings.Contains(got, `paper "運転免許証" is on no list`) {
		t.Errorf("the change is not named: %s", got)
	}
}

func broken(t *testing.T, desk *counter.Counter, folder string) string {
	t.Helper()
	checks, err := desk.CheckRules([]string{folder})
	if err != nil || len(checks) != 1 || !checks[0].OK {
		t.Fatalf("checking %s: %+v, %v", folder, checks, err)
	}
	return checks[0].Broken.Error()
}
