package app

import "madoguchi/app/counter"

// The values the window shows. They are plain: words in Japanese, days as
// YYYY-MM-DD or written out, keys as physical key codes, slices never nil. The
// window decides nothing with them.

// Answer is one answer of the clerk. The list of answers is all the window
// keeps of a situation: undoing is dropping one and deciding again.
type Answer struct {
	Key   string `json:"key"`   // a situation key of contracts §2, or "pins" for all PINs at once
	Value string `json:"value"` // a word of the vocabulary, yes, no, null, YYYY-MM-DD, or ? for 分からない
}

// PaperAnswer is one paper the visitor laid on the counter.
type PaperAnswer struct {
	Document  string `json:"document"`  // name as the rule set's lists spell it; empty when Class is judged
	Class     string `json:"class"`     // document class judged by the clerk; empty when Document is named
	Of        string `json:"of"`        // holder or visitor
	ExpiresOn string `json:"expiresOn"` // YYYY-MM-DD or empty
}

// Asked is everything the window knows of the visitor now.
type Asked struct {
	Answers    []Answer      `json:"answers"`
	Papers     []PaperAnswer `json:"papers"`
	CaseNumber string        `json:"caseNumber"` // the case of a second visit, or of this one once it is stored
}

// ChoiceView is one answer that can be given with one key.
type ChoiceView struct {
	Key   string `json:"key"` // the situation key it answers
	Value string `json:"value"`
	Label string `json:"label"`
	Code  string `json:"code"` // KeyboardEvent.code of its key
	Cap   string `json:"cap"`  // what is printed on that key
}

// QuestionView is one question that still changes the plan.
type QuestionView struct {
	Key     string       `json:"key"`
	Label   string       `json:"label"`
	Help    string       `json:"help"`
	Kind    string       `json:"kind"` // choice or date
	Choices []ChoiceView `json:"choices"`
}

// AnsweredView is one answer given, as a line that can be opened again.
type AnsweredView struct {
	Key      string       `json:"key"`
	Label    string       `json:"label"`
	Value    string       `json:"value"`
	Words    string       `json:"words"`
	Question QuestionView `json:"question"` // to open it again
}

// DeskView is the desk after the last answer.
type DeskView struct {
	Procedure QuestionView   `json:"procedure"`
	Also      []ChoiceView   `json:"also"` // a further procedure to add or take away; Value is the whole answer
	Visitor   QuestionView   `json:"visitor"`
	Answered  []AnsweredView `json:"answered"`
	Questions []QuestionView `json:"questions"` // the first is asked now
	PutAside  []QuestionView `json:"putAside"`  // answered with 分からない
	Papers    []PaperView    `json:"papers"`
	Plan      PlanView       `json:"plan"`

	Warning *counter.Problem `json:"warning"` // what the plan cannot know and the clerk must: a letter that came too late
}

// PaperView is a paper that was shown and what it counts for.
type PaperView struct {
	Title string `json:"title"`
	Of    string `json:"of"`
	Words string `json:"words"`
}

// PlanView is the plan in words.
type PlanView struct {
	Outcome      string        `json:"outcome"` // a word of contracts §3; empty before the first answer
	OutcomeWords string        `json:"outcomeWords"`
	Detail       string        `json:"detail"` // visits and capacity in a few words
	Status       string        `json:"status"`
	StatusWords  string        `json:"statusWords"`
	Complete     bool          `json:"complete"` // no question is left that could change it
	Municipality string        `json:"municipality"`
	Edition      string        `json:"edition"`
	On           string        `json:"on"` // the day written out
	Sections     []SectionView `json:"sections"`
}

// SectionView is a group of lines of the plan.
type SectionView struct {
	ID    string     `json:"id"`
	Title string     `json:"title"`
	Lines []LineView `json:"lines"`
}

// LineView is one line of the plan with what it rests on.
type LineView struct {
	ID          string       `json:"id"`
	Mark        string       `json:"mark"` // check, pin, date, place, note, step, reason or open
	Text        string       `json:"text"`
	Extra       []string     `json:"extra"` // examples, hours, what would complete it
	Done        string       `json:"done"`  // yes, no, or empty while no papers were shown
	Status      string       `json:"status"`
	StatusWords string       `json:"statusWords"` // empty when the source states it
	Because     []string     `json:"because"`     // the answers it comes from, in words
	Sources     []SourceView `json:"sources"`
}

// SourceView is where a line comes from.
type SourceView struct {
	Title string `json:"title"`
	Lines string `json:"lines"`
}

// CardView is what the reader and the card say.
type CardView struct {
	State        string            `json:"state"` // ready, reading, card, foreign-card, no-reader, no-service, failed
	ReaderWords  string            `json:"readerWords"`
	Action       string            `json:"action"` // what to do about it; empty when nothing
	Reader       string            `json:"reader"`
	Kind         string            `json:"kind"`
	KindWords    string            `json:"kindWords"`
	ExpiresWords string            `json:"expiresWords"`
	PINs         []PINView         `json:"pins"`
	Certificates []CertificateView `json:"certificates"`
}

// PINView is the state of one PIN.
type PINView struct {
	Kind      string `json:"kind"`
	Label     string `json:"label"`
	State     string `json:"state"`     // ok, last-try, locked, unset or unknown
	Remaining int    `json:"remaining"` // tries left; -1 when it is not known
	Limit     int    `json:"limit"`
	Words     string `json:"words"`
}

// CertificateView is the state of one certificate.
type CertificateView struct {
	Kind    string `json:"kind"`
	Label   string `json:"label"`
	State   string `json:"state"`
	Words   string `json:"words"`
	Renewal string `json:"renewal"` // since when it can be renewed; empty when unknown
}
