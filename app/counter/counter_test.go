package counter_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"madoguchi/app/counter"
	"madoguchi/rules"
)

// A file is replaced whole or not at all.
func TestReplaceFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "checklist.pdf")
	write := func(text string, fail error) error {
		return counter.ReplaceFile(path, 0o600, func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return errors.Join(err, fail)
		})
	}
	if err := write("first", nil); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the printer is on fire")
	if err := write("half", broken); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "first" {
		t.Errorf("after a failure: %q, %v", got, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

// What an administrator fixed wins, is listed, and cannot be changed.
func TestPolicyWins(t *testing.T) {
	folder := counter.Folder(t.TempDir())
	if s, err := folder.LoadSettings(); err != nil || !s.PINAttempts || s.Municipality != "kagoshima-center" {
		t.Errorf("defaults: %+v, %v", s, err)
	}
	if err := os.WriteFile(folder.Policy(), []byte(`{"pinAttempts":false,"lockMinutes":3}`), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := folder.LoadSettings()
	if err != nil || s.PINAttempts || s.LockMinutes != 3 || len(s.Fixed) != 2 {
		t.Fatalf("with a policy: %+v, %v", s, err)
	}
	s.Office = "市民課"
	if err := folder.SaveSettings(s); err != nil {
		t.Fatal(err)
	}
	if again, err := folder.LoadSettings(); err != nil || again.Office != "市民課" || again.PINAttempts {
		t.Errorf("saved: %+v, %v", again, err)
	}
	s.PINAttempts = true
	if err := folder.SaveSettings(s); !errors.Is(err, counter.ErrSettingFixed) {
		t.Errorf("changing a fixed setting: %v", err)
	}
	if err := os.WriteFile(folder.Settings(), []byte(`{"office":`), 0o600); err != nil {
		t.Fatal(err)
	}
	var damaged *counter.SettingsError
	if _, err := folder.LoadSettings(); !errors.As(err, &damaged) {
		t.Errorf("a damaged file: %v", err)
	}
}

// The card on the simulated reader is told at once, and its facts go into the
// situation; what only a person knows is left open.
func TestTheCardGoesIntoTheSituation(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	desk, err := counter.Open(ctx, counter.Options{Data: t.TempDir(), Scenario: "locked-user-identification"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := desk.Close(); err != nil {
			t.Error(err)
		}
	}()
	var first *counter.CardEvent
	err = desk.WatchCards(ctx, func(e counter.CardEvent) {
		if first == nil {
			first = &e
		}
		cancel()
	})
	if err != nil || first == nil || first.Kind != counter.CardHere || first.Summary == nil {
		t.Fatalf("got %+v, %v", first, err)
	}
	s := counter.CardFacts(*first.Summary, rules.Situation{On: desk.Today()})
	if state, ok := s.PINs.UserIdentification.Get(); !ok || state != "locked" {
		t.Errorf("the locked PIN is %q, %v", state, ok)
	}
	if s.PINs.Signature.Asked() {
		t.Error("a PIN with tries left is known or forgotten: only its owner can say")
	}
	if day, ok := s.Card.ExpiresOn.Get(); !ok || day.String() != "2030-03-10" {
		t.Errorf("the card's last day is %v", day)
	}
	if state, ok := s.Certificates.UserIdentification.State.Get(); !ok || state != "valid" {
		t.Errorf("the certificate is %q", state)
	}
	s.Card.State = rules.Known(rules.CardState("suspended"))
	if state, _ := counter.CardFacts(*first.Summary, s).Card.State.Get(); state != "suspended" {
		t.Errorf("a suspended card became %q: the chip cannot know", state)
	}
}

// A situation without day and municipality takes today and the office's own.
func TestDecideCompletesASituation(t *testing.T) {
	desk, err := counter.Open(context.Background(), counter.Options{Data: t.TempDir(), Scenario: "standard"})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := desk.Decide(rules.Situation{Procedure: rules.Procedures{rules.PINReset}})
	if err != nil || plan.On.String() != "2026-11-24" || plan.Municipality != "kagoshima-center" {
		t.Errorf("got %s on %s, %v", plan.Municipality, plan.On, err)
	}
	var none *counter.NoRuleSet
	if _, err := desk.Decide(rules.Situation{Municipality: "../etc"}); !errors.As(err, &none) {
		t.Errorf("a path as a municipality: %v", err)
	}
}
