package counter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"madoguchi/app/forms"
	"madoguchi/app/simulation"
	"madoguchi/rules"
)

// Results is the folder of what trainees did.
func (f Folder) Results() string { return f.join("simulation", "results") }

// Courses are the courses that ship with the program and the trainer's own.
func (c *Counter) Courses() ([]simulation.Course, error) {
	library, err := c.Scenarios()
	if err != nil {
		return nil, err
	}
	courses, _, err := c.courses(library)
	return courses, err
}

func (c *Counter) courses(library *simulation.Library) ([]simulation.Course, simulation.Faults, error) {
	own := c.real.OwnCourses()
	if _, err := os.Stat(own); errors.Is(err, fs.ErrNotExist) {
		return simulation.Courses(library, nil, "")
	}
	return simulation.Courses(library, os.DirFS(own), filepath.ToSlash(own))
}

// TrainingFaults are those of the trainer's scenarios and courses that cannot be
// used: the lists leave them out.
func (c *Counter) TrainingFaults() (simulation.Faults, error) {
	library, err := c.Scenarios()
	if err != nil {
		return nil, err
	}
	_, faults, err := c.courses(library)
	return append(library.Faults(), faults...), err
}

// Scenario finds a scenario or an exercise, and the rule set that judges it.
func (c *Counter) Scenario(id string) (*simulation.Scenario, *rules.Set, error) {
	s, err := c.findScenario(id)
	if err != nil {
		return nil, nil, err
	}
	set, err := c.catalog.findOn(s.Municipality, s.On)
	return s, set, err
}

// findScenario looks among the exercises where the name is one of theirs. A
// trainer's file that cannot be used keeps no shipped scenario from running.
func (c *Counter) findScenario(id string) (*simulation.Scenario, error) {
	m, number, exercise := simulation.IsExercise(id)
	if !exercise {
		return c.real.scenario(id)
	}
	set, err := c.catalog.find(m)
	if err != nil {
		return nil, err
	}
	return simulation.ExerciseOf(set, number)
}

// Exercises are the visits drawn from the examples of a rule set.
func (c *Counter) Exercises(m rules.MunicipalityID) ([]*simulation.Scenario, error) {
	set, err := c.catalog.find(m)
	if err != nil {
		return nil, err
	}
	return simulation.Exercises(set)
}

// StartDrill begins a run of a scenario. The run's clock is the counter's.
func (c *Counter) StartDrill(scenario, trainee string, seed int64) (*simulation.Run, error) {
	s, set, err := c.Scenario(scenario)
	if err != nil {
		return nil, err
	}
	return simulation.Start(set, s, trainee, seed, c.options.Now())
}

// FinishDrill ends a run, scores it, and keeps the result under the trainee's
// name, when they gave one.
func (c *Counter) FinishDrill(run *simulation.Run, course string) (simulation.Kept, error) {
	result, answers, err := run.Finish(c.options.Now())
	if err != nil {
		return simulation.Kept{}, err
	}
	return c.keep(result, answers, course)
}

// ScoreAnswers scores a file of answers and keeps the result when it names a trainee.
func (c *Counter) ScoreAnswers(scenario string, answers simulation.Answers) (simulation.Kept, error) {
	s, set, err := c.Scenario(scenario)
	if err != nil {
		return simulation.Kept{}, err
	}
	result, err := simulation.Score(set, s, answers)
	if err != nil {
		return simulation.Kept{}, err
	}
	return c.keep(result, answers, "")
}

// PerfectAnswers are what a trainee who makes no mistake does in a scenario, by
// the rule set as it stands today.
func (c *Counter) PerfectAnswers(scenario string, seed int64) (simulation.Answers, error) {
	s, set, err := c.Scenario(scenario)
	if err != nil {
		return simulation.Answers{}, err
	}
	return simulation.PerfectAnswers(set, s, seed)
}

