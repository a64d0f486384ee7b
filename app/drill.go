package app

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"madoguchi/app/counter"
	"madoguchi/app/simulation"
	"madoguchi/rules"
)

// Drill is one visit played in the window: the trainee asks, the visitor
// answers, and the answers come to the desk as if they had been typed. What is
// right is shown only once the trainee has said what they would say. Nothing
// here reaches a real case: a drill runs in the simulation's office only.
type Drill struct{ office *office }

var (
	errNoDrill  = errors.New("no drill is running")
	errDrilling = errors.New("a drill is running")
)

// drill is the running visit, with what the window shows of it.
type drill struct {
	mu       sync.Mutex // one call of the window at a time
	choice   DrillChoice
	scenario *simulation.Scenario
	set      *rules.Set
	run      *simulation.Run
	papers   []simulation.PaperChoice
	line     queue
	said     []SaidView
	events   []simulation.Event
	met      map[string]string // event → what was done, in words
	notice   string
	stated   bool
	taken    []rules.Paper // of the bag, once it was said
	paused   bool
	printed  bool
	letter   bool   // a letter was made or waits in the mail room, and goes to somebody
	handed   string // to whom it went
	number   string // of the case that was stored
	began    time.Time
	kept     *simulation.Kept
}

// DrillChoice is what a trainer chooses.
type DrillChoice struct {
	Scenario   string `json:"scenario"`
	Trainee    string `json:"trainee"` // empty: nothing is kept
	Seed       int64  `json:"seed"`
	Course     string `json:"course"`     // a course instead of a scenario
	Visitors   int    `json:"visitors"`   // a queue of so many instead of a scenario
	Level      int    `json:"level"`      // of the queue, 0: all
	Every      int    `json:"every"`      // seconds between two visitors of the queue
	RealReader bool   `json:"realReader"` // a reader exercise: the real reader, nothing else
}

// Most visitors of a queue, and seconds between two.
const (
	mostVisitors = 50
	mostEvery    = 3600
)

// Begin opens the simulation on the first visitor and starts the clock.
func (d *Drill) Begin(choice DrillChoice) (StartView, error) {
	if err := checkChoice(choice); err != nil {
		return StartView{}, err
	}
	a, err := d.office.now()
	if err != nil {
		return StartView{}, err
	}
	line, err := queueOf(a, choice)
	if err != nil {
		return StartView{}, err
	}
	line.opened = a.Now()
	return d.open(choice, line)
}

func checkChoice(c DrillChoice) error {
	if len(c.Scenario) > mostText || len(c.Trainee) > mostText || len(c.Course) > mostText || c.Visitors > mostVisitors || c.Every < 0 || c.Every > mostEvery {
		return fmt.Errorf("%w: too long", errBadAnswer)
	}
	if rules.HasIndividualNumber(c.Trainee + "\n" + c.Scenario + "\n" + c.Course) {
		return errIndividualNumber
	}
	return nil
}

// open lets the visitor whose turn it is come to the desk.
func (d *Drill) open(choice DrillChoice, line queue) (StartView, error) {
	visit, ok := line.current()
	if !ok {
		return StartView{}, errNoDrill
	}
	if err := removeDraft(draftOf(d.office.folder().Simulation())); err != nil {
		return StartView{}, err
	}
	scenario := string(visit.Scenario)
	d.office.reopen(startOptions{data: d.office.started().data, simulation: true, scenario: scenario, realReader: choice.RealReader})
	a, err := d.office.now()
	if err != nil {
		return StartView{}, err
	}
	running, err := startDrill(a, choice, line, visit)
	if err != nil {
		return StartView{}, err
	}
	if err := running.happen(a, running.run.CardRead); err != nil {
		return StartView{}, err
	}
	d.office.beginDrill(running)
	return (&Desk{d.office}).Start(), nil
}

