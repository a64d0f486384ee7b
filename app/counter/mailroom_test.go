package counter

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"madoguchi/app/history"
	"madoguchi/rules"
)

// agentsCase is a first visit of an agent: a letter has to go out.
func agentsCase(t *testing.T, c *Counter, name, memo string) string {
	t.Helper()
	situation := `{"municipality":"kagoshima-center","procedure":"pin-reset","on":"2026-11-24","visit":1,"visitor":{"kind":"other"},
		"card":{"kind":"standard","state":"valid"},"letter":{"state":"none"},
		"pins":{"signature":"known","user-identification":"forgotten","resident-registration":"known","card-info-input":"known"}}`
	list, _, err := rules.ParseSituations([]byte(situation))
	if err != nil {
		t.Fatal(err)
	}
	in := CaseInput{Situation: list[0], Memo: memo}
	if name != "" {
		in.Holder = Person{Name: name, Address: []string{"鹿児島市架空町1番2号"}, Postcode: "8920816"}
	}
	number, err := c.SaveCase(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return number
}

func TestLettersWaitUntilTheyAreMadeTogether(t *testing.T) {
	dir := t.TempDir()
	c := openForRun(t, filepath.Join(dir, "data"))
	first, second := agentsCase(t, c, "架空 一郎", ""), agentsCase(t, c, "架空 二郎", LetterMemo(true))
	agentsCase(t, c, "", "") // nobody knows yet where to mail it

	by := c.Today() + 28
	waiting, err := c.LettersToMake(t.Context(), by)
	if err != nil || len(waiting) != 2 || waiting[0].CaseNumber != first || waiting[0].Fault != nil {
		t.Fatalf("waiting %+v, %v", waiting, err)
	}
	if waiting[0].Letter.Protected || !waiting[1].Letter.Protected {
		t.Error("the protection of a holder was lost on the way to the letter")
	}
	out := filepath.Join(dir, "letters.pdf")
	var told []int
	run, err := c.MakeWaiting(t.Context(), []string{first, second}, by, out, func(done, total int) { told = append(told, done, total) })
	if err != nil || run.Letters != 2 || run.Pages != 4 || len(told) == 0 || told[len(told)-1] != 2 {
		t.Fatalf("run %+v, progress %v, %v", run, told, err)
	}
	made, err := c.Case(t.Context(), first)
	if err != nil || made.State != "letter-made" || made.ReplyBy != by || made.LetterCode != first+"-1" {
		t.Errorf("case %+v, %v", made.CaseLine, err)
	}
	if again, err := c.LettersToMake(t.Context(), by); err != nil || len(again) != 0 {
		t.Errorf("still waiting: %v, %v", again, err)
	}
	if _, err := c.MakeWaiting(t.Context(), []string{first}, by, filepath.Join(dir, "again.pdf"), nil); !errors.Is(err, ErrNoLetterToMake) {
		t.Errorf("made twice: %v", err)
	}
}

func TestALetterThatCannotBeMadeSaysSo(t *testing.T) {
	dir := t.TempDir()
	c := openForRun(t, filepath.Join(dir, "data"))
	number := agentsCase(t, c, "架空 一郎", "")
	waiting, err := c.LettersToMake(t.Context(), 0) // no day for the reply is set anywhere
	if err != nil || len(waiting) != 1 || ProblemOf(waiting[0].Fault).Code != "no-reply-day" {
		t.Fatalf("waiting %+v, %v", waiting, err)
	}
	out := filepath.Join(dir, "letters.pdf")
	if _, err := c.MakeWaiting(t.Context(), []string{number}, 0, out, nil); ProblemOf(err).Code != "no-reply-day" {
		t.Errorf("got %v", err)
	}
	if kept, err := c.Case(t.Context(), number); err != nil || kept.State != "decided" {
		t.Errorf("the case moved to %s, %v", kept.State, err)
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Error("a file was left")
	}
}

func TestALetterIsMadeAgainWithTheNextVersion(t *testing.T) {
	dir := t.TempDir()
	c := openForRun(t, filepath.Join(dir, "data"))
	number, by := agentsCase(t, c, "架空 一郎", LetterMemo(true)), c.Today()+28
	if _, err := c.ReissueLetters(t.Context(), []string{number}, by, filepath.Join(dir, "x.pdf"), nil); ProblemOf(err).Code != "no-such-transition" {
		t.Errorf("a letter that was never made: %v", err)
	}
	if _, err := c.MakeWaiting(t.Context(), []string{number}, by, filepath.Join(dir, "1.pdf"), nil); err != nil {
		t.Fatal(err)
	}
	if err := c.AdvanceCase(t.Context(), number, "mailed"); err != nil {
		t.Fatal(err)
	}
	run, err := c.ReissueLetters(t.Context(), []string{number}, by+7, filepath.Join(dir, "2.pdf"), nil)
	if err != nil || run.Letters != 1 || run.Pages != 2 {
		t.Fatalf("run %+v, %v", run, err)
	}
	if _, err := c.OpenLetter(t.Context(), number+"-1"); !errors.Is(err, &history.Refusal{Reason: history.LetterSuperseded}) {
		t.Errorf("the older letter: %v", err)
	}
	again, err := c.OpenLetter(t.Context(), number+"-2")
	if err != nil || again.State != "letter-made" || again.ReplyBy != by+7 {
		t.Errorf("the newer letter: %+v, %v", again.CaseLine, err)
	}
}

func TestTheSecondVisitIsKeptBesideTheFirst(t *testing.T) {
	dir := t.TempDir()
	c := openForRun(t, filepath.Join(dir, "data"))
	number := agentsCase(t, c, "架空 一郎", "")
	if _, err := c.MakeWaiting(t.Context(), []string{number}, c.Today()+28, filepath.Join(dir, "1.pdf"), nil); err != nil {
		t.Fatal(err)
	}
	if err := c.AdvanceCase(t.Context(), number, "mailed"); err != nil {
		t.Fatal(err)
	}
	kept, err := c.Case(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	s := kept.Situation
	s.Visit, s.Letter.State = rules.Known(2), rules.Known(rules.LetterState("issued"))
	s.Letter.Sealed, s.Letter.Complete = rules.Known(true), rules.Known(true)
	plan, err := c.TellAgain(t.Context(), number, CaseInput{Situation: s})
	if err != nil {
		t.Fatal(err)
	}
	now, err := c.Case(t.Context(), number)
	if err != nil || now.State != "second-visit" || now.Plan.Visit != plan.Visit || now.Holder.Name != "架空 一郎" {
		t.Fatalf("kept %s, visit %d, %q, %v", now.State, now.Plan.Visit, now.Holder.Name, err)
	}
	events := len(now.Events)
	if _, err := c.TellAgain(t.Context(), number, CaseInput{Situation: s}); err != nil {
		t.Fatal(err)
	}
	if same, err := c.Case(t.Context(), number); err != nil || len(same.Events) != events {
		t.Errorf("the same was kept twice: %d events, %v", len(same.Events), err)
	}
}