func (c *Counter) keep(result simulation.Result, answers simulation.Answers, course string) (simulation.Kept, error) {
	kept := simulation.Kept{Trainee: answers.Trainee, At: c.options.Now().In(japan()).Format(time.RFC3339), Course: course,
		Answers: answers, Result: result}
	if kept.Trainee == "" {
		return kept, nil
	}
	if err := refuseIndividualNumber(namedText{"trainee", kept.Trainee}); err != nil {
		return simulation.Kept{}, err
	}
	if err := c.real.Simulation().prepare(); err != nil {
		return kept, err
	}
	return kept, c.Results().Save(kept)
}

// Results is what trainees did.
func (c *Counter) Results() simulation.Results { return simulation.OpenResults(c.real.Results()) }

// WriteResults writes runs as CSV to a file, whole or not at all.
func (c *Counter) WriteResults(runs []simulation.Kept, path string) error {
	return ReplaceFile(path, 0o600, func(w io.Writer) error { return simulation.WriteCSV(w, runs) })
}

// PrintTrainingRecord prints what one run came to, for trainee and trainer to
// sign. An empty path makes a file of its own in the folder of training, never
// among the real prints.
func (c *Counter) PrintTrainingRecord(ctx context.Context, k simulation.Kept, path string) (Printed, error) {
	record := forms.TrainingRecord{Trainee: k.Trainee, Title: k.Result.Title, Scenario: string(k.Result.Scenario), Seed: k.Result.Seed,
		On: c.dayOf(k.At), Edition: k.Result.Edition, Points: k.Result.Points, Of: k.Result.Of, Percent: k.Result.Percent,
		Seconds: k.Result.Seconds, Teaches: k.Result.Teaches}
	for _, l := range k.Result.Lines {
		record.Lines = append(record.Lines, forms.TrainingLine{Topic: l.Topic.Words(), Verdict: l.Verdict.Words(), Points: l.Points,
			Of: l.Of, Text: l.Text, Sources: l.Sources})
	}
	if path == "" {
		prints := c.real.Simulation().Prints()
		if err := os.MkdirAll(prints, 0o700); err != nil {
			return Printed{}, &FolderError{Path: prints, Err: notWritable(err)}
		}
		path = filepath.Join(prints, "training-record-"+c.options.Now().UTC().Format("20060102-150405.000")+".pdf")
	}
	doc, err := forms.MakeTrainingRecord(c.typefaces(), record, forms.Options{Training: true})
	if err != nil {
		return Printed{}, fmt.Errorf("making the training record: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return Printed{}, err
	}
	return c.writeForm(doc, "training-record", path)
}

// dayOf is the day in Japan of a moment as it is kept; today where it is damaged.
func (c *Counter) dayOf(at string) rules.Date {
	moment, err := time.Parse(time.RFC3339, at)
	if err != nil {
		moment = c.options.Now()
	}
	moment = moment.In(japan())
	day, _ := rules.NewDate(moment.Year(), int(moment.Month()), moment.Day())
	return day
}

// ScenarioCheck is what the checks say of scenarios.
type ScenarioCheck struct {
	Scenarios int                                      `json:"scenarios"`
	OK        bool                                     `json:"ok"`
	Faults    simulation.Faults                        `json:"faults"`
	Unreached map[rules.MunicipalityID][]rules.RowName `json:"unreached,omitempty"` // rows no scenario and no exercise turns on
	Exercises map[rules.MunicipalityID]int             `json:"exercises,omitempty"` // visits drawn from the examples of a rule set
	Unwritten map[rules.MunicipalityID][]rules.RowName `json:"unwritten,omitempty"` // rows that only an exercise turns on
}

// CheckScenarios checks scenario files: their form, and each against its rule
// set. Without a file it checks all that this counter can train with, and lists
// the rows none of them turns on.
func (c *Counter) CheckScenarios(files []string) (ScenarioCheck, error) {
	check := ScenarioCheck{Faults: simulation.Faults{}}
	if len(files) == 0 {
		return c.checkLibrary(check)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return check, &InputError{Name: file, Err: err}
		}
		check.Scenarios++
		s, faults := simulation.ParseScenario(file, data)
		check.Faults = append(check.Faults, faults...)
		if s != nil && len(faults) == 0 {
			check.Faults = append(check.Faults, c.checkScenario(s)...)
		}
	}
	check.OK = len(check.Faults) == 0
	return check, nil
}

