package app

import (
	"errors"
	"slices"
	"testing"

	"madoguchi/app/simulation"
)

// unheard are events that nobody waits for.
type unheard struct{ heardEvents }

func (unheard) cardChanged(CardView) {}

// drillOffice is an office in which the first visitor of a drill has come.
func drillOffice(t *testing.T, choice DrillChoice) (*office, *Drill) {
	t.Helper()
	o := newOffice(startOptions{data: t.TempDir(), simulation: true, scenario: "standard"})
	o.show(unheard{})
	o.open(t.Context())
	t.Cleanup(o.close)
	d := &Drill{o}
	start, err := d.Begin(choice)
	if err != nil || !start.Simulation || !start.Ready {
		t.Fatalf("beginning: %+v, %v", start, err)
	}
	return o, d
}

// hand plays at the desk as the window does.
type hand struct {
	t      *testing.T
	office *office
	drill  *Drill
	asked  Asked
}

// take puts what was revealed among the desk's answers, as desk.take does.
func (h *hand) take(answers []Answer) {
	for _, a := range answers {
		at := slices.IndexFunc(h.asked.Answers, func(known Answer) bool { return known.Key == a.Key })
		if at < 0 {
			h.asked.Answers = append(h.asked.Answers, a)
		} else {
			h.asked.Answers[at] = a
		}
	}
}

func (h *hand) decide() DeskView {
	h.t.Helper()
	v, err := (&Desk{h.office}).Decide(h.asked)
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

// ask follows the desk's questions to the end and meets every event rightly.
func (h *hand) ask(scenario *simulation.Scenario) DeskView {
	h.t.Helper()
	v := h.decide()
	for range 30 {
		h.respond(scenario)
		if len(v.Questions) == 0 {
			return v
		}
		drill, err := h.drill.Ask(v.Questions[0].Key)
		if err != nil {
			h.t.Fatal(err)
		}
		before := len(h.asked.Answers)
		h.take(drill.Answers)
		v = h.decide()
		if len(h.asked.Answers) == before {
			h.t.Fatalf("asking %s answers nothing", v.Questions[0].Key)
		}
	}
	h.t.Fatal("the questions never end")
	return v
}

func (h *hand) respond(scenario *simulation.Scenario) {
	h.t.Helper()
	v, err := h.drill.Now()
	if err != nil {
		h.t.Fatal(err)
	}
	for _, happened := range v.Events {
		for _, e := range scenario.Events {
			at := slices.IndexFunc(e.Responses, func(r simulation.Response) bool { return r.Right })
			if e.ID != happened.ID || happened.Met != "" {
				continue
			}
			after, err := h.drill.Respond(e.ID, e.Responses[at].ID)
			if err != nil {
				h.t.Fatal(err)
			}
			h.take(after.Answers)
		}
	}
}

// told is the statement that says what the perfect answers say, picked from the
// lists of the window.
func told(t *testing.T, r *drill, s simulation.Statement) StatementInput {
	t.Helper()
	in := StatementInput{Outcome: string(s.Outcome), Visits: s.Visits, Letter: s.Letter, Deadline: s.Deadline.String(), Accepted: s.Accepted}
	for _, p := range s.PINs {
		in.PINs = append(in.PINs, Answer{Key: string(p.Kind), Value: string(p.Entry)})
	}
	for _, choice := range r.papers {
		if n := simulation.CountPapers(s.Papers, choice.Paper); n > 0 {
			in.Papers = append(in.Papers, PaperTold{ID: choice.ID, Count: n})
		}
	}
	return in
}

// playPerfectly plays a whole visit rightly and wants every point for it.
func playPerfectly(t *testing.T, o *office, s *simulation.Scenario, seed int64) {
	d := &Drill{o}
	if _, err := d.Begin(DrillChoice{Scenario: string(s.ID), Seed: seed, Trainee: "例示 髙子"}); err != nil {
		t.Fatal(err)
	}
	running := o.drill
	h := &hand{t: t, office: o, drill: d}
	situation, err := running.run.Known()
	if err != nil {
		t.Fatal(err)
	}
	kind, _ := situation.Visitor.Kind.Get()
	h.asked.Answers = []Answer{{"procedure", proceduresOf(s)}, {"visitor.kind", string(kind)}}
	h.ask(s)
	a, err := o.now()
	if err != nil {
		t.Fatal(err)
	}
	perfect, err := simulation.PerfectAnswers(running.set, s, seed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (&Cases{o}).PrintChecklist(h.asked, PersonView{}); !errors.Is(err, simulation.ErrNotStated) {
		t.Errorf("printing before telling: %v", err)
	}
	if _, err := d.State(told(t, running, *perfect.Statement)); err != nil {
		t.Fatal(err)
	}
	h.respond(s)
	if got := h.decide().Plan.Outcome; got != string(perfect.Statement.Outcome) {
		t.Errorf("the desk says %s, the score expects %s; answers %v", got, perfect.Statement.Outcome, h.asked.Answers)
	}
	if _, err := (&Cases{o}).PrintChecklist(h.asked, PersonView{}); err != nil {
		t.Fatal(err)
	}
	debrief, err := d.Finish(40)
	if err != nil {
		t.Fatal(err)
	}
	if !debrief.Perfect || debrief.Keys != 40 {
		t.Errorf("variant %d: %d of %d points", seed, debrief.Points, debrief.Of)
		for _, l := range debrief.Lines {
			if l.Points != l.Of {
				t.Errorf("%s %s: %s", l.Topic, l.Words, l.Text)
			}
		}
	}
	japaneseOnly(t, debrief)
	if _, err := a.Results().Of("例示 髙子"); err != nil {
		t.Error(err)
	}
}
