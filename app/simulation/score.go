package simulation

import (
	"fmt"
	"slices"

	"madoguchi/rules"
)

// Verdict is what a line of a score says.
type Verdict string

// The verdicts.
const (
	Right    Verdict = "right"
	Missing  Verdict = "missing"  // needed and not told
	TooMuch  Verdict = "too-much" // told and not needed
	Wrong    Verdict = "wrong"    // told, but something else is so
	Penalty  Verdict = "penalty"  // something that must not happen at a counter
	NotAsked Verdict = "not-asked"
)

// Line is one line of a debrief.
type Line struct {
	Topic   Topic          `json:"topic"`
	Verdict Verdict        `json:"verdict"`
	Points  int            `json:"points"`
	Of      int            `json:"of"` // what could be had
	Text    string         `json:"text"`
	Sources []rules.Source `json:"sources"`
}

// Topic is what a line is about.
type Topic string

// The topics.
const (
	TopicOutcome  Topic = "outcome"
	TopicPaper    Topic = "paper"
	TopicPIN      Topic = "pin"
	TopicVisits   Topic = "visits"
	TopicLetter   Topic = "letter"
	TopicDeadline Topic = "deadline"
	TopicBag      Topic = "bag"
	TopicEvent    Topic = "event"
	TopicQuestion Topic = "question"
	TopicTry      Topic = "try"
	TopicHint     Topic = "hint"
	TopicPrint    Topic = "print"
	TopicClose    Topic = "close"
)

// What each line is worth, and what each fault costs.
const (
	worthOutcome  = 20
	worthPaper    = 10
	worthPIN      = 5
	worthVisits   = 10
	worthLetter   = 10
	worthDeadline = 5
	worthBag      = 5
	worthEvent    = 10
	worthDone     = 5

	costTooMuch     = 5
	costNeedless    = 2
	costNotAsked    = 3
	costTry         = 15
	costLocked      = 20
	costWrongPerson = 20
	costHint        = 3
)

// Result is the score of one run.
type Result struct {
	Scenario ScenarioID `json:"scenario"`
	Title    string     `json:"title"`
	Edition  string     `json:"edition"` // of the rule set that judged
	Seed     int64      `json:"seed"`
	Points   int        `json:"points"` // never below 0
	Of       int        `json:"of"`
	Percent  int        `json:"percent"`
	Perfect  bool       `json:"perfect"`
	Lines    []Line     `json:"lines"`
	Teaches  string     `json:"teaches"`
	Expected Statement  `json:"expected"`
	Seconds  int        `json:"seconds"`
	Keys     int        `json:"keystrokes"`
}

// judge collects the lines of one score.
type judge struct {
	set   Decider
	truth truth
	plan  rules.Plan
	given Answers
	lines []Line
}

// Score judges answers by a rule set. The error is a scenario that cannot be
// decided: what [Check] names.
func Score(set Decider, s *Scenario, given Answers) (Result, error) {
	t, err := s.truthOf(given.Seed)
	if err != nil {
		return Result{}, err
	}
	before, later := s.happened(given)
	t = t.after(before).locking(given.Locked)
	situation, err := t.situation()
	if err != nil {
		return Result{}, err
	}
	j := &judge{set: set, truth: t, plan: set.Decide(situation), given: given}
	j.questions()
	j.statement()
	j.bag()
	j.events(append(before, later...))
	j.conduct()
	return j.result(), nil
}

// happened tells the events that came before the statement from those after it.
func (s *Scenario) happened(given Answers) (before, later []Event) {
	for _, e := range s.Events {
		switch {
		case e.After == AfterStatement:
			later = append(later, e)
		case e.After == AfterCard || slices.Contains(given.Asked, e.After):
			before = append(before, e)
		}
	}
	return before, later
}

func (j *judge) add(topic Topic, v Verdict, points, of int, sources []rules.Source, format string, args ...any) {
	once := []rules.Source{} // several reasons may rest on the same lines
	for _, s := range sources {
		if !slices.Contains(once, s) {
			once = append(once, s)
		}
	}
	j.lines = append(j.lines, Line{Topic: topic, Verdict: v, Points: points, Of: of, Text: fmt.Sprintf(format, args...), Sources: once})
}

// firm reports whether papers have to be named: where the source is silent or the
// matter ends here, a trainee need not name any.
func (j *judge) firm() bool {
	return j.plan.Outcome == rules.Proceed || j.plan.Outcome == rules.VisitAgain
}

func (j *judge) statement() {
	said := j.given.Statement
	if said == nil {
		said = &Statement{Outcome: "", Visits: -1}
	}
	want := StatementOf(j.plan)
	j.outcome(want, *said)
	if !j.firm() {
		j.extras(want, *said)
		return
	}
	j.papers(want, *said)
	j.pins(want, *said)
	j.visits(want, *said)
	j.letter(want, *said)
	j.deadline(want, *said)
}

