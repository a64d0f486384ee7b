package app

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
	"madoguchi/app/simulation"
	"madoguchi/rules"
)

// driller plays visits and keeps what trainees did.
type driller interface {
	Scenarios() (*simulation.Library, error)
	Scenario(id string) (*simulation.Scenario, *rules.Set, error)
	Exercises(rules.MunicipalityID) ([]*simulation.Scenario, error)
	Courses() ([]simulation.Course, error)
	StartDrill(scenario, trainee string, seed int64) (*simulation.Run, error)
	FinishDrill(run *simulation.Run, course string) (simulation.Kept, error)
	DrillPapers(scenario string) ([]simulation.PaperChoice, error)
	TryPIN(ctx context.Context, run *simulation.Run, kind rules.PINKind, lastTry bool) (counter.PINAnswer, error)
	StageEvent(kind simulation.EventKind, over bool) error
	LayCard(run *simulation.Run)
	ReadCard(ctx context.Context, name string) (counter.CardSummary, error)
	Results() simulation.Results
	PrintTrainingRecord(ctx context.Context, k simulation.Kept, path string) (counter.Printed, error)
	WriteResults(runs []simulation.Kept, path string) error
	Now() time.Time
}

// drilled are the actions of an office in which a drill runs. The desk knows
// what a trainee can see without asking; nothing is printed or kept before the
// visitor was told; and the drill hears what was printed.
type drilled struct {
	actions
	drill *drill
}

// Settings are the office's, in the scenario's municipality.
func (w drilled) Settings() counter.Settings {
	s := w.actions.Settings()
	s.Municipality, s.Place = w.drill.scenario.Municipality, ""
	return s
}

// Decide lays what can be seen over the situation first, and the papers that the
// trainee took once they have said so.
func (w drilled) Decide(s rules.Situation) (rules.Plan, error) {
	if err := w.lay(&s); err != nil {
		return rules.Plan{}, err
	}
	return w.actions.Decide(s)
}

func (w drilled) lay(s *rules.Situation) error {
	w.drill.mu.Lock()
	seen, taken := w.drill.run.Seen(), w.drill.taken
	w.drill.mu.Unlock()
	if w.drill.scenario.HasBag() {
		s.Evidence = taken
	}
	for _, key := range slices.Sorted(maps.Keys(seen)) {
		if key == "visitor.kind" {
			continue // who stands there, the trainee says
		}
		if err := s.Set(key, seen[key]); err != nil {
			return err
		}
	}
	return nil
}

// SaveCase keeps the case once the visitor was told.
func (w drilled) SaveCase(ctx context.Context, in counter.CaseInput) (string, error) {
	if err := w.told(); err != nil {
		return "", err
	}
	if err := w.lay(&in.Situation); err != nil {
		return "", err
	}
	number, err := w.actions.SaveCase(ctx, in)
	if err == nil {
		w.drill.mu.Lock()
		defer w.drill.mu.Unlock()
		w.drill.number = number
	}
	return number, err
}

// PrintChecklistAs hears that a checklist was made. Whether a printer took it is
// not the trainee's doing: a PC for training may have none.
func (w drilled) PrintChecklistAs(ctx context.Context, in forms.Checklist, path string) (counter.Printed, error) {
	if err := w.told(); err != nil {
		return counter.Printed{}, err
	}
	made, err := w.actions.PrintChecklistAs(ctx, in, path)
	if err == nil {
		w.drill.mu.Lock()
		defer w.drill.mu.Unlock()
		w.drill.printed = true
	}
	return made, err
}

// ApproveRules waits: a signature is the real office's.
func (w drilled) ApproveRules(rules.MunicipalityID, string) (rules.Approval, error) {
	return rules.Approval{}, errDrilling
}

// RecordLetters hears that a letter was made.
func (w drilled) RecordLetters(ctx context.Context, letters []forms.Letter, baseForms bool, path string, progress forms.Progress) (counter.LetterRun, error) {
	if err := w.told(); err != nil {
		return counter.LetterRun{}, err
	}
	run, err := w.actions.RecordLetters(ctx, letters, baseForms, path, progress)
	if err == nil {
		w.drill.mu.Lock()
		defer w.drill.mu.Unlock()
		w.drill.letter, w.drill.printed = true, true
		if len(run.CaseNumbers) > 0 {
			w.drill.number = run.CaseNumbers[0]
		}
	}
	return run, err
}

// letterWaits tells the running drill, if there is one, that its letter waits in
// the mail room: it goes to somebody, as one made at once does.
func (o *office) letterWaits() {
	o.mu.Lock()
	running := o.drill
	o.mu.Unlock()
	if running != nil {
		running.mu.Lock()
		defer running.mu.Unlock()
		running.letter = true
	}
}

func (w drilled) told() error {
	w.drill.mu.Lock()
	defer w.drill.mu.Unlock()
	if !w.drill.stated {
		return simulation.ErrNotStated
	}
	return nil
}

// beginDrill puts a drill into the open office.
func (o *office) beginDrill(running *drill) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.actions != nil {
		o.drill, o.actions = running, drilled{o.actions, running}
	}
}

// drilling is the running drill with the actions of its office; errNoDrill where
// none runs.
func (o *office) drilling() (actions, *drill, error) {
	a, err := o.now()
	if err != nil {
		return nil, nil, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.drill == nil {
		return nil, nil, errNoDrill
	}
	return a, o.drill, nil
}

// outsideDrill is errDrilling while a drill runs: what would change the office
// itself has to wait.
func (o *office) outsideDrill() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.drill != nil {
		return errDrilling
	}
	return nil
}

// drillProblem says what only training can meet.
func drillProblem(err error) (counter.Problem, bool) {
	switch {
	case errors.Is(err, errNoDrill):
		return counter.Problem{Code: "no-drill", Title: "訓練は行われていません", Action: "F11 の「訓練」から始めてください", Ref: "W-010", Class: counter.ClassInput}, true
	case errors.Is(err, errDrilling):
		return counter.Problem{Code: "drilling", Title: "訓練の途中は変更できません", Action: "訓練を終えてから変更してください", Ref: "W-011", Class: counter.ClassInput}, true
	case errors.Is(err, simulation.ErrNotStated):
		return counter.Problem{Code: "not-stated", Title: "まだご案内を伝えていません", Action: "右の「お伝えする内容」を選び、「この内容で伝える」を押してください", Ref: "W-012", Class: counter.ClassInput}, true
	case errors.Is(err, simulation.ErrPaused):
		return counter.Problem{Code: "paused", Title: "休憩中です", Action: "「再開する」を押してください", Ref: "W-013", Class: counter.ClassInput}, true
	case errors.Is(err, simulation.ErrFinished):
		return counter.Problem{Code: "finished", Title: "この来庁は終わっています", Action: "ふりかえりから、次の来庁者へ進んでください", Ref: "W-014", Class: counter.ClassInput}, true
	case errors.Is(err, simulation.ErrNoTrainee):
		return counter.Problem{Code: "no-trainee", Title: "この受講者の成績はありません", Action: "一覧を開き直してください", Ref: "W-015", Class: counter.ClassInput}, true
	}
	return counter.Problem{}, false
}
