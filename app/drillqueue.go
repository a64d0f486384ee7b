package app

import (
	"time"

	"madoguchi/app/simulation"
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
	library, err := a.Scenarios()
	if err != nil {
		return queue{}, err
	}
	if c.Visitors > 0 {
		return queue{title: "列で練習", clock: true, visits: library.Queue(c.Visitors, c.Level, c.Every, c.Seed)}, nil
	}
	s, err := library.Find(simulation.ScenarioID(c.Scenario))
	if err != nil {
		return queue{}, err
	}
	return queue{visits: []simulation.Visit{{Scenario: s.ID, Seed: c.Seed}}}, nil
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
