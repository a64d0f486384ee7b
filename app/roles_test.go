package app

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"madoguchi/app/counter"
	"madoguchi/rules"
)

// deafEvents hears nothing: an office that is opened anew many times says much.
type deafEvents struct{ heardEvents }

func (deafEvents) cardChanged(CardView) {}

// as opens the office for an operator of a role.
func as(t *testing.T, o *office, role string) {
	t.Helper()
	o.mu.Lock()
	o.events = deafEvents{}
	o.mu.Unlock()
	s, err := o.folder().LoadSettings()
	if err != nil {
		t.Fatal(err)
	}
	s.Role, s.Operator = role, "例示"
	if err := o.folder().SaveSettings(s); err != nil {
		t.Fatal(err)
	}
	o.reopen(o.started())
}

// changedValue is another value of a setting that can be stored.
func changedValue(s SettingView) SettingView {
	switch s.Kind {
	case "number":
		s.Number++
	case "yes-no":
		s.On = !s.On
	case "choice":
		for _, c := range s.Choices {
			if c.Value != s.Text {
				s.Text = c.Value
				return s
			}
		}
	default:
		s.Text = map[string]string{"envelope": "20,18,90,45"}[s.Key]
		if s.Text == "" {
			s.Text = "KG"
		}
	}
	if s.Key == "envelope" {
		s.Text = "20 18 90 45" // it takes lengths only
	}
	return s
}

func TestARoleChangesOnlyItsSettings(t *testing.T) {
	withoutRaces(t)
	o := trainingOffice(t, "standard")
	p := &Preferences{o}
	for _, role := range []string{"clerk", "supervisor", "administrator"} {
		as(t, o, role)
		list, err := p.List()
		if err != nil {
			t.Fatal(err)
		}
		allowed := 0
		for _, s := range list {
			if s.Key == "role" {
				continue // it would be another test from there on
			}
			_, err := p.Change(changedValue(s))
			if (err == nil) != s.Allowed {
				t.Errorf("%s: %s is shown as allowed %t, and answers %v", role, s.Key, s.Allowed, err)
			}
			if !s.Allowed && problemOf(err).Code != "role" {
				t.Errorf("%s: %s is refused as %v", role, s.Key, err)
			}
			if s.Allowed {
				allowed++
			}
		}
		if clerk, all := role == "clerk", role == "administrator"; clerk && allowed > 5 || all && allowed != len(list)-1 {
			t.Errorf("%s may change %d of %d settings", role, allowed, len(list))
		}
	}
}

// Whatever a policy fixes is shown as fixed, and nobody changes it.
func TestAPolicyFixesAnySetting(t *testing.T) {
	o := trainingOffice(t, "standard")
	as(t, o, "administrator")
	p := &Preferences{o}
	list, err := p.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		values := map[string]any{"text": s.Text, "choice": s.Text, "number": s.Number, "yes-no": s.On}
		data, err := json.Marshal(map[string]any{s.Key: values[s.Kind]})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(o.folder().Policy(), data, 0o600); err != nil {
			t.Fatal(err)
		}
		o.reopen(o.started())
		fixed, err := p.List()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range fixed {
			if f.Fixed != (f.Key == s.Key) {
				t.Errorf("policy %s: %s is shown as fixed %t", data, f.Key, f.Fixed)
			}
		}
		if _, err := p.Change(changedValue(s)); problemOf(err).Code != "setting-fixed" {
			t.Errorf("policy %s: changing answers %v", data, err)
		}
	}
}

