package app

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"madoguchi/app/counter"
	"madoguchi/app/simulation"
	"madoguchi/rules"
)

// ScenarioView is a training scenario as the list shows it.
type ScenarioView struct {
	ID           string `json:"id"`
	Title        string `json:"title"`
	Municipality string `json:"municipality"`
	Procedure    string `json:"procedure"`
	Level        string `json:"level"`
	Opening      string `json:"opening"`  // what the visitor says first
	Variants     int    `json:"variants"` // different states a seed can choose
}

// CourseView is a course as the list shows it.
type CourseView struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	About    string `json:"about"`
	Visitors int    `json:"visitors"`
	Minutes  int    `json:"minutes"`
}

// Training leads into the simulation and out of it, and is where a trainer finds
// scenarios, courses and results. Nothing it does touches real cases: the
// program closes one office and opens the other.
type Training struct{ office *office }

// Scenarios lists what can be practised, the standard one first.
func (t *Training) Scenarios() ([]ScenarioView, error) {
	a, err := t.office.now()
	if err != nil {
		return nil, err
	}
	library, err := a.Scenarios()
	if err != nil {
		return nil, err
	}
	titles := map[rules.MunicipalityID]string{}
	for _, s := range a.RuleSets() {
		titles[s.ID] = s.Title
	}
	all := library.All()
	views := make([]ScenarioView, 0, len(all))
	for _, s := range all {
		v := scenarioView(s)
		v.Municipality = titles[s.Municipality]
		views = append(views, v)
	}
	return views, nil
}

func scenarioView(s *simulation.Scenario) ScenarioView {
	names := make([]string, len(s.Procedure))
	for i, p := range s.Procedure {
		names[i] = procedureLabel(p)
	}
	levels := []string{"", "はじめて", "慣れた方", "落とし穴"}
	level := ""
	if s.Level > 0 && s.Level < len(levels) {
		level = levels[s.Level]
	}
	return ScenarioView{ID: string(s.ID), Title: s.Title, Procedure: strings.Join(names, "、"), Level: level,
		Opening: rules.PlainText(strings.Join(s.Opening, " ")), Variants: s.VariantCount()}
}

// Exercises lists what can be practised of a rule set's own examples, one line a
// procedure.
func (t *Training) Exercises(municipality string) ([]ScenarioView, error) {
	a, err := t.office.now()
	if err != nil {
		return nil, err
	}
	known := func(s counter.RuleSet) bool { return string(s.ID) == municipality }
	if !slices.ContainsFunc(a.RuleSets(), known) {
		return nil, fmt.Errorf("%w: rule set", errBadAnswer)
	}
	drawn, err := a.Exercises(rules.MunicipalityID(municipality))
	if err != nil {
		return nil, err
	}
	views := []ScenarioView{}
	for _, s := range drawn {
		id := exercises + municipality + "/" + proceduresOf(s)
		at := slices.IndexFunc(views, func(v ScenarioView) bool { return v.ID == id })
		if at >= 0 {
			views[at].Variants++
			continue
		}
		v := scenarioView(s)
		v.ID, v.Title, v.Opening, v.Variants = id, v.Procedure, "", 1
		views = append(views, v)
	}
	return views, nil
}

// Courses lists the courses, those that ship with the program first.
func (t *Training) Courses() ([]CourseView, error) {
	a, err := t.office.now()
	if err != nil {
		return nil, err
	}
	courses, err := a.Courses()
	if err != nil {
		return nil, err
	}
	views := make([]CourseView, 0, len(courses))
	for _, c := range courses {
		views = append(views, CourseView{ID: c.ID, Title: c.Title, About: c.About, Visitors: len(c.Scenarios), Minutes: c.Minutes})
	}
	return views, nil
}

// Begin opens the simulation on a scenario's card, without a visitor who speaks
// and without a score.
func (t *Training) Begin(id string) (StartView, error) {
	if len(id) > mostText {
		return StartView{}, fmt.Errorf("%w: too long", errBadAnswer)
	}
	a, err := t.office.now()
	if err != nil {
		return StartView{}, err
	}
	library, err := a.Scenarios()
	if err != nil {
		return StartView{}, err
	}
	if _, err := library.Find(simulation.ScenarioID(id)); err != nil {
		return StartView{}, err
	}
	t.office.reopen(startOptions{data: t.office.started().data, simulation: true, scenario: id})
	return (&Desk{t.office}).Start(), nil
}

