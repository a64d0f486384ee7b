package counter

import (
	"context"

	"madoguchi/rules"
)

// Person is a holder or an agent as a letter file names them (contracts §5).
// The name is kept exactly as written.
type Person struct {
	Name      string     `json:"name,omitempty"`
	Postcode  string     `json:"postcode,omitempty"`
	Address   []string   `json:"address,omitempty"`
	BirthDate rules.Date `json:"birthDate,omitzero"`
	Relation  string     `json:"relation,omitempty"` // of an agent to the holder
}

// CaseInput is what opens a case.
type CaseInput struct {
	Situation rules.Situation `json:"situation"`
	Holder    Person          `json:"holder,omitzero"`
	Agent     Person          `json:"agent,omitzero"`
	Memo      string          `json:"memo,omitempty"`
}

// CaseLine is a case as lists show it: no person.
type CaseLine struct {
	CaseNumber string           `json:"caseNumber"`
	State      string           `json:"state"`
	Procedure  rules.Procedures `json:"procedure"`
	OpenedOn   rules.Date       `json:"openedOn"`
	ReplyBy    rules.Date       `json:"replyBy"`
}

// CaseEvent is one line of a case's history.
type CaseEvent struct {
	Kind     string `json:"kind"` // opened, decided, printed, mailed, …
	State    string `json:"state"`
	At       string `json:"at"` // RFC 3339
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
	Events    []CaseEvent     `json:"events"`
}

// CaseFilter chooses cases. Its zero value chooses all that are open.
type CaseFilter struct {
	State string // a case state, or empty
	Due   bool   // only those whose reply is due or overdue
}

// SaveCase decides the situation and stores a case: opened, then decided. It
// answers with the case number once both are safely on the disk.
func (c *Counter) SaveCase(ctx context.Context, in CaseInput) (string, error) { return "", errNotWired }

// PrintedCase records what was printed for a case: checklist, letter, label, slip.
func (c *Counter) PrintedCase(ctx context.Context, number, what string, p Printed) error {
	return errNotWired
}

// AdvanceCase moves a case along its life (contracts §1); to is a case state.
func (c *Counter) AdvanceCase(ctx context.Context, number, to string) error { return errNotWired }

// Cases lists cases, newest first.
func (c *Counter) Cases(ctx context.Context, f CaseFilter) ([]CaseLine, error) {
	return nil, errNotWired
}

// SearchCases finds cases by number, any two or more characters of a name, or birth date.
func (c *Counter) SearchCases(ctx context.Context, text string) ([]CaseLine, error) {
	return nil, errNotWired
}

// Case gives one case with its people and events.
func (c *Counter) Case(ctx context.Context, number string) (Case, error) { return Case{}, errNotWired }