func TestSignatureAndPurgeAreNotForClerks(t *testing.T) {
	o := trainingOffice(t, "standard")
	book, retention := &Rulebook{o}, &Retention{o}
	as(t, o, "clerk")
	sets, err := book.Sets()
	if err != nil || !sets[0].Usable {
		t.Fatalf("sets %+v, %v", sets, err)
	}
	if _, err := book.Approve(sets[0].ID, sets[0].Edition); problemOf(err).Code != "role" {
		t.Errorf("a clerk signed: %v", err)
	}
	if _, err := retention.Purge(); problemOf(err).Code != "role" {
		t.Errorf("a clerk purged: %v", err)
	}
	if v, err := retention.Preview(); err != nil || v.Allowed || v.Days != 365 {
		t.Errorf("a clerk looks at %+v, %v", v, err)
	}
	as(t, o, "supervisor")
	if _, err := book.Approve(sets[0].ID, "another"); problemOf(err).Code != "bad-answer" {
		t.Errorf("another edition than the one on the sheet was signed: %v", err)
	}
	signed, err := book.Approve(sets[0].ID, sets[0].Edition)
	if err != nil || !signed[0].Approved || !strings.Contains(signed[0].Signed, "例示") {
		t.Errorf("signed %+v, %v", signed, err)
	}
	if v, err := retention.Purge(); err != nil || !v.Allowed || v.Words == "" {
		t.Errorf("purged %+v, %v", v, err)
	}
}

func TestNobodySignsWithoutAName(t *testing.T) {
	o := trainingOffice(t, "standard")
	as(t, o, "supervisor")
	s, err := o.folder().LoadSettings()
	if err != nil {
		t.Fatal(err)
	}
	s.Operator = ""
	if err := o.folder().SaveSettings(s); err != nil {
		t.Fatal(err)
	}
	o.reopen(o.started())
	book := &Rulebook{o}
	sets, err := book.Sets()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := book.Approve(sets[0].ID, sets[0].Edition); problemOf(err).Code != "no-operator" {
		t.Errorf("got %v", err)
	}
}

func TestRuleSheetAndDifferences(t *testing.T) {
	o := trainingOffice(t, "standard")
	book := &Rulebook{o}
	sheet, err := book.Sheet("tagajo")
	if err != nil || sheet.Pages < 2 {
		t.Fatalf("sheet %+v, %v", sheet, err)
	}
	if _, err := (&Cases{o}).Preview(sheet.ID); err != nil {
		t.Errorf("preview: %v", err)
	}
	same, err := book.Differences("tagajo", "tagajo")
	if err != nil || len(same.Tables)+len(same.Examples) != 0 {
		t.Errorf("a set differs from itself: %+v, %v", same, err)
	}
	other, err := book.Differences("kagoshima-sheet", "kagoshima-center")
	if err != nil || len(other.Tables) == 0 || len(other.Tables[0].Before)+len(other.Tables[0].After) == 0 {
		t.Errorf("differences %+v, %v", other, err)
	}
	for _, table := range other.Tables {
		for _, row := range table.Before {
			if len(row.Cells) != len(table.BeforeColumns) {
				t.Errorf("%s: %d cells under %v", table.Title, len(row.Cells), table.BeforeColumns)
			}
		}
		for _, row := range table.After {
			if len(row.Cells) != len(table.AfterColumns) {
				t.Errorf("%s: %d cells under %v", table.Title, len(row.Cells), table.AfterColumns)
			}
		}
	}
	for _, id := range []string{"", "..", o.folder().Rules(), "nowhere"} {
		if _, err := book.Differences("tagajo", id); problemOf(err).Code != "bad-answer" {
			t.Errorf("%q: got %v", id, err)
		}
		if _, err := book.Sheet(id); err == nil || problemOf(err).Code == "unforeseen" {
			t.Errorf("sheet of %q: got %v", id, err)
		}
	}
}

func TestWhoseReplyIsDue(t *testing.T) {
	line := counter.CaseLine{State: "mailed", ReplyBy: 1000}
	for today, want := range map[int]string{992: "", 993: "期限まで7日", 999: "期限まで1日", 1000: "今日が期限", 1001: "期限を1日超過"} {
		if got := dueWords(line, rules.Date(today)); got != want {
			t.Errorf("on day %d: got %q, want %q", today, got, want)
		}
	}
	line.State = "done"
	if got := dueWords(line, rules.Date(1500)); got != "" || overdue(line, rules.Date(1500)) {
		t.Errorf("a closed case is %q", got)
	}
}
