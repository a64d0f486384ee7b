package app

import (
	"context"
	"sync"

	"madoguchi/app/counter"
	"madoguchi/rules"
)

// decider makes plans and knows the words of the questions.
type decider interface {
	Decide(rules.Situation) (rules.Plan, error)
	Question(m rules.MunicipalityID, key string) (counter.Question, bool)
	Rules(rules.MunicipalityID) (*rules.Set, error)
	RuleSets() []counter.RuleSet
	Settings() counter.Settings
	Simulation() bool
	Today() rules.Date
}

// cardWatcher tells what happens at the readers.
type cardWatcher interface {
	WatchCards(ctx context.Context, tell func(counter.CardEvent)) error
}

// caseKeeper prints and keeps cases.
type caseKeeper interface {
	SaveCase(context.Context, counter.CaseInput) (string, error)
	PrintedCase(ctx context.Context, number, what string, p counter.Printed) error
	AdvanceCase(ctx context.Context, number, to string) error
	Cases(context.Context, counter.CaseFilter) ([]counter.CaseLine, error)
	SearchCases(ctx context.Context, text string) ([]counter.CaseLine, error)
	Case(ctx context.Context, number string) (counter.Case, error)
	PrintChecklist(ctx context.Context, plan rules.Plan, caseNumber, path string) (counter.Printed, error)
}

// actions is what the window needs of a counter. *counter.Counter is one; tests
// bring another where something has to fail.
type actions interface {
	decider
	cardWatcher
	caseKeeper
	Folder() counter.Folder
	Close() error
}

// events is the way from the program to the window, for what nobody asked.
type events interface {
	cardChanged(CardView)
	progress(ProgressView)
	comeForward()
}

// office is everything behind the bound methods: the open counter, the card on
// the reader, and the files being previewed. Until open has run, and when it
// failed, every bound method answers with the problem.
type office struct {
	start  startOptions
	openIt func(context.Context, startOptions) (actions, error)
	prints *prints

	mu      sync.Mutex
	ctx     context.Context
	stop    context.CancelFunc
	actions actions
	failed  error
	events  events
	card    cardState
	watched sync.WaitGroup
}

func newOffice(start startOptions) *office {
	ctx, stop := context.WithCancel(context.Background())
	return &office{start: start, openIt: openCounter, prints: newPrints(), ctx: ctx, stop: stop,
		failed: errStarting, card: cardState{state: readerSearching}}
}

// openCounter opens the real thing.
func openCounter(ctx context.Context, start startOptions) (actions, error) {
	c, err := counter.Open(ctx, counter.Options{Data: start.data, Simulation: start.simulation, Scenario: start.scenario})
	if err != nil {
		return nil, err
	}
	return c, nil
}

func (o *office) title() string {
	if o.start.simulation {
		return "【訓練】窓口ナビ"
	}
	return "窓口ナビ"
}

// open opens the counter and starts to watch the reader. A failure is kept for
// the window to show: the window itself always opens.
func (o *office) open(ctx context.Context, ev events) {
	a, err := o.openIt(ctx, o.start)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.events, o.actions, o.failed = ev, a, err
	if err != nil {
		return
	}
	o.watched.Go(func() { o.watch(a) })
}

func (o *office) close() {
	o.stop()
	o.watched.Wait()
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.actions == nil {
		return
	}
	o.failed = o.actions.Close()
	o.actions = nil
}

// now returns the open counter, or why there is none.
func (o *office) now() (actions, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.actions == nil {
		if o.failed == nil {
			return nil, errStarting
		}
		return nil, o.failed
	}
	return o.actions, nil
}

func (o *office) comeForward() {
	o.mu.Lock()
	ev := o.events
	o.mu.Unlock()
	if ev != nil {
		ev.comeForward()
	}
}

// bound lists what the window may call.
func (o *office) bound() []any {
	return []any{&Desk{o}, &Reader{o}, &Cases{o}, &PINs{o}}
}
