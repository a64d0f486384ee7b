package counter

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"madoguchi/rules"
)

func openAt(t *testing.T, data string) *Counter {
	t.Helper()
	c, err := Open(context.Background(), Options{Data: data, Operator: "見本 太郎", Role: "supervisor", Now: func() time.Time {
		return time.Date(2026, 11, 24, 10, 30, 0, 0, time.FixedZone("JST", 9*60*60))
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func listed(t *testing.T, c *Counter, id rules.MunicipalityID) RuleSet {
	t.Helper()
	for _, s := range c.RuleSets() {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("%s is not listed", id)
	return RuleSet{}
}

// edit changes a table of a folder of tables.
func edit(t *testing.T, path, from, to string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(data, []byte(from), []byte(to), 1)
	if bytes.Equal(changed, data) {
		t.Fatalf("%s has no %q", path, from)
	}
	if err := os.WriteFile(path, changed, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestMunicipalityOfItsOwn follows a rule set from its making to another PC.
func TestMunicipalityOfItsOwn(t *testing.T) {
	data := t.TempDir()
	c := openAt(t, data)
	own := filepath.Join(data, "rules", "example-city")
	if err := c.NewRules("kagoshima-center", own); err != nil {
		t.Fatal(err)
	}
	if err := c.NewRules("kagoshima-center", own); !errors.Is(err, ErrFolderInUse) {
		t.Errorf("made over a folder in use: %v", err)
	}
	edit(t, filepath.Join(own, "about.csv"), "title,鹿児島市マイナンバーカードセンター", "title,例示市役所")
	s := listed(t, c, "example-city")
	if s.Title != "例示市役所" || s.Approved || !s.Added || s.Faults != 0 {
		t.Fatalf("listed as %+v", s)
	}
	packed := filepath.Join(data, "example-city.rules")
	if err := c.PackRules("example-city", packed); !errors.Is(err, rules.ErrNotApproved) {
		t.Errorf("packed without approval: %v", err)
	}
	if _, err := c.ApproveRules("example-city", "例示 髙子"); err != nil {
		t.Fatal(err)
	}
	if !listed(t, c, "example-city").Approved {
		t.Error("approved and listed as not approved")
	}
	if err := c.PackRules("example-city", packed); err != nil {
		t.Fatal(err)
	}
	installElsewhere(t, packed)

	edit(t, filepath.Join(own, "words.csv"), "Apply for a new card instead", "Apply for a new card")
	c.RefreshRules()
	if listed(t, c, "example-city").Approved {
		t.Error("a change behind the signature is still approved")
	}
}

func installElsewhere(t *testing.T, packed string) {
	t.Helper()
	there := openAt(t, t.TempDir())
	begins, _ := rules.NewDate(2027, 4, 1)
	if _, err := there.InstallRules(packed, begins); err != nil {
		t.Fatal(err)
	}
	s := rules.Situation{Municipality: "example-city", On: begins - 1}
	var missing *NoRuleSet
	if _, err := there.Decide(s); !errors.As(err, &missing) {
		t.Errorf("decided before the edition begins: %v", err)
	}
	s.On = begins
	if p, err := there.Decide(s); err != nil || p.MunicipalityTitle != "例示市役所" {
		t.Errorf("from its day on: %v, %v", p.MunicipalityTitle, err)
	}
	data, err := os.ReadFile(packed)
	if err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(t.TempDir(), "broken.rules")
	if err := os.WriteFile(broken, data[:len(data)/2], 0o644); err != nil {
		t.Fatal(err)
	}
	var input *InputError
	if _, err := there.InstallRules(broken, 0); !errors.As(err, &input) {
		t.Errorf("half a file was installed: %v", err)
	}
}

// TestAClerkPutsNoRulesIntoForce: signing and installing wait for a supervisor,
// whoever the caller says to be, where the policy gives the roles.
func TestAClerkPutsNoRulesIntoForce(t *testing.T) {
	signs := openAt(t, t.TempDir())
	if _, err := signs.ApproveRules("kawasaki", "例示 髙子"); err != nil {
		t.Fatal(err)
	}
	packed := filepath.Join(t.TempDir(), "kawasaki.rules")
	if err := signs.PackRules("kawasaki", packed); err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	if err := os.WriteFile(Folder(data).Policy(), []byte(`{"roles":{"*":"clerk"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	clerk := openAt(t, data)
	var refused *RoleError
	if _, err := clerk.ApproveRules("kawasaki", "例示 髙子"); !errors.As(err, &refused) {
		t.Errorf("approved by a clerk: %v", err)
	}
	if _, err := clerk.InstallRules(packed, 0); !errors.As(err, &refused) {
		t.Errorf("installed by a clerk: %v", err)
	}
	if p := ProblemOf(refused); p.Class != ClassData || p.Ref != "M-021" {
		t.Errorf("said as %+v", p)
	}
	if _, err := os.Stat(Folder(data).Rules()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was put there: %v", err)
	}
}

// TestDifferenceNamesOpenCases: a change of a table names the case it would
// decide differently, and a closed case not.
func TestDifferenceNamesOpenCases(t *testing.T) {
	data := t.TempDir()
	c := openAt(t, data)
	s := rules.Situation{Municipality: "kagoshima-center"}
	for key, value := range map[string]string{"on": "2026-11-24", "procedure": "suspension-release", "visitor.kind": "guardian-of-adult", "card.state": "suspended", "card.kind": "standard", "pins": "known"} {
		if err := s.Set(key, value); err != nil {
			t.Fatal(err)
		}
	}
	open, err := c.SaveCase(context.Background(), CaseInput{Situation: s})
	if err != nil {
		t.Fatal(err)
	}
	closed, err := c.SaveCase(context.Background(), CaseInput{Situation: s})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.AdvanceCase(context.Background(), closed, "withdrawn"); err != nil {
		t.Fatal(err)
	}
	next := filepath.Join(data, "next")
	if err := c.NewRules("kagoshima-center", next); err != nil {
		t.Fatal(err)
	}
	edit(t, filepath.Join(next, "papers.csv"), "holder-card|visitor-a1,-\npaper-release-legal-reset", "holder-card|visitor-a2,-\npaper-release-legal-reset")
	if err := os.WriteFile(filepath.Join(next, "examples.csv"), []byte("name,on\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := c.DiffRules(context.Background(), "kagoshima-center", next); err == nil {
		t.Fatal("a set without examples is not sound and was compared")
	}
	shipped, err := rules.BuiltinFiles("kagoshima-center")
	if err != nil {
		t.Fatal(err)
	}
	copyExamplesWithoutAnswers(t, shipped, next)
	d, err := c.DiffRules(context.Background(), "kagoshima-center", next)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Tables) != 1 || len(d.OpenCases) != 1 || d.OpenCases[0].Name != open || len(d.Examples) == 0 {
		t.Errorf("tables %d, open cases %+v (want %s), examples %d", len(d.Tables), d.OpenCases, open, len(d.Examples))
	}
}

// copyExamplesWithoutAnswers keeps the situations of the examples, so that every
// row is reached, and drops what they expect.
func copyExamplesWithoutAnswers(t *testing.T, from fs.FS, folder string) {
	t.Helper()
	data, err := fs.ReadFile(from, "examples.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, column := range rows[0] {
		if strings.HasPrefix(column, "expect.") {
			for _, r := range rows[1:] {
				r[i] = ""
			}
		}
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "examples.csv"), out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestEverySituationHasTheEditionOfItsDay: of two situations in one list, each is
// decided with the edition in force on its own day.
func TestEverySituationHasTheEditionOfItsDay(t *testing.T) {
	data := t.TempDir()
	c := openAt(t, data)
	for folder, title := range map[string]string{"example-city": "例示市", "example-city@2027-04-01": "新しい例示市"} {
		path := filepath.Join(data, "rules", folder)
		if err := c.NewRules("kasugai", path); err != nil {
			t.Fatal(err)
		}
		edit(t, filepath.Join(path, "about.csv"), "title,春日井市", "title,"+title)
	}
	begins, _ := rules.NewDate(2027, 4, 1)
	s := rules.Situation{Municipality: "example-city", On: begins - 1}
	later := s
	later.On = begins
	got, err := c.DecideAll([]rules.Situation{s, later, s})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"例示市", "新しい例示市", "例示市"} {
		if got.Plans[i].MunicipalityTitle != want {
			t.Errorf("situation %d is decided by %s, want %s", i+1, got.Plans[i].MunicipalityTitle, want)
		}
	}
}