// End goes back to real work. A visit that is not finished is not scored.
func (t *Training) End() StartView {
	t.office.reopen(startOptions{data: t.office.started().data})
	return (&Desk{t.office}).Start()
}

// TraineeView is one trainee over all runs.
type TraineeView struct {
	Name     string    `json:"name"`
	Runs     int       `json:"runs"`
	Average  int       `json:"average"` // in percent, as First and Last
	First    int       `json:"first"`
	Last     int       `json:"last"`
	Perfect  int       `json:"perfect"`
	Time     string    `json:"time"` // on average
	Weak     string    `json:"weak"` // where most points were lost
	Finished []RunView `json:"finished"`
}

// RunView is one finished run.
type RunView struct {
	Number  int    `json:"number"` // from 1, for Record
	At      string `json:"at"`
	Title   string `json:"title"`
	Percent int    `json:"percent"`
	Points  string `json:"points"`
	Time    string `json:"time"`
	Keys    int    `json:"keystrokes"`
	Hints   int    `json:"hints"`
}

// Results compares all trainees, best average first, with all their runs.
func (t *Training) Results() ([]TraineeView, error) {
	a, err := t.office.now()
	if err != nil {
		return nil, err
	}
	group, err := a.Results().Group()
	if err != nil {
		return nil, err
	}
	views := make([]TraineeView, 0, len(group))
	for _, p := range group {
		runs, err := a.Results().Of(p.Trainee)
		if err != nil {
			return nil, err
		}
		views = append(views, traineeView(p, runs))
	}
	return views, nil
}

func traineeView(p simulation.Progress, runs []simulation.Kept) TraineeView {
	v := TraineeView{Name: p.Trainee, Runs: p.Runs, Average: p.Average, First: p.First, Last: p.Last, Perfect: p.Perfect,
		Time: timeTaken(p.Seconds), Finished: make([]RunView, 0, len(runs))}
	if len(p.Weak) > 0 {
		v.Weak = fmt.Sprintf("%s (−%d点)", p.Weak[0].Topic.Words(), p.Weak[0].Lost)
	}
	for i, k := range runs {
		v.Finished = append(v.Finished, RunView{Number: i + 1, At: timeWords(k.At), Title: k.Result.Title, Percent: k.Result.Percent,
			Points: fmt.Sprintf("%d / %d", k.Result.Points, k.Result.Of), Time: timeTaken(k.Result.Seconds), Keys: k.Result.Keys, Hints: k.Answers.Hints})
	}
	return v
}

// Record prints the record of one run, for trainee and trainer to sign. number
// counts from 1.
func (t *Training) Record(trainee string, number int) (PrintedView, error) {
	a, err := t.office.now()
	if err != nil {
		return PrintedView{}, err
	}
	runs, err := a.Results().Of(trainee)
	if err != nil {
		return PrintedView{}, err
	}
	if number < 1 || number > len(runs) {
		return PrintedView{}, fmt.Errorf("%w: run", errBadAnswer)
	}
	file, err := a.PrintTrainingRecord(t.office.context(), runs[number-1], "")
	if err != nil {
		return PrintedView{}, err
	}
	return t.office.toPaper(a, paper{path: file.Path, form: "training-record", title: "窓口訓練の記録", pages: file.Pages,
		job: counter.PrintJob{Path: file.Path, Title: "訓練の記録"}}), nil
}

// Table writes every run of every trainee as a table for a spreadsheet, into the
// folder of training, and answers with its path.
func (t *Training) Table() (string, error) {
	a, err := t.office.now()
	if err != nil {
		return "", err
	}
	group, err := a.Results().Group()
	if err != nil {
		return "", err
	}
	var runs []simulation.Kept
	for _, p := range group {
		own, err := a.Results().Of(p.Trainee)
		if err != nil {
			return "", err
		}
		runs = append(runs, own...)
	}
	folder := t.office.folder().Simulation()
	if err := makeFolder(string(folder)); err != nil {
		return "", err
	}
	path := filepath.Join(string(folder), "results-"+a.Now().Format("20060102-150405")+".csv")
	return path, a.WriteResults(runs, path)
}

// Forget deletes everything that is stored of a trainee.
func (t *Training) Forget(trainee string) ([]TraineeView, error) {
	a, err := t.office.now()
	if err != nil {
		return nil, err
	}
	if err := a.Results().Delete(trainee); err != nil {
		return nil, err
	}
	return t.Results()
}