func startDrill(a actions, choice DrillChoice, line queue, visit simulation.Visit) (*drill, error) {
	id := string(visit.Scenario)
	scenario, set, err := a.Scenario(id)
	if err != nil {
		return nil, err
	}
	papers, err := a.DrillPapers(id)
	if err != nil {
		return nil, err
	}
	run, err := a.StartDrill(id, choice.Trainee, visit.Seed)
	if err != nil {
		return nil, err
	}
	a.LayCard(run)
	return &drill{choice: choice, scenario: scenario, set: set, run: run, papers: papers, line: line, said: []SaidView{},
		met: map[string]string{}, began: a.Now()}, nil
}

// happen adds what happens after something the trainee did, and plays it on the
// simulated reader.
func (r *drill) happen(a driller, after func() ([]simulation.Event, error)) error {
	events, err := after()
	if err != nil {
		return err
	}
	for _, e := range events {
		if slices.ContainsFunc(r.events, func(known simulation.Event) bool { return known.ID == e.ID }) {
			continue
		}
		r.events = append(r.events, e)
		if err := a.StageEvent(e.Kind, false); err != nil {
			return err
		}
	}
	return nil
}

// during does something in the running drill and answers with what it came to.
func (d *Drill) during(do func(actions, *drill) error) (DrillView, error) {
	a, running, err := d.office.drilling()
	if err != nil {
		return DrillView{}, err
	}
	running.mu.Lock()
	defer running.mu.Unlock()
	if err := do(a, running); err != nil {
		return DrillView{}, err
	}
	return running.view(a), nil
}

// Now is how the drill stands; its On is false where none runs.
func (d *Drill) Now() (DrillView, error) {
	v, err := d.during(func(actions, *drill) error { return nil })
	if errors.Is(err, errNoDrill) {
		return emptyDrill(), nil
	}
	return v, err
}

// Ask puts a question to the visitor.
func (d *Drill) Ask(key string) (DrillView, error) {
	return d.during(func(a actions, r *drill) error {
		if key == keyOtherPINs {
			key = keyAllPINs
		}
		if key != keyAllPINs && !slices.Contains(askableKeys(), key) {
			return fmt.Errorf("%w: key %q", errBadAnswer, key)
		}
		reply, err := r.run.Ask(key)
		if err != nil {
			return err
		}
		r.notice = ""
		r.said = append(r.said, SaidView{Question: simulation.KeyWords(r.set, key), Words: rules.PlainText(reply.Says)})
		return r.happen(a, func() ([]simulation.Event, error) { return reply.Events, nil })
	})
}

// Respond says what the trainee does at an event; the first response counts.
func (d *Drill) Respond(event, response string) (DrillView, error) {
	return d.during(func(a actions, r *drill) error {
		at := slices.IndexFunc(r.events, func(e simulation.Event) bool { return e.ID == event })
		if at < 0 || r.met[event] != "" {
			return fmt.Errorf("%w: event", errBadAnswer)
		}
		if err := r.run.Respond(event, response); err != nil {
			return err
		}
		for _, known := range r.events[at].Responses {
			if known.ID == response {
				r.met[event] = known.Label
			}
		}
		return a.StageEvent(r.events[at].Kind, true)
	})
}

// Hint tells what comes next, for some points.
func (d *Drill) Hint() (DrillView, error) {
	return d.during(func(_ actions, r *drill) error {
		hint, err := r.run.Hint()
		if err == nil {
			r.notice = "ヒント: " + hint
		}
		return err
	})
}

// Pause stops the clock, or starts it again.
func (d *Drill) Pause(paused bool) (DrillView, error) {
	return d.during(func(a actions, r *drill) error {
		if paused == r.paused {
			return nil
		}
		r.paused = paused
		if paused {
			return r.run.Pause(a.Now())
		}
		r.run.Resume(a.Now())
		return nil
	})
}

