package counter

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"madoguchi/app/forms"
	"madoguchi/rules"
)

// lettersOf are letters to residents who do not exist, without case numbers.
func lettersOf(t *testing.T, n int) []forms.Letter {
	t.Helper()
	on, err := rules.ParseDate("2026-11-24")
	if err != nil {
		t.Fatal(err)
	}
	letters := make([]forms.Letter, n)
	for i := range letters {
		letters[i] = forms.Letter{
			Municipality: "tagajo", Procedure: rules.Procedures{rules.PINReset}, IssuedOn: on, ReplyBy: on + 30,
			Holder: forms.Person{Name: "見本 " + string(rune('一'+i)), Address: []string{"宮城県多賀城市見本1-2-3"}},
		}
	}
	return letters
}

func openForRun(t *testing.T, dir string) *Counter {
	t.Helper()
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.FixedZone("JST", 9*60*60))
	c, err := Open(t.Context(), Options{Data: dir, Now: func() time.Time { return now }, Operator: "見本"})
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

// A run that is stopped leaves no half file; called again it takes up the cases
// it made, and prints nobody twice.
func TestStoppedRunIsTakenUp(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "letters.pdf")
	c := openForRun(t, filepath.Join(dir, "data"))

	ctx, stop := context.WithCancel(t.Context())
	_, err := c.RecordLetters(ctx, lettersOf(t, 4), false, out, func(done, _ int) {
		if done == 2 {
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want the stop", err)
	}
	if _, err := os.Stat(out); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a stopped run left %s", out)
	}
	first, err := c.Cases(t.Context(), CaseFilter{})
	if err != nil || len(first) != 4 {
		t.Fatalf("%d cases, %v; want the 4 that were begun", len(first), err)
	}

	run, err := c.RecordLetters(t.Context(), lettersOf(t, 4), false, out, nil)
	if err != nil || run.Letters != 4 || run.Pages != 8 {
		t.Fatalf("got %+v, %v", run, err)
	}
	made, err := c.Cases(t.Context(), CaseFilter{State: "letter-made"})
	if err != nil || len(made) != 4 {
		t.Fatalf("%d letters made, %v; want 4", len(made), err)
	}
	all, err := c.Cases(t.Context(), CaseFilter{})
	if err != nil || len(all) != 4 {
		t.Errorf("%d cases, %v; want no second case of any row", len(all), err)
	}
	// Until it is known that they went to paper, the same letters are given again.
	again, err := c.RecordLetters(t.Context(), lettersOf(t, 4), false, out, nil)
	if err != nil || !slices.Equal(again.CaseNumbers, run.CaseNumbers) || again.Pages != 8 {
		t.Errorf("got %+v, %v", again, err)
	}
	if err := c.LettersPrinted(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if _, err := c.RecordLetters(t.Context(), lettersOf(t, 4), false, out, nil); !errors.Is(err, ErrAlreadyPrinted) {
		t.Errorf("got %v, want ErrAlreadyPrinted", err)
	}
}

// A journal holds no person.
func TestJournalNamesNobody(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "letters.pdf")
	c := openForRun(t, filepath.Join(dir, "data"))
	if _, err := c.RecordLetters(t.Context(), lettersOf(t, 1), false, out, nil); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(out + ".run")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range string(data) {
		if r > 0x7F {
			t.Fatalf("the journal holds %q", r)
		}
	}
}

// The office's retention class stands in the staff box where the table has none.
func TestTheOfficesRetentionClass(t *testing.T) {
	dir := t.TempDir()
	settings := DefaultSettings()
	settings.RetentionClass = "見本5年"
	if err := Folder(dir).SaveSettings(settings); err != nil {
		t.Fatal(err)
	}
	c, l := openForRun(t, dir), lettersOf(t, 1)[0]
	l.CaseNumber = "AAAA00-000000"
	office, err := c.LetterOffice(l.Municipality)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := forms.MakeLetter(c.typefaces(), office, l, forms.Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range doc.Placed() {
		if p.Text == settings.RetentionClass {
			return
		}
	}
	t.Error("the retention class stands nowhere on the letter")
}

// The office's own envelope stands in the place of the rule set's.
func TestTheOfficesOwnEnvelope(t *testing.T) {
	dir := t.TempDir()
	settings := DefaultSettings()
	settings.Envelope = "15 12 100 50 10 5"
	if err := Folder(dir).SaveSettings(settings); err != nil {
		t.Fatal(err)
	}
	office, err := openForRun(t, dir).LetterOffice("tagajo")
	if err != nil || office.Window != (forms.Window{X: 15, Y: 12, W: 100, H: 50, SlackX: 10, SlackY: 5}) {
		t.Errorf("got %+v, %v", office, err)
	}
	settings.Envelope = "例示封筒"
	if err := Folder(dir).SaveSettings(settings); err != nil {
		t.Fatal(err)
	}
	if _, err := openForRun(t, dir).LetterOffice("tagajo"); ProblemOf(err).Code != "envelope" {
		t.Errorf("got %v", err)
	}
}

// A sheet of one municipality must not become the back of another's; what is on
// both sides is printed so or not at all.
func TestSidesAreNotMixed(t *testing.T) {
	dir := t.TempDir()
	own := filepath.Join(dir, "rules", "two-sided")
	c := openForRun(t, dir)
	if err := c.NewRules("tagajo", own); err != nil {
		t.Fatal(err)
	}
	table := filepath.Join(own, forms.LetterFile)
	text, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(table, bytes.Replace(text, []byte("switches,"), []byte("switches,duplex "), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	c = openForRun(t, dir)
	letters := lettersOf(t, 2)
	one, err := c.LetterJob(Printed{}, letters)
	if err != nil || one.TwoSided || one.Exact {
		t.Errorf("one side each: %+v, %v", one, err)
	}
	letters[1].Municipality = "two-sided"
	if _, err := c.LetterJob(Printed{}, letters); !errors.Is(err, ErrMixedSides) {
		t.Errorf("mixed: %v", err)
	}
	both, err := c.LetterJob(Printed{}, letters[1:])
	if err != nil || !both.TwoSided || !both.Exact {
		t.Errorf("both sides: %+v, %v", both, err)
	}
	letters[0].Protected = true
	if guarded, err := c.LetterJob(Printed{}, letters[:1]); err != nil || !guarded.Exact {
		t.Errorf("protected: %+v, %v", guarded, err)
	}
}
