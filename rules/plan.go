package rules

import "slices"

// Plan is the decision for one situation, ready to be shown, printed and kept
// (contracts §3). Its slices are never nil. Plans share their texts and sources
// with the rule set they come from: treat them as read-only.
type Plan struct {
	Municipality      MunicipalityID `json:"municipality"`
	MunicipalityTitle string         `json:"municipalityTitle"`
	Procedure         Procedures     `json:"procedure"`
	On                Date           `json:"on"`
	Edition           string         `json:"edition"` // fingerprint of the rule set
	Capacity          Capacity       `json:"capacity,omitempty"`
	Status            Status         `json:"status"`
	Outcome           Outcome        `json:"outcome"`
	Visit             int            `json:"visit"`
	Visits            int            `json:"visits"`
	Reasons           []Line         `json:"reasons"` // why this outcome, and what instead
	Requirements      []Requirement  `json:"requirements"`
	OpenPoints        []Line         `json:"openPoints"` // what the source does not say, and whom to ask
	PINs              []PINLine      `json:"pins"`
	Letters           []Line         `json:"letters"` // letters to make or to mail
	Steps             []Line         `json:"steps"`   // in the order the work is done
	Notes             []Line         `json:"notes"`
	Dates             []DateLine     `json:"dates"`
	Fees              []Line         `json:"fees"`
	Places            []PlaceLine    `json:"places"`
	Contacts          []PlaceLine    `json:"contacts"`
	Questions         []string       `json:"questions"` // situation keys still needed, most telling first
}

// Requirement is one line of papers: whose, and which alternatives are enough.
type Requirement struct {
	ID        string         `json:"id"`
	Of        Party          `json:"of"`
	AnyOf     [][]ClassCount `json:"anyOf"` // alternatives; all classes of one alternative are needed
	Status    Status         `json:"status"`
	Satisfied *bool          `json:"satisfied"` // nil without evidence
	Missing   []ClassCount   `json:"missing"`   // the fewest papers that would complete it
	Judged    bool           `json:"judged"`    // rests on the clerk's judgement of a paper on no list
	Text      Text           `json:"text"`
	Examples  []string       `json:"examples"` // of one class: papers of the rule set's lists that count on this day
	// ExamplesOf are the same for each class, where papers of several are asked for.
	ExamplesOf map[DocumentClass][]string `json:"examplesOf,omitempty"`
	Because    []string                   `json:"because"` // situation keys that made the line appear
	Sources    []Source                   `json:"sources"`
}

// Classes are the classes of papers that are asked for, in their order, each once.
func (q *Requirement) Classes() []DocumentClass {
	var classes []DocumentClass
	for _, all := range q.AnyOf {
		for _, c := range all {
			if !slices.Contains(classes, c.Class) {
				classes = append(classes, c.Class)
			}
		}
	}
	return classes
}

// ClassCount is a number of papers of one class.
type ClassCount struct {
	Class DocumentClass `json:"class"`
	Count int           `json:"count"`
}

// PINLine says how one PIN comes into the procedure.
type PINLine struct {
	Kind    PINKind  `json:"kind"`
	Entry   PINEntry `json:"entry"`
	Status  Status   `json:"status"`
	Text    Text     `json:"text"`
	Because []string `json:"because"`
	Sources []Source `json:"sources"`
}

// Line is a sentence of the plan with what it rests on.
type Line struct {
	ID      string   `json:"id"`
	Status  Status   `json:"status"`
	Text    Text     `json:"text"`
	Because []string `json:"because"`
	Sources []Source `json:"sources"`
}

// DateLine is a line with a day worked out for this situation.
type DateLine struct {
	ID      string   `json:"id"`
	Date    Date     `json:"date"`
	Confirm bool     `json:"confirm"` // the reading of the source is unsafe on this day: 要確認
	Status  Status   `json:"status"`
	Text    Text     `json:"text"`
	Sources []Source `json:"sources"`
}

// PlaceLine is a place where the matter can be settled, or a contact.
type PlaceLine struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind"`            // counter, contact, kiosk, post-office, portal, app
	Serves  string   `json:"serves"`          // yes, no, closed, by-appointment, unknown: for the place and hour asked about
	Opens   string   `json:"opens,omitempty"` // where it is closed: when it opens next, YYYY-MM-DD HH:MM
	Status  Status   `json:"status"`
	Text    Text     `json:"text"`
	Hours   string   `json:"hours"`             // as the source words them
	HoursEn string   `json:"hoursEn,omitempty"` // in English, where hours.csv has them line by line
	Phone   string   `json:"phone"`
	Address string   `json:"address"`
	Booking string   `json:"booking"` // required, none, * where the source does not say
	Sources []Source `json:"sources"`
}

// Source is where a line comes from: a document and its lines, never the sentence itself.
type Source struct {
	Seed  string `json:"seed"`  // file name of the source document
	Lines string `json:"lines"` // "93-95" or "93,99"
}

// Text is a sentence for people in the three registers that are printed.
// Japanese may carry furigana as 漢字《かんじ》; see [Ruby].
type Text struct {
	Ja   string `json:"ja"`
	Easy string `json:"easy"` // やさしい日本語
	En   string `json:"en"`
}
