package rules

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The worked examples: decisions read off the source pages by hand. They are
// taken from ../shared/cases beside the checkout where it is there, and from the
// copy under testdata/cases always.

type workedCase struct {
	Name      string
	Situation json.RawMessage
	Expect    struct {
		Status        Status
		Outcome       []Outcome
		Visits        *int
		Requirements  *[]Requirement
		PinsAtCounter *[]PINKind
	}
}

func workedCases(t *testing.T) map[string]workedCase {
	t.Helper()
	found := map[string]workedCase{}
	for _, pattern := range []string{"testdata/cases/*.json", "../../shared/cases/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var c workedCase
			if err := json.Unmarshal(data, &c); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			found[filepath.Base(file)] = c
		}
	}
	if len(found) < 21 {
		t.Fatalf("found %d worked cases, want at least 21", len(found))
	}
	return found
}

func TestWorkedCases(t *testing.T) {
	sets := builtinByID(t)
	for file, c := range workedCases(t) {
		t.Run(file, func(t *testing.T) {
			situations, _, err := ParseSituations(c.Situation)
			if err != nil {
				t.Fatal(err)
			}
			if set := sets[situations[0].Municipality]; set != nil {
				c.hold(t, set.Decide(situations[0]))
			}
		})
	}
}

func builtinByID(t testing.TB) map[MunicipalityID]*Set {
	t.Helper()
	sets, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	byID := map[MunicipalityID]*Set{}
	for _, s := range sets {
		byID[s.ID] = s
	}
	return byID
}

// hold compares a plan with what the case says, in the way of ../shared/cases/README.md.
func (c workedCase) hold(t *testing.T, p Plan) {
	if p.Status != c.Expect.Status {
		t.Errorf("status %s, want %s", p.Status, c.Expect.Status)
	}
	if len(c.Expect.Outcome) > 0 && !slices.Contains(c.Expect.Outcome, p.Outcome) {
		t.Errorf("outcome %s, want one of %v", p.Outcome, c.Expect.Outcome)
	}
	if p.Outcome == NeedAnswers {
		t.Errorf("still asks %v", p.Questions)
	}
	if c.Expect.Visits != nil && p.Visits != *c.Expect.Visits {
		t.Errorf("visits %d, want %d", p.Visits, *c.Expect.Visits)
	}
	if c.Expect.Requirements != nil {
		got, want := normal(p.Requirements), normal(*c.Expect.Requirements)
		if !slices.Equal(got, want) {
			t.Errorf("requirements\n got %v\nwant %v", got, want)
		}
	}
	if c.Expect.PinsAtCounter != nil {
		var got []PINKind
		for _, l := range p.PINs {
			if l.Entry == EntryAtCounter {
				got = append(got, l.Kind)
			}
		}
		want := slices.Clone(*c.Expect.PinsAtCounter)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("PINs at the counter %v, want %v", got, want)
		}
	}
}

// normal writes requirements as a sorted list of single papers: what every
// alternative holds stands alone, what is left is one choice; A or B is any-id.
func normal(requirements []Requirement) []string {
	var out []string
	for _, q := range requirements {
		alternatives := make([][]string, len(q.AnyOf))
		for i, all := range q.AnyOf {
			for _, c := range all {
				for range c.Count {
					alternatives[i] = append(alternatives[i], string(c.Class))
				}
			}
		}
		for _, common := range slices.Clone(alternatives[0]) {
			inAll := true
			for _, a := range alternatives {
				inAll = inAll && slices.Contains(a, common)
			}
			if !inAll {
				continue
			}
			out = append(out, fmt.Sprintf("%s %s", q.Of, common))
			for i, a := range alternatives {
				at := slices.Index(a, common)
				alternatives[i] = slices.Delete(slices.Clone(a), at, at+1)
			}
		}
		var rest []string
		for _, a := range alternatives {
			if len(a) > 0 {
				rest = append(rest, strings.Join(a, "+"))
			}
		}
		slices.Sort(rest)
		switch choice := strings.Join(rest, "/"); choice {
		case "":
		case "A/B":
			out = append(out, fmt.Sprintf("%s any-id", q.Of))
		default:
			out = append(out, fmt.Sprintf("%s %s", q.Of, choice))
		}
	}
	slices.Sort(out)
	return out
}
