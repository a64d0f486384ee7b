package counter

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"madoguchi/app/history"
	"madoguchi/rules"
)

// Person is a holder or an agent as a letter file names them (contracts §5).
// The name is kept exactly as written.
type Person = history.Person

// CaseInput is what opens a case.
type CaseInput struct {
	Situation rules.Situation
	Holder    Person
	Agent     Person
	Memo      string
}

// ParseCase reads a case file (contracts §5). An unknown key is refused. The
// error is an *InputError.
func ParseCase(name string, data []byte) (CaseInput, error) {
	var file struct {
		Situation json.RawMessage `json:"situation"`
		Holder    Person          `json:"holder"`
		Agent     Person          `json:"agent"`
		Memo      string          `json:"memo"`
	}
	if err := rules.DecodeStrict(data, &file); err != nil {
		return CaseInput{}, &InputError{Name: name, Err: fmt.Errorf("reading case: %w", err)}
	}
	if len(file.Situation) == 0 {
		return CaseInput{}, &InputError{Name: name, Err: errNoSituation}
	}
	situations, list, err := ParseSituations(name, onItsLine(data, file.Situation))
	if err != nil {
		return CaseInput{}, err
	}
	if list {
		return CaseInput{}, &InputError{Name: name, Err: errOneSituation}
	}
	return CaseInput{Situation: situations[0], Holder: file.Holder, Agent: file.Agent, Memo: file.Memo}, nil
}

// onItsLine puts as many line breaks before a part of a file as stand before it
// there, so that faults in it are told with the file's line.
func onItsLine(file, part []byte) []byte {
	before := file[:max(bytes.Index(file, part), 0)]
	return append(bytes.Repeat([]byte("\n"), bytes.Count(before, []byte("\n"))), part...)
}

var (
	errNoSituation  = errors.New(`key "situation" is missing`)
	errOneSituation = errors.New("a case has one situation, not a list")
)

// CaseLine is a case as lists show it: no person.
type CaseLine struct {
	CaseNumber   string           `json:"caseNumber"`
	State        string           `json:"state"`
	Procedure    rules.Procedures `json:"procedure"`
	OpenedOn     rules.Date       `json:"openedOn"`
	ReplyBy      rules.Date       `json:"replyBy"`
	LetterMadeOn rules.Date       `json:"letterMadeOn,omitzero"`
	MailedOn     rules.Date       `json:"mailedOn,omitzero"`
	LetterCode   string           `json:"letterCode,omitempty"` // in the code on the letter that counts
}

// CaseEvent is one line of a case's history.
type CaseEvent struct {
	Kind     string `json:"kind"`  // opened, decided, printed, mailed, …
	State    string `json:"state"` // of the case, afterwards
	At       string `json:"at"`    // RFC 3339
	Operator string `json:"operator"`
	Version  string `json:"version"`
	Edition  string `json:"edition"` // of the rule set
	Note     string `json:"note"`
}

// Case is a case with its people and its history.
type Case struct {
	CaseLine
	Situation rules.Situation `json:"situation"`
	Plan      rules.Plan      `json:"plan"` // as it was told last
	Holder    Person          `json:"holder"`
	Agent     Person          `json:"agent"`
	Memo      string          `json:"memo"`
	Next      []string        `json:"next"` // states it can move to
	Events    []CaseEvent     `json:"events"`
}

// CaseFilter chooses cases. Its zero value chooses all.
type CaseFilter struct {
	State string           // a case state, or empty
	Due   bool             // only those whose reply is due or overdue
	List  history.ListName // one of the history's lists, where Due is not asked for
}

// UnsaidError means that a case is stored and only its number could not be handed
// to whoever waits for it.
type UnsaidError struct {
	Number string
	Err    error
}

func (e *UnsaidError) Error() string { return fmt.Sprintf("case %s is stored: %v", e.Number, e.Err) }

// Unwrap gives the reason.
func (e *UnsaidError) Unwrap() error { return e.Err }

// SaveCase stores a case as OpenCase does, and moves it to decided when nothing
// was left to ask: the visitor has been told. Both are stored, or neither.
func (c *Counter) SaveCase(ctx context.Context, in CaseInput) (string, error) {
	return c.addCase(ctx, in, func(plan rules.Plan) bool { return plan.Outcome != rules.NeedAnswers })
}

// OpenCase decides the situation and stores a case, opened, with the plan as it
// is told. It answers with the case number once that is safely on the disk.
func (c *Counter) OpenCase(ctx context.Context, in CaseInput) (string, error) {
	return c.addCase(ctx, in, func(rules.Plan) bool { return false })
}

func (c *Counter) addCase(ctx context.Context, in CaseInput, decided func(rules.Plan) bool) (string, error) {
	in.Situation = c.completed(in.Situation)
	plan, err := c.Decide(in.Situation)
	if err != nil {
		return "", err
	}
	store, err := c.writing(ctx)
	if err != nil {
		return "", err
	}
	situation, err := json.Marshal(in.Situation)
	if err != nil {
		return "", fmt.Errorf("writing situation: %w", err)
	}
	told, err := json.Marshal(plan)
	if err != nil {
		return "", fmt.Errorf("writing plan: %w", err)
	}
	number, err := store.Add(ctx, history.NewCase{Situation: situation, Plan: told, Holder: someone(in.Holder), Agent: someone(in.Agent),
		Memo: in.Memo, Decided: decided(plan)})
	return string(number), err
}

// someone is a person to keep; one that nobody named is not kept.
func someone(p Person) *Person {
	if p.Name == "" && p.Kana == "" && p.Alias == "" && p.Postcode == "" && len(p.Address) == 0 && p.BirthDate.IsZero() && p.Phone == "" {
		return nil
	}
	return &p
}