// Try lets the visitor type a PIN for the simulated card. lastTry says that the
// trainee was asked about the last try and wants it all the same.
func (d *Drill) Try(kind string, lastTry bool) (DrillView, error) {
	if !slices.Contains(rules.PINKinds(), rules.PINKind(kind)) {
		return DrillView{}, fmt.Errorf("%w: kind of PIN", errBadAnswer)
	}
	return d.during(func(a actions, r *drill) error {
		answer, err := a.TryPIN(d.office.context(), r.run, rules.PINKind(kind), lastTry)
		if err != nil {
			return err
		}
		r.notice = pinLabel(rules.PINKind(kind)) + ": " + answer.Says
		summary, err := a.ReadCard(d.office.context(), "")
		if err != nil {
			return err
		}
		d.office.cardEvent(counter.CardEvent{Kind: counter.CardHere, Reader: summary.Reader, Summary: &summary})
		return nil
	})
}

// Hand says to whom the letter goes: holder, by post, or visitor.
func (d *Drill) Hand(to string) (DrillView, error) {
	return d.during(func(_ actions, r *drill) error {
		if !r.letter || r.handed != "" || (to != string(rules.OfHolder) && to != string(rules.OfVisitor)) {
			return fmt.Errorf("%w: letter", errBadAnswer)
		}
		r.handed = to
		return r.run.Note(simulation.Note{HandedTo: to})
	})
}

// State says what the visitor is told. Only then the desk shows its own answer.
func (d *Drill) State(said StatementInput) (DrillView, error) {
	return d.during(func(a actions, r *drill) error {
		statement, err := r.statement(said)
		if err != nil {
			return err
		}
		r.notice, r.stated, r.taken = "", true, r.papersTaken(statement)
		return r.happen(a, func() ([]simulation.Event, error) { return r.run.State(statement) })
	})
}

// Finish closes the visit and scores it. keystrokes are those of the window.
func (d *Drill) Finish(keystrokes int) (DebriefView, error) {
	var debrief DebriefView
	_, err := d.during(func(a actions, r *drill) error {
		if r.kept == nil {
			if err := r.finish(a, d.office, keystrokes); err != nil {
				return err
			}
		}
		debrief = r.debrief(a)
		return nil
	})
	return debrief, err
}

func (r *drill) finish(a actions, o *office, keystrokes int) error {
	if !r.stated {
		return simulation.ErrNotStated
	}
	if r.paused {
		return simulation.ErrPaused
	}
	if err := r.run.Note(simulation.Note{Keys: keystrokes, Printed: r.printed, Closed: r.number != ""}); err != nil {
		return err
	}
	kept, err := a.FinishDrill(r.run, r.choice.Course)
	if err != nil {
		return err
	}
	r.kept = &kept
	if r.number == "" || r.letter || kept.Result.Expected.Outcome != rules.Proceed {
		return nil
	}
	return a.AdvanceCase(o.context(), r.number, "done")
}

// Next lets the next visitor of the course or queue come.
func (d *Drill) Next() (StartView, error) {
	_, running, err := d.office.drilling()
	if err != nil {
		return StartView{}, err
	}
	running.mu.Lock()
	choice, line := running.choice, running.line
	running.mu.Unlock()
	line.at++
	return d.open(choice, line)
}

// Again plays the same scenario with another seed; of the exercises of a
// procedure, the next one.
func (d *Drill) Again() (StartView, error) {
	a, running, err := d.office.drilling()
	if err != nil {
		return StartView{}, err
	}
	running.mu.Lock()
	choice, line := running.choice, running.line
	running.mu.Unlock()
	if len(line.visits) == 1 {
		choice.Seed++
		again, err := queueOf(a, choice)
		if err != nil {
			return StartView{}, err
		}
		again.opened = a.Now()
		return d.open(choice, again)
	}
	line.visits = slices.Clone(line.visits)
	line.visits[line.at].Seed++
	return d.open(choice, line)
}
