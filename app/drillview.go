package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"madoguchi/app/simulation"
	"madoguchi/rules"
)

// lowerRow has the keys for what can be done at an event; no question uses them.
const lowerRow = "ZXCV"

// DrillView is a running drill as the window shows it.
type DrillView struct {
	On       bool             `json:"on"`
	Title    string           `json:"title"`
	Trainee  string           `json:"trainee"`
	Opening  string           `json:"opening"` // what the visitor says first
	Said     []SaidView       `json:"said"`    // oldest first
	Seen     []SeenView       `json:"seen"`    // on the card's face and in the official terminal
	Answers  []Answer         `json:"answers"` // what asking revealed so far
	Askable  []ChoiceView     `json:"askable"` // every question that could be put, Value being its key
	Bag      []string         `json:"bag"`     // what lies on the counter, in words
	Events   []DrillEventView `json:"events"`
	Papers   []ChoiceView     `json:"papers"`   // that can be asked for, Value being the id
	Outcomes []ChoiceView     `json:"outcomes"` // that can be told
	PINs     []ChoiceView     `json:"pins"`     // the four, Value being the kind
	Entries  []ChoiceView     `json:"entries"`  // how a PIN comes in
	Notice   string           `json:"notice"`   // a hint, or what the card answered
	Hints    int              `json:"hints"`
	Stated   bool             `json:"stated"`
	Paused   bool             `json:"paused"`
	Printed  bool             `json:"printed"`
	Hand     bool             `json:"hand"` // a letter was made or queued, and nobody said yet to whom it goes
	Minutes  int              `json:"minutes"`
	Queue    QueueView        `json:"queue"`
}

// SaidView is a question with what the visitor said to it.
type SaidView struct {
	Question string `json:"question"`
	Words    string `json:"words"`
}

// SeenView is a fact nobody has to be asked for.
type SeenView struct {
	Label string `json:"label"`
	Words string `json:"words"`
}

// DrillEventView is something that happened, and what can be done about it.
type DrillEventView struct {
	ID        string       `json:"id"`
	Says      string       `json:"says"`
	Responses []ChoiceView `json:"responses"`
	Met       string       `json:"met"` // what was done; empty: nothing yet
}

func emptyDrill() DrillView {
	return DrillView{Said: []SaidView{}, Seen: []SeenView{}, Answers: []Answer{}, Askable: []ChoiceView{}, Bag: []string{},
		Events: []DrillEventView{}, Papers: []ChoiceView{}, Outcomes: []ChoiceView{}, PINs: []ChoiceView{}, Entries: []ChoiceView{}}
}

// view is the drill as it stands; only while mu is held.
func (r *drill) view(a actions) DrillView {
	v := emptyDrill()
	v.On, v.Title, v.Trainee = true, r.scenario.Title, r.choice.Trainee
	v.Opening, v.Said, v.Notice = rules.PlainText(r.run.Opening()), slices.Clone(r.said), r.notice
	v.Stated, v.Paused, v.Printed, v.Hand = r.stated, r.paused, r.printed, r.letter && r.handed == ""
	v.Minutes, v.Queue, v.Hints = int(a.Now().Sub(r.began).Minutes()), r.line.view(a.Now()), r.run.Hints()
	v.Seen, v.Answers = r.seen(), r.answers(a)
	for _, key := range askableKeys() {
		if putToVisitor(key) {
			v.Askable = append(v.Askable, ChoiceView{Key: "ask", Value: key, Label: simulation.KeyWords(r.set, key)})
		}
	}
	for _, p := range r.run.Bag() {
		v.Bag = append(v.Bag, p.Title())
	}
	for _, e := range r.events {
		v.Events = append(v.Events, r.eventView(e))
	}
	for _, p := range r.papers {
		v.Papers = append(v.Papers, ChoiceView{Key: "paper", Value: p.ID, Label: p.Words})
	}
	v.Outcomes, v.PINs, v.Entries = statementChoices()
	return v
}

// putToVisitor reports whether a key is asked of the visitor, not seen.
func putToVisitor(key string) bool {
	for _, seen := range []string{"card.", "certificates.", "pins.", "procedure", "visit", "booked"} {
		if key == seen || strings.HasSuffix(seen, ".") && strings.HasPrefix(key, seen) {
			return false
		}
	}
	return key != "visitor.kind" && key != "letter.validUntil"
}

// seen says what the card's face and the official terminal show, in few words.
func (r *drill) seen() []SeenView {
	seen, views := r.run.Seen(), []SeenView{}
	labels := [][2]string{{"visit", "来庁"}, {"letter.validUntil", "照会書の回答期限"}, {"card.kind", "カードの種類"}, {"card.state", "カードの状態"},
		{"card.faceFull", "追記欄"}, {"card.chipMatchesFace", "ICチップと券面"}, {"certificates.signature.state", "署名用電子証明書"}}
	short := map[string]string{"card.faceFull=yes": "いっぱい", "card.faceFull=no": "空きあり", "card.chipMatchesFace=yes": "一致",
		"card.chipMatchesFace=no": "違う", "visit=0": "電話"}
	for _, label := range labels {
		value, known := seen[label[0]]
		if !known || label[0] == "visit" && value == "1" {
			continue
		}
		words := cmp.Or(short[label[0]+"="+value], simulation.ValueWords(r.set, label[0], value))
		views = append(views, SeenView{Label: label[1], Words: words})
	}
	return views
}