// changing opens the history to write and reads the number of the case that is
// about to change.
func (c *Counter) changing(ctx context.Context, number string) (*history.Store, history.Number, error) {
	store, err := c.writing(ctx)
	if err != nil {
		return nil, "", err
	}
	n, err := history.ParseNumber(number)
	return store, n, err
}

// PrintedCase records what was printed for a case: checklist, letter, label, slip.
func (c *Counter) PrintedCase(ctx context.Context, number, what string, p Printed) error {
	store, n, err := c.changing(ctx, number)
	if err != nil {
		return err
	}
	return store.Printed(ctx, n, what, p.Pages)
}

// AdvanceCase moves a case along its life (contracts §1); to is a case state. A
// letter that is made gets the office's days for the reply, when it set any.
func (c *Counter) AdvanceCase(ctx context.Context, number, to string) error {
	var replyBy rules.Date
	if history.State(to) == history.LetterMade && c.settings.ReplyDays > 0 {
		replyBy = c.Today() + rules.Date(c.settings.ReplyDays)
	}
	return c.AdvanceCaseUntil(ctx, number, to, replyBy)
}

// AdvanceCaseUntil is AdvanceCase with the day by which the letter is to come
// back; none where it is zero.
func (c *Counter) AdvanceCaseUntil(ctx context.Context, number, to string, replyBy rules.Date) error {
	state, err := parseState(to)
	if err != nil {
		return err
	}
	return c.StepCase(ctx, number, history.Step{To: state, ReplyBy: replyBy})
}

// StepCase moves a case and keeps what was asked and told on the occasion.
func (c *Counter) StepCase(ctx context.Context, number string, step history.Step) error {
	store, n, err := c.changing(ctx, number)
	if err != nil {
		return err
	}
	_, err = store.Advance(ctx, n, step)
	return err
}

// parseState reads a case state; the error is a *history.Refusal.
func parseState(word string) (history.State, error) {
	state, err := history.ParseState(word)
	if err != nil {
		return "", &history.Refusal{Reason: history.UnknownState, Text: word}
	}
	return state, nil
}

// Cases lists cases, newest first, those that are due in the order of their days.
func (c *Counter) Cases(ctx context.Context, f CaseFilter) ([]CaseLine, error) {
	q := history.Query{List: f.List, Limit: -1}
	if f.Due {
		q.List = history.Due
	}
	if f.State != "" {
		state, err := parseState(f.State)
		if err != nil {
			return nil, err
		}
		q.State = state
	}
	return c.findCases(ctx, q)
}

// SearchCases finds cases by number, any two or more characters of a name, or birth date.
func (c *Counter) SearchCases(ctx context.Context, text string) ([]CaseLine, error) {
	return c.findCases(ctx, history.Query{Text: strings.TrimSpace(text), Limit: -1})
}

func (c *Counter) findCases(ctx context.Context, q history.Query) ([]CaseLine, error) {
	store, err := c.looking(ctx)
	if err != nil || store == nil {
		return []CaseLine{}, err
	}
	found, err := store.Find(ctx, q)
	if err != nil {
		return nil, err
	}
	lines := make([]CaseLine, 0, len(found))
	for _, s := range found {
		lines = append(lines, CaseLineOf(s))
	}
	return lines, nil
}

// CaseLineOf is a case of the history as lists show it.
func CaseLineOf(s history.Summary) CaseLine {
	return CaseLine{CaseNumber: string(s.CaseNumber), State: string(s.State), Procedure: s.Procedure, OpenedOn: s.OpenedOn, ReplyBy: s.ReplyBy,
		LetterMadeOn: s.LetterMadeOn, MailedOn: s.MailedOn, LetterCode: s.LetterCode}
}

// Case gives one case with its people and events.
func (c *Counter) Case(ctx context.Context, number string) (Case, error) {
	n, err := history.ParseNumber(number)
	if err != nil {
		return Case{}, err
	}
	store, err := c.looking(ctx)
	if err != nil {
		return Case{}, err
	}
	if store == nil {
		return Case{}, &history.Refusal{Reason: history.NoSuchCase, Number: n}
	}
	kept, err := store.Show(ctx, n)
	if err != nil {
		return Case{}, err
	}
	return caseOf(kept)
}

// caseOf opens what was kept. What a purge took away stays empty.
func caseOf(kept history.Case) (Case, error) {
	out := Case{CaseLine: CaseLineOf(kept.Summary), Memo: kept.Memo, Next: make([]string, 0, len(kept.Next)), Events: make([]CaseEvent, 0, len(kept.Events))}
	for _, part := range []struct {
		data json.RawMessage
		into any
	}{{kept.Situation, &out.Situation}, {kept.Plan, &out.Plan}} {
		if len(part.data) == 0 {
			continue
		}
		if err := json.Unmarshal(part.data, part.into); err != nil {
			return Case{}, fmt.Errorf("reading case %s: %w", kept.CaseNumber, err)
		}
	}
	if kept.Holder != nil {
		out.Holder = *kept.Holder
	}
	if kept.Agent != nil {
		out.Agent = *kept.Agent
	}
	for _, s := range kept.Next {
		out.Next = append(out.Next, string(s))
	}
	for _, e := range kept.Events {
		out.Events = append(out.Events, CaseEvent{Kind: string(e.Kind), State: string(e.State), At: e.At, Operator: e.Operator,
			Version: e.Program, Edition: e.Edition, Note: e.Detail})
	}
	return out, nil
}