func (c *Counter) checkLibrary(check ScenarioCheck) (ScenarioCheck, error) {
	library, err := c.Scenarios()
	if err != nil {
		return check, err
	}
	faults, err := c.TrainingFaults()
	if err != nil {
		return check, err
	}
	check.Faults = append(check.Faults, faults...)
	for _, s := range library.All() {
		check.Scenarios++
		check.Faults = append(check.Faults, c.checkScenario(s)...)
	}
	if err := c.checkCoverage(&check, library); err != nil {
		return check, err
	}
	check.OK = len(check.Faults) == 0
	return check, nil
}

// checkCoverage lists the rows that nobody can practise.
func (c *Counter) checkCoverage(check *ScenarioCheck, library *simulation.Library) error {
	check.Unreached, check.Unwritten = map[rules.MunicipalityID][]rules.RowName{}, map[rules.MunicipalityID][]rules.RowName{}
	check.Exercises = map[rules.MunicipalityID]int{}
	for _, id := range c.catalog.ids() {
		set, err := c.catalog.find(id)
		if err != nil {
			continue // named by rules list; nothing to reach in it
		}
		drawn, err := simulation.Exercises(set)
		if err != nil {
			return err
		}
		written, unreached, err := library.Unreached(set)
		if err != nil {
			return err
		}
		check.Exercises[id], check.Unwritten[id], check.Unreached[id] = len(drawn), written, unreached
		for _, s := range drawn {
			check.Faults = append(check.Faults, simulation.CheckAgainst(set, s)...)
		}
	}
	return nil
}

func (c *Counter) checkScenario(s *simulation.Scenario) simulation.Faults {
	set, err := c.catalog.findOn(s.Municipality, s.On)
	if err != nil {
		return simulation.Faults{{File: string(s.ID), Reason: err.Error()}}
	}
	return simulation.CheckAgainst(set, s)
}

// NewScenario writes a scenario to start from: a copy of another under a new
// name, at path, where nothing may stand yet. Errors: simulation.ErrIDTaken,
// simulation.ErrNoScenario, simulation.Faults, *OutputError.
func (c *Counter) NewScenario(from, id, path string) error {
	if err := refuseIndividualNumber(namedText{"id", id}); err != nil {
		return err
	}
	library, err := c.Scenarios()
	if err != nil {
		return err
	}
	s, err := library.Find(simulation.ScenarioID(from))
	if err != nil {
		return err
	}
	if _, err := library.Find(simulation.ScenarioID(id)); err == nil {
		return fmt.Errorf("%w: %q", simulation.ErrIDTaken, id)
	}
	copied := *s
	copied.ID = simulation.ScenarioID(id)
	copied.Title = "(題名を書き換えてください) " + s.Title
	data, err := json.MarshalIndent(copied, "", " ")
	if err != nil {
		return fmt.Errorf("writing scenario: %w", err)
	}
	if _, faults := simulation.ParseScenario(path, data); len(faults) > 0 {
		return faults
	}
	if _, err := os.Lstat(path); err == nil {
		return &OutputError{Path: path, Err: fs.ErrExist}
	}
	return ReplaceFile(path, 0o600, func(w io.Writer) error {
		_, err := w.Write(append(data, '\n'))
		return err
	})
}

// OwnScenarioFile is where a trainer's scenario of a name belongs, its folder made.
func (c *Counter) OwnScenarioFile(id string) (string, error) {
	folder := Folder(c.real.OwnScenarios())
	if err := folder.prepare(); err != nil {
		return "", err
	}
	return filepath.Join(string(folder), id+".json"), nil
}
