package simulation

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"madoguchi/rules"
)

// Run is one visit played by a trainee. It reveals a fact when it is asked for,
// counts what was done, and stops its clock while it is paused. Times are handed
// in; a Run is for one goroutine.
type Run struct {
	set      Decider
	scenario *Scenario
	truth    truth
	answers  Answers
	started  time.Time
	paused   time.Time     // zero: running
	pauses   time.Duration // all pauses so far
	cardRead bool
	finished bool
}

// Errors of a run.
var (
	ErrFinished  = errors.New("the run is finished")
	ErrPaused    = errors.New("the run is paused")
	ErrNoEvent   = errors.New("no such event or response")
	ErrNotStated = errors.New("nothing was told to the visitor yet")
)

// Start begins a run. The seed chooses among the scenario's variants and
// wordings; seed 0 is the scenario as it stands.
func Start(set Decider, s *Scenario, trainee string, seed int64, now time.Time) (*Run, error) {
	t, err := s.truthOf(seed)
	if err != nil {
		return nil, err
	}
	return &Run{set: set, scenario: s, truth: t, started: now, answers: Answers{Scenario: s.ID, Seed: seed, Trainee: trainee,
		Asked: []string{}, Responses: map[string]string{}}}, nil
}

// Opening is what the visitor says first.
func (r *Run) Opening() string { return r.scenario.Opening.say(r.answers.Seed) }

// Reply is what came of a question.
type Reply struct {
	Key     string  `json:"key"`
	Answers Facts   `json:"answers"` // situation key → value for Situation.Set; empty: the visitor does not know
	Says    string  `json:"says"`    // in the visitor's words
	Events  []Event `json:"events"`
}

// Ask puts a question to the visitor. A key the scenario has no fact for is
// answered with 「わかりません」 and no answer.
func (r *Run) Ask(key string) (Reply, error) {
	if err := r.open(); err != nil {
		return Reply{}, err
	}
	r.truth = r.current()
	reply := Reply{Key: key, Answers: Facts{}, Says: "わかりません。", Events: []Event{}}
	var said []string
	for _, fact := range r.truth.facts.spoken() {
		if reveals(key, fact) {
			reply.Answers[fact] = r.truth.facts[fact]
			said = append(said, r.truth.words(r.set, fact, r.answers.Seed))
		}
	}
	if len(said) > 0 {
		reply.Says = strings.Join(slices.Compact(said), "")
	}
	if !slices.Contains(r.answers.Asked, key) {
		r.answers.Asked = append(r.answers.Asked, key)
		reply.Events = r.scenario.eventsAfter(key)
	}
	return reply, nil
}

// CardRead tells the run that the card was read, and answers with what happens then.
func (r *Run) CardRead() ([]Event, error) {
	if err := r.open(); err != nil {
		return nil, err
	}
	if r.cardRead {
		return []Event{}, nil
	}
	r.cardRead = true
	return r.scenario.eventsAfter(AfterCard), nil
}

// Seen is what the trainee sees without asking: the card's face, the official
// terminal, which visit it is.
func (r *Run) Seen() Facts {
	t, seen := r.current(), Facts{}
	for key, value := range t.facts {
		if t.shows(key) {
			seen[key] = value
		}
	}
	return seen
}

// Revealed is what asking has revealed so far.
func (r *Run) Revealed() Facts {
	t, out := r.current(), Facts{}
	for key, value := range t.facts {
		if slices.ContainsFunc(r.answers.Asked, func(asked string) bool { return reveals(asked, key) }) {
			out[key] = value
		}
	}
	return out
}

// Hints counts the hints that were taken.
func (r *Run) Hints() int { return r.answers.Hints }

// Types is what the visitor types when a PIN is asked for: the right one when
// they know it, else a guess of the right form.
func (r *Run) Types(kind rules.PINKind) string {
	if r.current().facts[AllPINs+"."+string(kind)] == "known" {
		return r.scenario.Card.PINValue(string(kind))
	}
	if kind == rules.PINSignature {
		return "KAKUU00"
	}
	return "0000"
}

// Bag is what lies on the counter when the papers are asked for.
func (r *Run) Bag() []BagPaper { return slices.Clone(r.truth.bag) }

// Known is the situation as far as it was revealed.
func (r *Run) Known() (rules.Situation, error) { return r.current().known(r.answers.Asked) }

// Respond says what the trainee does at an event.
func (r *Run) Respond(event, response string) error {
	if err := r.open(); err != nil {
		return err
	}
	for _, e := range r.scenario.Events {
		if e.ID != event {
			continue
		}
		for _, known := range e.Responses {
			if known.ID == response {
				r.answers.Responses[event] = response
				return nil
			}
		}
	}
	return fmt.Errorf("%w: %s/%s", ErrNoEvent, event, response)
}

