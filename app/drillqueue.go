package app

import (
	"fmt"
	"strings"
	"time"

	"madoguchi/app/simulation"
	"madoguchi/rules"
)

// queue is the visitors of a drill, one or many, and whose turn it is.
type queue struct {
	title  string
	visits []simulation.Visit
	at     int
	opened time.Time
	clock  bool // visitors arrive while others are served
	limit  time.Duration
}

// queueOf is the visitors that a trainer chose: a course, a queue, or one.
func queueOf(a driller, c DrillChoice) (queue, error) {
	if c.Course != "" {
		return courseQueue(a, c)
	}
	if rest, found := strings.CutPrefix(c.Scenario, exercises); found {
		return exerciseQueue(a, rest, c.Seed)
	}
	if c.Visitors > 0 {
		library, err := a.Scenarios()
		if err != nil {
			return queue{}, err
		}
		return queue{title: "続けて受付", clock: true, visits: library.Queue(c.Visitors, c.Level, c.Every, c.Seed)}, nil
	}
	s, _, err := a.Scenario(c.Scenario)
	if err != nil {
		return queue{}, err
	}
	return queue{visits: []simulation.Visit{{Scenario: s.ID, Seed: c.Seed}}}, nil
}

// exercises begins the name of all exercises of a rule set for one procedure:
// exercises/<municipality>/<procedures>. The seed chooses among them.
const exercises = "exercises/"

func exerciseQueue(a driller, group string, seed int64) (queue, error) {
	m, procedure, _ := strings.Cut(group, "/")
	drawn, err := a.Exercises(rules.MunicipalityID(m))
	if err != nil {
		return queue{}, err
	}
	var of []simulation.Visit
	for _, s := range drawn {
		if proceduresOf(s) == procedure {
			of = append(of, simulation.Visit{Scenario: s.ID})
		}
	}
	if len(of) == 0 {
		return queue{}, fmt.Errorf("%w: %q", simulation.ErrNoScenario, group)
	}
	at := int(uint64(seed) % uint64(len(of)))
	return queue{visits: of[at : at+1]}, nil
}

// proceduresOf are a scenario's procedures as one word.
func proceduresOf(s *simulation.Scenario) string {
	words := make([]string, len(s.Procedure))
	for i, p := range s.Procedure {
		words[i] = string(p)
	}
	return strings.Join(words, "|")
}

func courseQueue(a driller, c DrillChoice) (queue, error) {
	courses, err := a.Courses()
	if err != nil {
		return queue{}, err
	}
	course, err := simulation.FindCourse(courses, c.Course)
	if err != nil {
		return queue{}, err
	}
	q := queue{title: course.Title, limit: time.Duration(course.Minutes) * time.Minute}
	for _, id := range course.Scenarios {
		q.visits = append(q.visits, simulation.Visit{Scenario: id, Seed: c.Seed})
	}
	return q, nil
}

// current is the visitor whose turn it is.
func (q queue) current() (simulation.Visit, bool) {
	if q.at >= len(q.visits) {
		return simulation.Visit{}, false
	}
	return q.visits[q.at], true
}

// waiting counts who has arrived and is not served yet, whose turn it is left out.
func (q queue) waiting(now time.Time) int {
	if !q.clock {
		return 0
	}
	n := 0
	for _, v := range q.visits[min(q.at+1, len(q.visits)):] {
		if time.Duration(v.ArrivesS)*time.Second <= now.Sub(q.opened) {
			n++
		}
	}
	return n
}

// QueueView is a course or a queue as the window shows it.
type QueueView struct {
	Title   string `json:"title"` // empty: one visitor alone
	Number  int    `json:"number"`
	Of      int    `json:"of"`
	Waiting int    `json:"waiting"`
	Minutes int    `json:"minutes"` // since the first visitor came
	Limit   int    `json:"limit"`   // minutes for the course; 0: no clock
}

func (q queue) view(now time.Time) QueueView {
	return QueueView{Title: q.title, Number: q.at + 1, Of: len(q.visits), Waiting: q.waiting(now),
		Minutes: int(now.Sub(q.opened) / time.Minute), Limit: int(q.limit / time.Minute)}
}
