package app

import (
	"context"
	"sync"
	"time"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
	"madoguchi/app/history"
	"madoguchi/app/printer"
	"madoguchi/app/simulation"
	"madoguchi/rules"
)

// decider makes plans and knows the words of the questions.
type decider interface {
	Decide(rules.Situation) (rules.Plan, error)
	Question(m rules.MunicipalityID, key string) (counter.Question, bool)
	Rules(rules.MunicipalityID) (*rules.Set, error)
	RuleSets() []counter.RuleSet
	RuleSet(rules.MunicipalityID) counter.RuleSet
	Settings() counter.Settings
	SourceTitles(rules.MunicipalityID) map[string]string
	Simulation() bool
	Today() rules.Date
	TimeOfDay() string
	May(counter.Task) error
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
	ComparedCase(ctx context.Context, number string) error
	TellAgain(ctx context.Context, number string, in counter.CaseInput) (rules.Plan, error)
	KeepPeople(ctx context.Context, number string, holder, agent counter.Person, memo string) error
	OpenLetter(ctx context.Context, code string) (counter.Case, error)
	CaseCounts(context.Context) (history.Counts, error)
	PurgePreview(context.Context) (history.Purge, error)
	PurgeCases(context.Context) (history.Purge, error)
	Cases(context.Context, counter.CaseFilter) ([]counter.CaseLine, error)
	SearchCases(ctx context.Context, text string) ([]counter.CaseLine, error)
	Case(ctx context.Context, number string) (counter.Case, error)
	PrintChecklistAs(ctx context.Context, in forms.Checklist, path string) (counter.Printed, error)
}

// examiner looks at what the counter rests on, and at what can be practised.
type examiner interface {
	Examine(context.Context) []counter.Finding
	DailyCare(context.Context) error
	WriteDiagnostics(ctx context.Context, path string) (string, error)
	Log(event counter.LogEvent, codes ...string)
	LogProblem(counter.Problem, error)
	Scenarios() (*simulation.Library, error)
}

// letterMaker checks letters, prints them and keeps their cases.
type letterMaker interface {
	LetterOffice(id rules.MunicipalityID) (*forms.Office, error)
	CheckLetters(ctx context.Context, letters []forms.Letter, baseForms bool) ([]forms.LetterFault, error)
	LettersToMake(ctx context.Context, replyBy rules.Date) ([]counter.WaitingLetter, error)
	MakeWaiting(ctx context.Context, numbers []string, replyBy rules.Date, path string, progress forms.Progress) (counter.MailRun, error)
	ReissueLetters(ctx context.Context, numbers []string, replyBy rules.Date, path string, progress forms.Progress) (counter.MailRun, error)
	RecordLetters(ctx context.Context, letters []forms.Letter, baseForms bool, path string, progress forms.Progress) (counter.LetterRun, error)
}

// paperPrinter brings finished files to paper.
type paperPrinter interface {
	Printers(context.Context) ([]printer.Printer, error)
	PrinterTrays(ctx context.Context, name string) ([]string, error)
	SendToPrinter(context.Context, counter.PrintJob) (printer.Receipt, error)
	PrintOutcome(ctx context.Context, r printer.Receipt, most time.Duration) (printer.Outcome, error)
	WithdrawPrint(context.Context, printer.Receipt) error
	LetterJob(made counter.Printed, letters []forms.Letter) (counter.PrintJob, error)
	OpenFile(ctx context.Context, path string) error
}

// ruleKeeper prints, compares and approves rule sets.
type ruleKeeper interface {
	PrintRuleSheet(id rules.MunicipalityID, path string) (counter.Printed, error)
	DiffRules(ctx context.Context, before, after string) (counter.RulesDifference, error)
	ApproveRules(id rules.MunicipalityID, by string) (rules.Approval, error)
	Approvals() []rules.Approval
}

// actions is what the window needs of a counter. *counter.Counter is one; tests
// bring another where something has to fail.
type actions interface {
	decider
	cardWatcher
	caseKeeper
	examiner
	letterMaker
	paperPrinter
	driller
	ruleKeeper
	Folder() counter.Folder
	Hold(context.Context) error
	Close() error
}

// events is the way from the program to the window, for what nobody asked.
type events interface {
	cardChanged(CardView)
	progress(ProgressView)
	comeForward()
	retitle(title string)
}

// office is everything behind the bound methods: the open counter, the card on
// the reader, and the files being previewed. Until open has run, and when it
// failed, every bound method answers with the problem.
type office struct {
	openIt func(context.Context, startOptions) (actions, error)
	prints *prints

	changing sync.Mutex // one open, reopen or close at a time

	opened     chan struct{} // closed when open has ended, well or not
	openedOnce sync.Once
	patience   time.Duration // how long the window's first question waits for that

	mu      sync.Mutex // guards what follows
	start   startOptions
	ctx     context.Context // ends when this opening of the office does
	stop    context.CancelFunc
	actions actions
	failed  error
	barred  error  // why nothing can be kept, although everything else works
	drill   *drill // the visit being played, if any
	events  events
	card    cardState
	watched sync.WaitGroup
}

