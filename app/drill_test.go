package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"madoguchi/app/simulation"
	"madoguchi/rules"
)

// A trainee who puts the desk's questions and says what is right gets every
// point, in every scenario and every variant: what the desk in the window makes
// of the visitor's words and the simulated card is what the score expects.
func TestTheDeskLeadsToFullScore(t *testing.T) {
	withoutRaces(t)
	library, err := simulation.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	o, _ := drillOffice(t, DrillChoice{Scenario: "standard"})
	for _, s := range library.All() {
		for seed := range int64(s.VariantCount()) {
			t.Run(string(s.ID), func(t *testing.T) { playPerfectly(t, o, s, seed) })
		}
	}
	nothingOutside(t, string(o.folder()))
}

// japaneseOnly looks for situation keys and words of the code among what people read.
func japaneseOnly(t *testing.T, v DebriefView) {
	t.Helper()
	code := regexp.MustCompile(`[a-z]{3,}`)
	for _, l := range v.Lines {
		if found := code.FindString(l.Text + l.Topic + l.Words); found != "" {
			t.Errorf("%q in %q is no word for people", found, l.Text)
		}
		for _, s := range l.Sources {
			if strings.Contains(s.Title, ".txt") || !strings.HasSuffix(s.Lines, "行目") {
				t.Errorf("%s rests on %q %q", l.Topic, s.Title, s.Lines)
			}
		}
	}
}

