package history

import (
	"bytes"
	"encoding/json"
	"fmt"

	"madoguchi/rules"
)

// Person is a holder or an agent, with the names of a letter file (contracts §5).
// A name is kept as it was written, without any normalisation.
type Person struct {
	Name      string     `json:"name"`
	Kana      string     `json:"kana,omitempty"`
	Alias     string     `json:"alias,omitempty"` // 通称, beside the name and as good as it
	Postcode  string     `json:"postcode,omitempty"`
	Address   Lines      `json:"address,omitempty"`
	BirthDate rules.Date `json:"birthDate,omitzero"`
	Phone     string     `json:"phone,omitempty"`
	Relation  string     `json:"relation,omitempty"` // of an agent to the holder
}

// Lines is an address: a list of lines, or one text whose lines are separated
// by newlines.
type Lines []string

// UnmarshalJSON reads a list of lines or one text.
func (l *Lines) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte(`"`)) {
		var text string
		if err := json.Unmarshal(data, &text); err != nil {
			return fmt.Errorf("reading address: %w", err)
		}
		*l = nil
		for _, line := range bytes.Split([]byte(text), []byte("\n")) {
			*l = append(*l, string(line))
		}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(l))
}

// NewCase is what a case begins with. Situation and Plan are kept byte for byte.
type NewCase struct {
	Situation json.RawMessage `json:"situation"`
	Plan      json.RawMessage `json:"plan,omitempty"`
	Holder    *Person         `json:"holder,omitempty"`
	Agent     *Person         `json:"agent,omitempty"`
	Memo      string          `json:"memo,omitempty"`
	Decided   bool            `json:"-"` // the visitor was told already: the case begins and moves on in one action
}

// Told changes what is kept of a case; what is left out stays as it was.
type Told struct {
	Situation json.RawMessage `json:"situation,omitempty"`
	Plan      json.RawMessage `json:"plan,omitempty"`
	Holder    *Person         `json:"holder,omitempty"`
	Agent     *Person         `json:"agent,omitempty"`
	Memo      *string         `json:"memo,omitempty"`
}

// Step moves a case to its next state.
type Step struct {
	To      State      `json:"to"`
	ReplyBy rules.Date `json:"replyBy,omitzero"` // with LetterMade: until when the reply is accepted
	Told    Told       `json:"told,omitzero"`    // what was asked and told on this occasion
}

// Correction changes what was recorded wrongly. What was there before stays in
// the events.
type Correction struct {
	Told    Told       `json:"told,omitzero"`
	ReplyBy rules.Date `json:"replyBy,omitzero"`
}

// Summary is one line of a list.
type Summary struct {
	CaseNumber   Number               `json:"caseNumber"`
	State        State                `json:"state"`
	Municipality rules.MunicipalityID `json:"municipality"`
	Procedure    rules.Procedures     `json:"procedure"`
	Visitor      rules.VisitorKind    `json:"visitor,omitempty"`
	Outcome      rules.Outcome        `json:"outcome,omitempty"`
	OpenedOn     rules.Date           `json:"openedOn"`
	ReplyBy      rules.Date           `json:"replyBy"` // null when no reply is awaited
	LetterMadeOn rules.Date           `json:"letterMadeOn,omitzero"`
	MailedOn     rules.Date           `json:"mailedOn,omitzero"`
	ClosedOn     rules.Date           `json:"closedOn,omitzero"`
	PurgedOn     rules.Date           `json:"purgedOn,omitzero"`
	LetterCode   string               `json:"letterCode,omitempty"` // in the code on the letter that counts
	HolderName   string               `json:"holderName,omitempty"` // only where a question asked for names
}

// Case is everything kept of one case.
type Case struct {
	Summary
	Situation json.RawMessage `json:"situation,omitempty"`
	Plan      json.RawMessage `json:"plan,omitempty"` // as told last
	Holder    *Person         `json:"holder,omitempty"`
	Agent     *Person         `json:"agent,omitempty"`
	Memo      string          `json:"memo,omitempty"`
	Next      []State         `json:"next"`
	PurgeOn   rules.Date      `json:"purgeOn,omitzero"` // when the persons go; none while the case is open
	Events    []Event         `json:"events"`
}

// EventKind says what happened. A move to a state has the state's word.
type EventKind string

// The kinds of event besides moves.
const (
	EventCorrected EventKind = "corrected"
	EventPrinted   EventKind = "printed"
	EventCompared  EventKind = "compared" // read aloud and compared with who stands there
	EventPurged    EventKind = "purged"
	EventExported  EventKind = "exported"
	EventImported  EventKind = "imported"
	EventRestored  EventKind = "restored"
	EventRotated   EventKind = "rotated"
	EventBackedUp  EventKind = "backed-up"
	EventKeyCopied EventKind = "key-copied"
	EventAlarm     EventKind = "alarm"      // the chain did not end where the head said
	EventAlarmSeen EventKind = "alarm-seen" // a supervisor has seen to it
)

// Event is one thing that happened, as it is kept for ever.
type Event struct {
	Seq      int64           `json:"seq"`
	Kind     EventKind       `json:"kind"`
	At       string          `json:"at"` // RFC 3339, Japan
	Operator string          `json:"operator"`
	Program  string          `json:"program"`
	Edition  string          `json:"edition,omitempty"` // of the rule set
	State    State           `json:"state,omitempty"`   // of the case, afterwards
	Detail   string          `json:"detail,omitempty"`
	ToldAt   int64           `json:"toldAt,omitempty"`  // the event whose plan held then
	Plan     json.RawMessage `json:"plan,omitempty"`    // as told with this event
	Brought  bool            `json:"brought,omitempty"` // came with an import
}
