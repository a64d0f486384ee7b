package forms

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"madoguchi/rules"
)

var update = flag.Bool("update", false, "rewrite the goldens of placed text")

// planFrom reads a plan of testdata/plans.
func planFrom(t *testing.T, name string) rules.Plan {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "plans", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var p rules.Plan
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return p
}

// compareGolden compares what was placed with testdata/golden/NAME.
func compareGolden(t *testing.T, name string, doc *Document) {
	t.Helper()
	var b strings.Builder
	for _, p := range doc.Placed() {
		line, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	path := filepath.Join("testdata", "golden", name+".jsonl")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; make it with go test ./app/forms -update and look at it", err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("%s: placed text differs from the golden%s", name, firstDifference(got, string(want)))
	}
}

// firstDifference shows the first line that differs.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		at := func(lines []string) string {
			if i < len(lines) {
				return lines[i]
			}
			return "(nothing)"
		}
		if at(g) != at(w) {
			return "\ngot  " + at(g) + "\nwant " + at(w)
		}
	}
	return ""
}

func TestChecklistGolden(t *testing.T) {
	cases := []struct {
		name string
		in   Checklist
		opt  Options
	}{
		{"checklist-ja", Checklist{}, Options{}},
		{"checklist-easy", Checklist{Language: EasyJapanese}, Options{}},
		{"checklist-en", Checklist{Language: English}, Options{}},
		{"checklist-large", Checklist{LargeType: true}, Options{}},
		{"checklist-training", Checklist{NoReadings: true, CaseNumber: "20261124-0007"}, Options{Training: true}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.in.Plan = planFrom(t, "reset-parent")
			c.opt.Record = true
			doc, err := MakeChecklist(embeddedOnly(), c.in, c.opt)
			if err != nil {
				t.Fatal(err)
			}
			if !c.in.LargeType && doc.Pages() != 1 {
				t.Errorf("%d pages, want 1", doc.Pages())
			}
			compareGolden(t, c.name, doc)
			keep(t, c.name, written(t, doc))
		})
	}
}

// keep writes a PDF to the folder named by FORMS_OUT, to be looked at.
func keep(t *testing.T, name string, pdf []byte) {
	t.Helper()
	dir := os.Getenv("FORMS_OUT")
	if dir == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o644); err != nil {
		t.Fatal(err)
	}
}

// Every example of every rule set fits one page in every register, whatever the
// table says.
func TestEveryExampleFitsOnePage(t *testing.T) {
	sets, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	fonts, n := embeddedOnly(), 0
	for _, set := range sets {
		for i, example := range set.Examples() {
			plan := set.Decide(example.Situation)
			language := []Language{Japanese, EasyJapanese, English}[i%3]
			doc, err := MakeChecklist(fonts, Checklist{Plan: plan, Language: language}, Options{})
			if err != nil || doc.Pages() != 1 {
				t.Errorf("%s example %d in %s: %v", set.ID, i, language, err)
			}
			n++
		}
	}
	if n < 20 {
		t.Errorf("only %d examples were laid out", n)
	}
}
