package simulation

import (
	"encoding/json"

	"madoguchi/reader/simcard"
	"madoguchi/rules"
)

// ScenarioID names a scenario; it is the word after --scenario.
type ScenarioID string

// Scenario is one fictional visit, as its file says it.
type Scenario struct {
	ID           ScenarioID           `json:"id"`
	Title        string               `json:"title"`
	Municipality rules.MunicipalityID `json:"municipality"`
	Procedure    rules.Procedures     `json:"procedure"`
	On           rules.Date           `json:"on"`
	Level        int                  `json:"level"`   // 1 newcomer, 2 practised, 3 trap
	Teaches      string               `json:"teaches"` // what a trainee should take home, for the debrief

	Family     Family              `json:"family"`
	Opening    Words               `json:"opening"`        // what the visitor says first
	Seen       []string            `json:"seen,omitempty"` // situation keys the clerk sees without asking
	Facts      json.RawMessage     `json:"facts"`          // the rest of a situation (contracts §2)
	Says       map[string]Words    `json:"says,omitempty"` // situation key → the answer in the visitor's words
	Bag        []BagPaper          `json:"bag,omitempty"`  // papers brought along
	Card       simcard.Description `json:"card"`           // as reader/simcard describes a card
	Events     []Event             `json:"events,omitempty"`
	Variants   []Variant           `json:"variants,omitempty"`   // the same visit with other facts; the seed chooses
	Exceptions []Exception         `json:"exceptions,omitempty"` // conditions of the pages that this visit turns on

	file string // base name of the file it was read from
}

// Words are sentences that mean the same; the seed of a run chooses one. In JSON
// a single sentence is a string.
type Words []string

// UnmarshalJSON reads a sentence or a list of sentences.
func (w *Words) UnmarshalJSON(data []byte) error {
	var one string
	if err := json.Unmarshal(data, &one); err == nil {
		*w = Words{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(w))
}

// MarshalJSON writes a single sentence as a string.
func (w Words) MarshalJSON() ([]byte, error) {
	if len(w) == 1 {
		return json.Marshal(w[0])
	}
	return json.Marshal([]string(w))
}

// Family are the fictional people of a scenario.
type Family struct {
	Holder  Person   `json:"holder"`
	Visitor *Person  `json:"visitor,omitempty"` // nil: the holder came
	Others  []Person `json:"others,omitempty"`  // a twin, a namesake
}

// Person is a fictional person.
type Person struct {
	Name      string     `json:"name"`
	Kana      string     `json:"kana,omitempty"`
	BirthDate rules.Date `json:"birthDate,omitzero"`
	Postcode  string     `json:"postcode,omitempty"`
	Address   []string   `json:"address,omitempty"`
	Relation  string     `json:"relation,omitempty"` // to the holder, in words
}

// BagPaper is a paper the visitor brought, with what is wrong with it.
type BagPaper struct {
	rules.Paper
	Looks string     `json:"looks,omitempty"` // what lies on the counter, in words
	Fault PaperFault `json:"fault,omitempty"`
}

// PaperFault is why a paper cannot be accepted although its kind could.
type PaperFault string

// The faults of a paper that its dates do not tell.
const (
	FaultDamaged     PaperFault = "damaged"      // 破損・汚損
	FaultOldAddress  PaperFault = "old-address"  // 券面が最新でない
	FaultCopy        PaperFault = "copy"         // 写し
	FaultOtherPerson PaperFault = "other-person" // 別人のもの
	FaultUnsealed    PaperFault = "unsealed"     // 封がされていない
)

// Variant is another state of the facts of the same visit.
type Variant struct {
	Facts map[string]string `json:"facts"` // situation key → value, as Situation.Set takes it
	Says  map[string]Words  `json:"says,omitempty"`
	Bag   []BagPaper        `json:"bag,omitempty"` // instead of the scenario's, when given
}

// EventKind is something that happens during a visit.
type EventKind string

// The events.
const (
	EventCardPulled  EventKind = "card-pulled"  // the card is taken while it is read
	EventReaderGone  EventKind = "reader-gone"  // the reader does not answer
	EventPINLocked   EventKind = "pin-locked"   // a PIN is locked in front of you
	EventUnsealed    EventKind = "unsealed"     // the envelope is not sealed
	EventNotMyWish   EventKind = "not-my-wish"  // the holder's reply says so
	EventTerminal    EventKind = "terminal"     // the official terminal is down
	EventWrongPerson EventKind = "wrong-person" // the card or the letter is another person's
	EventWrongCard   EventKind = "wrong-card"   // another kind of card lies on the reader
	EventAfterwards  EventKind = "afterwards"   // the visitor asks for something else at the end
)

// Event turns the visit: it says something, may change facts, and asks the
// trainee what to do.
type Event struct {
	ID        string            `json:"id"`
	Kind      EventKind         `json:"kind"`
	After     string            `json:"after"` // "card", "statement", or a situation key that was asked
	Says      Words             `json:"says"`
	Sets      map[string]string `json:"sets,omitempty"` // situation key → value from then on
	Responses []Response        `json:"responses"`
}

// Response is one thing a trainee can do at an event.
type Response struct {
	ID      string `json:"id"`
	Label   string `json:"label"`
	Right   bool   `json:"right"`
	Because string `json:"because"` // for the debrief
}