// nothingOutside proves that all files of a data folder are those of training.
func nothingOutside(t *testing.T, data string) {
	t.Helper()
	err := filepath.WalkDir(data, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() && e.Name() == "simulation" {
			return errors.Join(err, fs.SkipDir)
		}
		if !e.IsDir() {
			t.Errorf("the drill wrote %s", path)
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.SkipDir) {
		t.Fatal(err)
	}
}

// Tries that the visitor spends in vain lock the card on the reader, cost points,
// and change what is right from then on.
func TestTriesLockTheCard(t *testing.T) {
	o, d := drillOffice(t, DrillChoice{Scenario: "pin-forgotten-renewal"})
	kind := string(rules.PINUserIdentification)
	for n := 1; n <= 2; n++ {
		v, err := d.Try(kind, false)
		if err != nil || v.Notice == "" {
			t.Fatalf("try %d: %+v, %v", n, v, err)
		}
	}
	if v, err := d.Try(kind, false); err != nil || !strings.Contains(v.Notice, "残りは1回") {
		t.Errorf("the last try is not asked about: %q, %v", v.Notice, err)
	}
	if state := pinOf(o.cardView(), kind); state != "last-try" {
		t.Fatalf("asking about the last try spent it: %s", state)
	}
	if _, err := d.Try(kind, true); err != nil {
		t.Fatal(err)
	}
	if state := pinOf(o.cardView(), kind); state != "locked" {
		t.Errorf("the card says %s", state)
	}
	if _, err := d.State(StatementInput{Outcome: string(rules.Proceed), Visits: 1}); err != nil {
		t.Fatal(err)
	}
	debrief, err := d.Finish(1)
	if err != nil {
		t.Fatal(err)
	}
	penalties := 0
	for _, l := range debrief.Lines {
		if l.Verdict == string(simulation.Penalty) {
			penalties += l.Points
		}
	}
	if penalties != -3*15-20 {
		t.Errorf("three tries and a locked PIN cost %d points", penalties)
	}
}

func pinOf(v CardView, kind string) string {
	for _, p := range v.PINs {
		if p.Kind == kind {
			return p.State
		}
	}
	return ""
}

// What happens at the reader happens at the simulated one: a card that is pulled
// is read again once it is put back, a reader that went away comes back, and a
// licence makes room for the right card.
func TestEventsArePlayedOnTheReader(t *testing.T) {
	for scenario, right := range map[string]string{"card-pulled": "again", "reader-gone": "carry-on", "licence-on-reader": "swap"} {
		t.Run(scenario, func(t *testing.T) {
			o, d := drillOffice(t, DrillChoice{Scenario: scenario})
			v, err := d.Now()
			if err != nil || len(v.Events) != 1 {
				t.Fatalf("got %+v, %v", v.Events, err)
			}
			waitForCard(t, o, func(c CardView) bool { return len(c.PINs) == 0 })
			if _, err := d.Respond(v.Events[0].ID, right); err != nil {
				t.Fatal(err)
			}
			waitForCard(t, o, func(c CardView) bool { return len(c.PINs) == 4 })
			if _, err := d.Respond(v.Events[0].ID, right); !errors.Is(err, errBadAnswer) {
				t.Errorf("responding twice: %v", err)
			}
		})
	}
}

// waitForCard waits until the reader says what is wanted; it always does, or the
// test's own time runs out.
func waitForCard(t *testing.T, o *office, wanted func(CardView) bool) {
	t.Helper()
	for !wanted(o.cardView()) {
		select {
		case <-t.Context().Done():
			t.Fatal("the reader never said so")
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// A reader exercise has the real reader, and nothing else of the real office.
func TestAReaderExerciseKeepsApart(t *testing.T) {
	o, d := drillOffice(t, DrillChoice{Scenario: "standard", RealReader: true})
	a, err := o.now()
	if err != nil {
		t.Fatal(err)
	}
	if !a.Simulation() || filepath.Base(string(a.Folder())) != "simulation" {
		t.Errorf("a reader exercise works in %s", a.Folder())
	}
	if v, err := d.Try(string(rules.PINSignature), true); err == nil {
		t.Errorf("a made-up visitor typed a PIN at a real reader: %+v", v)
	}
}

// While a visit is played, the office itself cannot be changed.
func TestADrillKeepsTheOffice(t *testing.T) {
	o, d := drillOffice(t, DrillChoice{Scenario: "standard"})
	if _, err := (&Preferences{o}).Change(SettingView{Key: "operator", Text: "例示"}); !errors.Is(err, errDrilling) {
		t.Errorf("changing a setting during a drill: %v", err)
	}
	if a, err := o.now(); err != nil {
		t.Error(err)
	} else if _, err := a.ApproveRules("kawasaki", "例示"); !errors.Is(err, errDrilling) {
		t.Errorf("signing rules during a drill: %v", err)
	}
	nothingOutside(t, string(o.folder()))
	(&Training{o}).End()
	if v, err := d.Now(); err != nil || v.On {
		t.Errorf("after leaving: %+v, %v", v, err)
	}
	if _, err := d.Ask("pins"); !errors.Is(err, errNoDrill) {
		t.Errorf("asking after leaving: %v", err)
	}
}

// The exercises of every rule set can be played to full score too: here one of
// every third procedure of each set; package simulation scores all of them.
func TestExercisesCanBePlayed(t *testing.T) {
	withoutRaces(t)
	o, d := drillOffice(t, DrillChoice{Scenario: "standard"})
	a, err := o.now()
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range a.RuleSets() {
		groups, err := (&Training{o}).Exercises(string(set.ID))
		if err != nil || len(groups) == 0 {
			t.Fatalf("%s: %d groups, %v", set.ID, len(groups), err)
		}
		for n, group := range groups {
			if n%3 != 0 {
				continue
			}
			if _, err := d.Begin(DrillChoice{Scenario: group.ID, Seed: int64(n)}); err != nil {
				t.Fatal(err)
			}
			s := o.drill.scenario
			t.Run(string(s.ID), func(t *testing.T) { playPerfectly(t, o, s, 0) })
		}
	}
	if _, err := d.Begin(DrillChoice{Scenario: "exercises/kasugai/marriage"}); !errors.Is(err, simulation.ErrNoScenario) {
		t.Errorf("a procedure nobody has: %v", err)
	}
}

// A queue lets one visitor after another come, and counts who waits.
func TestQueue(t *testing.T) {
	_, d := drillOffice(t, DrillChoice{Visitors: 3, Every: 0, Seed: 7})
	v, err := d.Now()
	if err != nil || v.Queue.Number != 1 || v.Queue.Of != 3 || v.Queue.Waiting != 2 {
		t.Fatalf("got %+v, %v", v.Queue, err)
	}
	for range 2 {
		if _, err := d.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if v, err = d.Now(); err != nil || v.Queue.Number != 3 || v.Queue.Waiting != 0 {
		t.Errorf("got %+v, %v", v.Queue, err)
	}
	if _, err := d.Next(); !errors.Is(err, errNoDrill) {
		t.Errorf("after the last one: %v", err)
	}
}

// A letter that waits in the mail room goes to somebody too: the question is put,
// and handing it to the visitor costs what handing over a made one does.
func TestAQueuedLetterGoesToSomebody(t *testing.T) {
	o, d := drillOffice(t, DrillChoice{Scenario: "curator-silent"})
	h := &hand{t: t, office: o, drill: d, asked: Asked{Answers: []Answer{{"procedure", "suspension-release"}, {"visitor.kind", "curator"}}}}
	h.ask(o.drill.scenario)
	if _, err := (&Mailroom{o}).Queue(h.asked, letterInput); !errors.Is(err, simulation.ErrNotStated) {
		t.Errorf("queued before anything was said: %v", err)
	}
	if _, err := d.Hand("visitor"); err == nil {
		t.Error("a letter that is not there was handed over")
	}
	if _, err := d.State(StatementInput{Outcome: "visit-again", Visits: 2, Letter: true}); err != nil {
		t.Fatal(err)
	}
	number, err := (&Mailroom{o}).Queue(h.asked, letterInput)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := d.Now(); err != nil || !v.Hand {
		t.Errorf("nobody asks to whom the letter goes: %v", err)
	}
	if _, err := d.Hand("visitor"); err != nil {
		t.Fatal(err)
	}
	debrief, err := d.Finish(0)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(debrief.Lines, func(l DebriefLine) bool { return l.Verdict == "penalty" && strings.Contains(l.Text, "照会書") }) {
		t.Errorf("no penalty for the letter of %s: %+v", number, debrief.Lines)
	}
}

// A course is its scenarios in their order, on its clock.
func TestCourse(t *testing.T) {
	_, d := drillOffice(t, DrillChoice{Course: "first-afternoon"})
	v, err := d.Now()
	if err != nil || v.Queue.Title == "" || v.Queue.Number != 1 || v.Queue.Of < 2 {
		t.Fatalf("got %+v, %v", v.Queue, err)
	}
	if _, err := d.Next(); err != nil {
		t.Fatal(err)
	}
	next, err := d.Now()
	if err != nil || next.Queue.Number != 2 || next.Title == v.Title {
		t.Errorf("got %q after %q, %v", next.Title, v.Title, err)
	}
}

// A scenario with a fault in the data folder takes nothing else away in the
// window: lists, queues and courses are there without it.
func TestAFaultyScenarioLeavesTheOthers(t *testing.T) {
	o, d := drillOffice(t, DrillChoice{Scenario: "standard"})
	own := o.folder().OwnScenarios()
	if err := os.MkdirAll(own, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(own, "wrong.json"), []byte(`{"id":"standard"`), 0o600); err != nil {
		t.Fatal(err)
	}
	training := &Training{o}
	if list, err := training.Scenarios(); err != nil || len(list) < 10 {
		t.Errorf("got %d scenarios, %v", len(list), err)
	}
	if library, err := o.actions.Scenarios(); err != nil || len(library.Faults()) != 1 {
		t.Errorf("the file is not named: %v", err)
	}
	if list, err := training.Courses(); err != nil || len(list) == 0 {
		t.Errorf("got %d courses, %v", len(list), err)
	}
	if _, err := d.Begin(DrillChoice{Visitors: 3, Seed: 1}); err != nil {
		t.Error(err)
	}
}

// What a visitor tells of the PINs stands in their order.
func TestPINsAreToldInTheirOrder(t *testing.T) {
	_, d := drillOffice(t, DrillChoice{Scenario: "pin-forgotten-renewal"})
	v, err := d.Ask("pins")
	if err != nil {
		t.Fatal(err)
	}
	want, got := []string{}, []string{}
	for _, kind := range rules.PINKinds() {
		want = append(want, "pins."+string(kind))
	}
	for _, a := range v.Answers {
		if strings.HasPrefix(a.Key, "pins.") {
			got = append(got, a.Key)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("told in the order %v, want %v", got, want)
	}
}
