package simulation

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"madoguchi/rules"
)

func center(t *testing.T) *rules.Set {
	t.Helper()
	files, err := rules.BuiltinFiles("kagoshima-center")
	if err != nil {
		t.Fatal(err)
	}
	set, err := rules.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func find(t *testing.T, id ScenarioID) *Scenario {
	t.Helper()
	library, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	s, err := library.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// A run reveals what is asked, and only that.
func TestRunRevealsWhatIsAsked(t *testing.T) {
	run, err := Start(center(t), find(t, "child-without-signature"), "訓練 一郎", 0, noon)
	if err != nil {
		t.Fatal(err)
	}
	known, err := run.Known()
	if err != nil {
		t.Fatal(err)
	}
	if known.Holder.BirthDate.Asked() || !known.Card.Kind.Asked() || !known.Visitor.Kind.Asked() {
		t.Error("before asking, only the card and what is seen are known")
	}
	reply, err := run.Ask("holder.domicileInCity")
	if err != nil || reply.Answers["holder.domicileInCity"] != "no" || reply.Says != "本籍は県外です。" {
		t.Errorf("got %+v, %v", reply, err)
	}
	reply, err = run.Ask("pins")
	if err != nil || len(reply.Answers) != 4 {
		t.Errorf("one question for all PINs: got %+v, %v", reply, err)
	}
	if reply, err = run.Ask("letter.validUntil.nonsense"); err != nil || len(reply.Answers) != 0 || reply.Says != "わかりません。" {
		t.Errorf("a key without a fact: got %+v, %v", reply, err)
	}
	if known, err = run.Known(); err != nil || known.Holder.BirthDate.Asked() || !known.Holder.DomicileInCity.Asked() {
		t.Errorf("after asking: %+v, %v", known, err)
	}
}

// A visitor speaks of the PINs in the order in which they are listed everywhere,
// and says the same words for several of them once.
func TestPINsAreSpokenOfInTheirOrder(t *testing.T) {
	library, sets := shipped(t)
	for _, s := range library.All() {
		for seed := range int64(s.VariantCount()) {
			run, err := Start(sets[s.Municipality], s, "", seed, noon)
			if err != nil {
				t.Fatal(err)
			}
			reply, err := run.Ask(AllPINs)
			if err != nil {
				t.Fatal(err)
			}
			at := 0
			for _, kind := range rules.PINKinds() {
				words := pinWords(kind) + "は、"
				found := strings.Index(reply.Says, words)
				if found < 0 {
					continue // the scenario has words of its own for it
				}
				if found < at {
					t.Errorf("%s: %q", s.ID, reply.Says)
				}
				at = found
			}
			for sentence := range strings.SplitAfterSeq(reply.Says, "。") {
				if sentence != "" && strings.Count(reply.Says, sentence) > 1 {
					t.Errorf("%s says %q twice: %q", s.ID, sentence, reply.Says)
				}
			}
		}
	}
	got := ordinary.spoken()[len(ordinary)-4:]
	if want := []string{"pins.signature", "pins.user-identification", "pins.resident-registration", "pins.card-info-input"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Pauses do not count; nothing happens during one.
func TestRunPauses(t *testing.T) {
	run, err := Start(center(t), find(t, "standard"), "訓練 一郎", 0, noon)
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Pause(noon.Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := run.Ask("pins"); !errors.Is(err, ErrPaused) {
		t.Errorf("asking during a pause: %v", err)
	}
	run.Resume(noon.Add(100 * time.Second))
	if _, _, err := run.Finish(noon); !errors.Is(err, ErrNotStated) {
		t.Errorf("finishing without a statement: %v", err)
	}
	if _, err := run.State(Statement{}); err != nil {
		t.Fatal(err)
	}
	result, _, err := run.Finish(noon.Add(130 * time.Second))
	if err != nil || result.Seconds != 40 {
		t.Errorf("got %d seconds, %v, want 40", result.Seconds, err)
	}
	if _, err := run.Ask("pins"); !errors.Is(err, ErrFinished) {
		t.Errorf("asking after the end: %v", err)
	}
}

// Following the hints leads to a plan without a question left; each hint costs.
func TestHintsLeadToTheEnd(t *testing.T) {
	run, err := Start(center(t), find(t, "teen-absent"), "訓練 一郎", 0, noon)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if _, err := run.Hint(); err != nil {
			t.Fatal(err)
		}
		key, err := run.scenario.nextQuestion(run.set, run.answers)
		if err != nil {
			t.Fatal(err)
		}
		if key == "" {
			break
		}
		if _, err := run.Ask(key); err != nil {
			t.Fatal(err)
		}
	}
	known, err := run.Known()
	if err != nil {
		t.Fatal(err)
	}
	plan := run.set.Decide(known)
	if plan.Outcome == rules.NeedAnswers {
		t.Errorf("still open: %v", plan.Questions)
	}
	if _, err := run.State(StatementOf(plan)); err != nil {
		t.Fatal(err)
	}
	if err := run.Note(Note{Printed: true, Closed: true, Keys: 30}); err != nil {
		t.Fatal(err)
	}
	result, answers, err := run.Finish(noon.Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	if want := result.Of - answers.Hints*costHint; answers.Hints == 0 || result.Points != want || result.Keys != 30 {
		t.Errorf("got %d of %d points with %d hints, want %d", result.Points, result.Of, answers.Hints, want)
	}
}

// The same visit is scored lower for asking for too much, for a try spent, and
// for a letter in the wrong hands.
func TestFaultsCostPoints(t *testing.T) {
	set, s := center(t), find(t, "curator-silent")
	perfect, err := PerfectAnswers(set, s, 0)
	if err != nil {
		t.Fatal(err)
	}
	best, err := Score(set, s, perfect)
	if err != nil || !best.Perfect {
		t.Fatalf("the perfect answers get %d of %d, %v", best.Points, best.Of, err)
	}
	cases := []struct {
		name  string
		spoil func(*Answers)
		want  Verdict
		topic Topic
	}{
		{"a paper too many", func(a *Answers) {
			a.Statement.Papers = append(a.Statement.Papers, paper("visitor", []rules.ClassCount{n("B", 1)}))
		}, TooMuch, TopicPaper},
		{"a paper too few", func(a *Answers) { a.Statement.Papers = a.Statement.Papers[1:] }, Missing, TopicPaper},
		{"a PIN asked at the counter", func(a *Answers) { a.Statement.PINs[0].Entry = rules.EntryAtCounter }, TooMuch, TopicPIN},
		{"visits", func(a *Answers) { a.Statement.Visits = 1 }, Wrong, TopicVisits},
		{"no letter", func(a *Answers) { a.Statement.Letter = false }, Wrong, TopicLetter},
		{"a try spent", func(a *Answers) { a.Tries = 1 }, Penalty, TopicTry},
		{"the letter handed over", func(a *Answers) { a.HandedTo = "visitor" }, Penalty, TopicLetter},
		{"a needless question", func(a *Answers) { a.Asked = append(a.Asked, "holder.residencePermit") }, TooMuch, TopicQuestion},
		{"the telling question left out", func(a *Answers) { a.Asked = a.Asked[1:] }, NotAsked, TopicQuestion},
		{"not printed", func(a *Answers) { a.Printed = false }, Missing, TopicPrint},
		{"said nothing", func(a *Answers) { a.Statement = nil }, Wrong, TopicOutcome},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			spoilt, err := PerfectAnswers(set, s, 0)
			if err != nil {
				t.Fatal(err)
			}
			c.spoil(&spoilt)
			got, err := Score(set, s, spoilt)
			if err != nil {
				t.Fatal(err)
			}
			if got.Points >= best.Points {
				t.Errorf("got %d points, the best is %d", got.Points, best.Points)
			}
			if !slices.ContainsFunc(got.Lines, func(l Line) bool { return l.Topic == c.topic && l.Verdict == c.want }) {
				t.Errorf("no line says %s %s", c.topic, c.want)
			}
		})
	}
}