// Hint names the next thing to ask, or to say when nothing is left to ask. It
// costs points.
func (r *Run) Hint() (string, error) {
	if err := r.open(); err != nil {
		return "", err
	}
	key, err := r.scenario.nextQuestion(r.set, r.answers)
	if err != nil {
		return "", err
	}
	r.answers.Hints++
	if key != "" {
		return "次に聞くこと: " + KeyWords(r.set, key), nil
	}
	if len(r.truth.bag) > 0 && r.answers.Statement == nil {
		return "持ってきた書類の有効期限・記載・状態を確かめます。", nil
	}
	return "聞くことはもうありません。ご案内を伝えます。", nil
}

// Note tells the run what was done beside the questions.
func (r *Run) Note(note Note) error {
	if err := r.open(); err != nil {
		return err
	}
	r.answers.Keys += max(note.Keys, 0)
	r.answers.Tries += max(note.Tries, 0)
	for _, kind := range note.Locked {
		if !slices.Contains(r.answers.Locked, kind) {
			r.answers.Locked = append(r.answers.Locked, kind)
		}
	}
	r.answers.Printed = r.answers.Printed || note.Printed
	r.answers.Closed = r.answers.Closed || note.Closed
	if note.HandedTo != "" {
		r.answers.HandedTo = note.HandedTo
	}
	return nil
}

// Note is what happened in the window since the last one.
type Note struct {
	Keys     int    `json:"keystrokes"`
	Tries    int    `json:"triesSpent"`
	Printed  bool   `json:"printed"`
	Closed   bool   `json:"closed"`
	HandedTo string `json:"letterHandedTo"` // holder (mailed) or visitor

	Locked []rules.PINKind `json:"locked,omitempty"` // by the tries
}

// State commits what the visitor is told; the last statement counts. It answers
// with the events that follow.
func (r *Run) State(s Statement) ([]Event, error) {
	if err := r.open(); err != nil {
		return nil, err
	}
	r.answers.Statement = &s
	return r.scenario.eventsAfter(AfterStatement), nil
}

// Pause stops the clock of the run.
func (r *Run) Pause(now time.Time) error {
	if err := r.open(); err != nil {
		return err
	}
	r.paused = now
	return nil
}

// Resume starts the clock again.
func (r *Run) Resume(now time.Time) {
	if !r.paused.IsZero() {
		r.pauses += max(now.Sub(r.paused), 0)
		r.paused = time.Time{}
	}
}

// Finish ends the run and scores it.
func (r *Run) Finish(now time.Time) (Result, Answers, error) {
	if r.finished {
		return Result{}, Answers{}, ErrFinished
	}
	r.Resume(now)
	if r.answers.Statement == nil {
		return Result{}, Answers{}, ErrNotStated
	}
	r.finished = true
	r.answers.Seconds = int(max(now.Sub(r.started)-r.pauses, 0) / time.Second)
	result, err := Score(r.set, r.scenario, r.answers)
	return result, r.answers, err
}

// Transcript is the answers so far: a draft that survives the program.
func (r *Run) Transcript() (json.RawMessage, error) {
	data, err := json.Marshal(r.answers)
	if err != nil {
		return nil, fmt.Errorf("writing answers: %w", err)
	}
	return data, nil
}

func (r *Run) open() error {
	switch {
	case r.finished:
		return ErrFinished
	case !r.paused.IsZero():
		return ErrPaused
	}
	return nil
}

// current is the truth with what the events so far have changed.
func (r *Run) current() truth {
	before, later := r.scenario.happened(r.answers)
	t, err := r.scenario.truthOf(r.answers.Seed)
	if err != nil {
		return r.truth
	}
	if r.answers.Statement != nil {
		before = append(before, later...)
	}
	return t.after(before).locking(r.answers.Locked)
}

func (s *Scenario) eventsAfter(what string) []Event {
	out := []Event{}
	for _, e := range s.Events {
		if e.After == what {
			out = append(out, e)
		}
	}
	return out
}

// words are what the visitor says to a fact; a PIN is called by its name, since one
// question asks for all of them.
func (t truth) words(set Decider, key string, seed int64) string {
	if said := t.says[key].say(seed); said != "" {
		return said
	}
	value := t.facts[key]
	plain := plainAnswer(value)
	if plain == "" {
		plain = saying(ValueWords(set, key, value))
	}
	if kind, isPIN := strings.CutPrefix(key, AllPINs+"."); isPIN {
		return pinWords(rules.PINKind(kind)) + "は、" + plain
	}
	return plain
}

func saying(words string) string {
	if words == "なし" {
		return "ありません。"
	}
	return words + "です。"
}

// plainAnswer is what a visitor says where the scenario has no words for it;
// empty where the value is a word of its question.
func plainAnswer(value string) string {
	switch value {
	case "yes":
		return "はい。"
	case "no":
		return "いいえ。"
	case "null":
		return "ありません。"
	case "known":
		return "覚えています。"
	case "forgotten":
		return "忘れました。"
	case "locked":
		return "間違えすぎて使えなくなりました。"
	case "unset":
		return "設定していません。"
	}
	if d, err := rules.ParseDate(value); err == nil {
		return rules.InWords(d) + "です。"
	}
	return ""
}