func (j *judge) outcome(want, said Statement) {
	var sources []rules.Source
	for _, r := range j.plan.Reasons {
		sources = append(sources, r.Sources...)
	}
	if said.Outcome == want.Outcome {
		j.add(TopicOutcome, Right, worthOutcome, worthOutcome, sources, "ご案内の結論: %s", OutcomeWords(want.Outcome))
		return
	}
	j.add(TopicOutcome, Wrong, 0, worthOutcome, sources, "ご案内の結論は「%s」です (回答: %s)", OutcomeWords(want.Outcome), OutcomeWords(said.Outcome))
}

func (j *judge) papers(want, said Statement) {
	right, missing, extra := compareAtoms(atomsOf(want.Papers), atomsOf(said.Papers))
	for _, a := range right {
		j.add(TopicPaper, Right, worthPaper, worthPaper, j.paperSources(a), "%s", a.words())
	}
	for _, a := range missing {
		j.add(TopicPaper, Missing, 0, worthPaper, j.paperSources(a), "必要な書類を伝えていません: %s", a.words())
	}
	j.tooMuch(extra)
}

// extras judges papers and PINs where nothing needs to be named: what the plan
// does not know either is too much.
func (j *judge) extras(want, said Statement) {
	_, _, extra := compareAtoms(atomsOf(want.Papers), atomsOf(said.Papers))
	j.tooMuch(extra)
	for _, p := range said.PINs {
		if !slices.Contains(want.PINs, p) {
			j.add(TopicPIN, TooMuch, -costTooMuch, 0, nil, "暗証番号の案内が違います: %s", p.words())
		}
	}
}

func (j *judge) tooMuch(extra []atom) {
	for _, a := range extra {
		j.add(TopicPaper, TooMuch, -costTooMuch, 0, nil, "求めなくてよい書類です: %s", a.words())
	}
}

// paperSources finds what an atom rests on in the plan.
func (j *judge) paperSources(a atom) []rules.Source {
	for _, r := range j.plan.Requirements {
		if slices.Contains(atomsOf([]Paper{{r.Of, r.AnyOf}}), a) {
			return r.Sources
		}
	}
	return nil
}

func (j *judge) pins(want, said Statement) {
	for _, p := range want.PINs {
		if slices.Contains(said.PINs, p) {
			j.add(TopicPIN, Right, worthPIN, worthPIN, j.pinSources(p.Kind), "%s", p.words())
			continue
		}
		j.add(TopicPIN, Missing, 0, worthPIN, j.pinSources(p.Kind), "暗証番号の案内がありません: %s", p.words())
	}
	for _, p := range said.PINs {
		if !slices.Contains(want.PINs, p) {
			j.add(TopicPIN, TooMuch, -costTooMuch, 0, nil, "暗証番号の案内が違います: %s", p.words())
		}
	}
}

func (j *judge) pinSources(kind rules.PINKind) []rules.Source {
	for _, p := range j.plan.PINs {
		if p.Kind == kind {
			return p.Sources
		}
	}
	return nil
}

func (j *judge) visits(want, said Statement) {
	if said.Visits == want.Visits {
		j.add(TopicVisits, Right, worthVisits, worthVisits, nil, "来庁は%d回です", want.Visits)
		return
	}
	j.add(TopicVisits, Wrong, 0, worthVisits, nil, "来庁は%d回です (回答: %d回)", want.Visits, max(said.Visits, 0))
}

func (j *judge) letter(want, said Statement) {
	var sources []rules.Source
	for _, l := range j.plan.Letters {
		sources = append(sources, l.Sources...)
	}
	words := map[bool]string{true: "照会書の郵送が要ります", false: "照会書の郵送は要りません"}
	if said.Letter == want.Letter && j.given.Statement != nil {
		j.add(TopicLetter, Right, worthLetter, worthLetter, sources, "%s", words[want.Letter])
		return
	}
	j.add(TopicLetter, Wrong, 0, worthLetter, sources, "%s", words[want.Letter])
}

// deadline takes any day of the plan that is still to come.
func (j *judge) deadline(want, said Statement) {
	if want.Deadline.IsZero() {
		if !said.Deadline.IsZero() {
			j.add(TopicDeadline, TooMuch, -costTooMuch, 0, nil, "この手続に期限の案内はありません (回答: %s)", rules.InWords(said.Deadline))
		}
		return
	}
	for _, d := range j.plan.Dates {
		if d.Date == said.Deadline && d.Date >= j.plan.On {
			j.add(TopicDeadline, Right, worthDeadline, worthDeadline, d.Sources, "期日: %s", rules.InWords(d.Date))
			return
		}
	}
	j.add(TopicDeadline, Missing, 0, worthDeadline, nil, "期日の案内がありません: %s", rules.InWords(want.Deadline))
}

func (j *judge) result() Result {
	s := j.truth.scenario
	r := Result{Scenario: s.ID, Title: s.Title, Edition: j.plan.Edition, Seed: j.given.Seed, Lines: j.lines, Teaches: s.Teaches,
		Expected: StatementOf(j.plan), Seconds: j.given.Seconds, Keys: j.given.Keys}
	for _, l := range j.lines {
		r.Points += l.Points
		r.Of += l.Of
	}
	r.Perfect = r.Points == r.Of
	r.Points = max(r.Points, 0)
	if r.Of > 0 {
		r.Percent = r.Points * 100 / r.Of
	}
	return r
}