// answers are the revealed facts that the desk has a question for, in its order.
func (r *drill) answers(a actions) []Answer {
	revealed := r.run.Revealed()
	out := []Answer{}
	for _, key := range askableKeys() {
		value, known := revealed[key]
		if _, asked := a.Question(r.scenario.Municipality, key); known && asked {
			out = append(out, Answer{Key: key, Value: value})
		}
	}
	return out
}

// eventView lists the responses in an order that says nothing of which is right.
func (r *drill) eventView(e simulation.Event) DrillEventView {
	v := DrillEventView{ID: e.ID, Says: rules.PlainText(strings.Join(e.Says, " ")), Responses: []ChoiceView{}, Met: r.met[e.ID]}
	for _, known := range e.Responses {
		v.Responses = append(v.Responses, ChoiceView{Key: e.ID, Value: known.ID, Label: known.Label})
	}
	slices.SortFunc(v.Responses, func(a, b ChoiceView) int { return cmp.Compare(a.Label, b.Label) })
	for i := range v.Responses {
		v.Responses[i].Code, v.Responses[i].Cap = keyOf(lowerRow, i)
	}
	return v
}

func statementChoices() (outcomes, pins, entries []ChoiceView) {
	for _, o := range simulation.Outcomes() {
		outcomes = append(outcomes, ChoiceView{Key: "outcome", Value: string(o), Label: simulation.OutcomeWords(o)})
	}
	for _, k := range rules.PINKinds() {
		pins = append(pins, ChoiceView{Key: "pin", Value: string(k), Label: pinLabel(k)})
	}
	entries = []ChoiceView{{Key: "entry", Value: "", Label: "なし"}}
	for _, e := range []rules.PINEntry{rules.EntryAtCounter, rules.EntryInLetter, rules.EntrySetNew} {
		entries = append(entries, ChoiceView{Key: "entry", Value: string(e), Label: shortEntry(e)})
	}
	return outcomes, pins, entries
}

func shortEntry(e rules.PINEntry) string {
	words := map[rules.PINEntry]string{rules.EntryAtCounter: "窓口で入力", rules.EntryInLetter: "回答書に記入", rules.EntrySetNew: "新しく設定"}
	return words[e]
}

// StatementInput is what the trainee tells the visitor.
type StatementInput struct {
	Outcome  string      `json:"outcome"`
	Papers   []PaperTold `json:"papers"`
	PINs     []Answer    `json:"pins"` // Key a kind of PIN, Value how it comes in
	Visits   int         `json:"visits"`
	Letter   bool        `json:"letter"`
	Deadline string      `json:"deadline"` // YYYY-MM-DD or empty
	Accepted []string    `json:"accepted"` // of the bag
}

// PaperTold is a paper asked for, so many times.
type PaperTold struct {
	ID    string `json:"id"`
	Count int    `json:"count"`
}

// statement understands what was said; what is not on the lists is refused.
func (r *drill) statement(in StatementInput) (simulation.Statement, error) {
	s := simulation.Statement{Outcome: rules.Outcome(in.Outcome), Papers: []simulation.Paper{}, PINs: []simulation.PIN{}, Visits: in.Visits, Letter: in.Letter}
	if !slices.Contains(simulation.Outcomes(), s.Outcome) || len(in.Papers) > mostPapers || len(in.PINs) > len(rules.PINKinds()) {
		return s, fmt.Errorf("%w: statement", errBadAnswer)
	}
	for _, told := range in.Papers {
		at := slices.IndexFunc(r.papers, func(p simulation.PaperChoice) bool { return p.ID == told.ID })
		if at < 0 || told.Count < 1 || told.Count > mostPapers {
			return s, fmt.Errorf("%w: paper", errBadAnswer)
		}
		for range told.Count {
			s.Papers = append(s.Papers, r.papers[at].Paper)
		}
	}
	for _, pin := range in.PINs {
		p := simulation.PIN{Kind: rules.PINKind(pin.Key), Entry: rules.PINEntry(pin.Value)}
		if !slices.Contains(rules.PINKinds(), p.Kind) || shortEntry(p.Entry) == "" {
			return s, fmt.Errorf("%w: PIN", errBadAnswer)
		}
		s.PINs = append(s.PINs, p)
	}
	for _, p := range r.run.Bag() {
		if slices.Contains(in.Accepted, p.Title()) {
			s.Accepted = append(s.Accepted, p.Title())
		}
	}
	if in.Deadline == "" {
		return s, nil
	}
	day, err := rules.ParseDate(in.Deadline)
	if err != nil {
		return s, fmt.Errorf("%w: %w", errBadAnswer, err)
	}
	s.Deadline = day
	return s, nil
}

// papersTaken are the papers of the bag that the trainee accepted.
func (r *drill) papersTaken(s simulation.Statement) []rules.Paper {
	taken := []rules.Paper{}
	for _, p := range r.run.Bag() {
		if slices.Contains(s.Accepted, p.Title()) {
			taken = append(taken, p.Paper)
		}
	}
	return taken
}
