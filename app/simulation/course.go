package simulation

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path"
	"slices"
)

//go:embed courses/*.json
var shippedCourses embed.FS

// Course is an ordered list of scenarios for an afternoon.
type Course struct {
	ID        string       `json:"id"`
	Title     string       `json:"title"`
	About     string       `json:"about"`
	Scenarios []ScenarioID `json:"scenarios"`
	Minutes   int          `json:"minutes,omitempty"` // for the whole course; 0: no clock
}

// ErrNoCourse means that no course has the name asked for.
var ErrNoCourse = errors.New("no such course")

// Courses reads the courses that come with the program and those of a folder
// (nil: none), which faults name as folder. Every scenario they name must be in
// the library: a course with a fault is left out, and the Faults say why.
func Courses(l *Library, own fs.FS, folder string) ([]Course, Faults, error) {
	shipped, err := fs.Sub(shippedCourses, "courses")
	if err != nil {
		return nil, nil, fmt.Errorf("opening the courses: %w", err)
	}
	out, faults := readCourses(l, shipped, "")
	if own != nil {
		more, wrong := readCourses(l, own, folder)
		out, faults = append(out, more...), append(faults, wrong...)
	}
	return out, faults, nil
}

func readCourses(l *Library, fsys fs.FS, folder string) ([]Course, Faults) {
	names, err := fs.Glob(fsys, "*.json")
	if err != nil {
		return nil, Faults{{Reason: err.Error()}}
	}
	slices.Sort(names)
	var faults Faults
	var out []Course
	for _, name := range names {
		c, wrong := readCourse(l, fsys, name, path.Join(folder, name))
		if faults = append(faults, wrong...); len(wrong) == 0 {
			out = append(out, c)
		}
	}
	return out, faults
}

// readCourse reads one file, which faults name as file.
func readCourse(l *Library, fsys fs.FS, name, file string) (c Course, faults Faults) {
	add := func(reason string) { faults = append(faults, Fault{File: file, Reason: reason}) }
	data, err := fs.ReadFile(fsys, name)
	if err == nil {
		err = json.Unmarshal(data, &c)
	}
	if err != nil {
		add(err.Error())
		return c, faults
	}
	for _, id := range c.Scenarios {
		if _, err := l.Find(id); err != nil {
			add(err.Error())
		}
	}
	if c.ID == "" || c.Title == "" || len(c.Scenarios) == 0 {
		add("a course has id, title and scenarios")
	}
	return c, faults
}

// FindCourse gives one course of a list; the error wraps ErrNoCourse.
func FindCourse(list []Course, id string) (Course, error) {
	for _, c := range list {
		if c.ID == id {
			return c, nil
		}
	}
	return Course{}, fmt.Errorf("%w: %q", ErrNoCourse, id)
}

// Visit is one visitor of a queue.
type Visit struct {
	Scenario ScenarioID `json:"scenario"`
	Seed     int64      `json:"seed"`
	ArrivesS int        `json:"arrivesAfterSeconds"` // after the queue opened
}

// Queue is n visitors with a clock: the same seed gives the same queue. A level
// above 0 takes scenarios up to that level only; every seconds one more arrives.
func (l *Library) Queue(n, level, every int, seed int64) []Visit {
	var pool []*Scenario
	for _, s := range l.scenarios {
		if level <= 0 || s.Level <= level {
			pool = append(pool, s)
		}
	}
	out := []Visit{}
	if len(pool) == 0 {
		return out
	}
	random := rand.New(rand.NewPCG(uint64(seed), 0x6d61646f))
	for i := range n {
		s := pool[random.IntN(len(pool))]
		out = append(out, Visit{Scenario: s.ID, Seed: int64(random.IntN(s.VariantCount())), ArrivesS: i * every})
	}
	return out
}