// openingPatience is longer than any opening without a history to wait for, and
// shorter than a person takes a window for dead.
const openingPatience = 2 * time.Second

func newOffice(start startOptions) *office {
	ctx, stop := context.WithCancel(context.Background())
	return &office{start: start, openIt: openCounter, prints: newPrints(), opened: make(chan struct{}), patience: openingPatience,
		ctx: ctx, stop: stop, failed: errStarting, card: cardState{state: readerSearching}}
}

// openCounter opens the real thing.
func openCounter(ctx context.Context, start startOptions) (actions, error) {
	c, err := counter.Open(ctx, counter.Options{Data: start.data, Simulation: start.simulation, Scenario: start.scenario,
		RealReader: start.realReader})
	if err != nil {
		return nil, err
	}
	return c, nil
}

func (o *office) title() string {
	if o.started().simulation {
		return "【訓練】窓口ナビ"
	}
	return "窓口ナビ"
}

// started is with what this office was opened.
func (o *office) started() startOptions {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.start
}

// context ends when this opening of the office does.
func (o *office) context() context.Context {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.ctx
}

// folder is the real data folder, in training too: settings are kept there.
func (o *office) folder() counter.Folder { return o.started().folder() }

// toolkitFailed notes that the window's toolkit reported an error or a panic.
func (o *office) toolkitFailed(how string) {
	if a, closed := o.now(); closed == nil {
		a.Log(counter.LogToolkit, how)
	}
}

// problem says an error for the window and keeps its number in the log.
func (o *office) problem(err error) counter.Problem {
	p := problemOf(err)
	if a, closed := o.now(); closed == nil {
		a.LogProblem(p, err)
	}
	return p
}

// open opens the counter and starts to watch the reader. A failure is kept for
// the window to show: the window itself always opens.
func (o *office) open(ctx context.Context) {
	defer o.openedOnce.Do(func() { close(o.opened) })
	o.changing.Lock()
	defer o.changing.Unlock()
	o.begin(ctx, o.started())
}

// awaitOpening waits until open has ended, or until that takes too long.
func (o *office) awaitOpening() {
	select {
	case <-o.opened:
	case <-time.After(o.patience):
	}
}

// show connects the window: from now on it hears what nobody asked.
func (o *office) show(ev events) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.events = ev
}

// begin makes the counter and starts watching; only while changing is held.
func (o *office) begin(ctx context.Context, start startOptions) {
	a, err := o.openIt(ctx, start)
	var barred error
	if err == nil {
		// While the history is opened, the tables that are asked first are read.
		o.watched.Go(func() { _ = a.RuleSet(a.Settings().Municipality) })
		barred = a.Hold(ctx)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	watching, stop := context.WithCancel(context.WithoutCancel(ctx))
	o.start, o.ctx, o.stop = start, watching, stop
	o.actions, o.failed, o.barred, o.card, o.drill = a, err, barred, cardState{state: readerSearching}, nil
	if err != nil {
		o.actions = nil
		start.folder().LogProblem(problemOf(err), err)
		return
	}
	a.Log(counter.LogOpened, start.mode())
	if barred != nil {
		a.LogProblem(problemOf(barred), barred)
	}
	o.watched.Go(func() { o.watch(watching, a) })
	o.watched.Go(func() { care(watching, a) })
}

// careAfter leaves the processor to the window until it stands.
const careAfter = 3 * time.Second

// care does what is due once a day. What it finds goes into the log, and the
// self-check finds it again, with what to do.
func care(ctx context.Context, a examiner) {
	select {
	case <-ctx.Done():
		return
	case <-time.After(careAfter):
	}
	if err := a.DailyCare(ctx); err != nil {
		a.LogProblem(problemOf(err), err)
		return
	}
	a.Log(counter.LogCare, "done")
}

// reopen closes the counter and opens it with other options: other settings, or
// the simulation instead of real work.
func (o *office) reopen(start startOptions) {
	o.changing.Lock()
	defer o.changing.Unlock()
	o.end()
	o.begin(context.Background(), start)
	o.mu.Lock()
	ev := o.events
	o.mu.Unlock()
	if ev != nil {
		ev.retitle(o.title())
	}
}

func (o *office) close() {
	o.changing.Lock()
	defer o.changing.Unlock()
	o.end()
}

// end stops watching, then closes; only while changing is held.
func (o *office) end() {
	o.mu.Lock()
	o.stop()
	o.mu.Unlock()
	o.watched.Wait()
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.actions == nil {
		return
	}
	o.failed = o.actions.Close()
	o.actions.Log(counter.LogClosed, o.start.mode())
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

// barrier is why nothing can be kept, or nil.
func (o *office) barrier() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.barred
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
	return []any{&Desk{o}, &Reader{o}, &Cases{o}, &PINs{o}, &Letters{o}, &Printing{o}, &Mailroom{o}, &Retention{o},
		&Training{o}, &Drill{o}, &Rulebook{o}, &Preferences{o}}
}
