package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"madoguchi/app/counter"
	"madoguchi/app/history"
	"madoguchi/rules"
)

// PersonView is a holder or an agent, the name exactly as written.
type PersonView struct {
	Name      string   `json:"name"`
	Alias     string   `json:"alias"` // 通称; empty for most people
	Postcode  string   `json:"postcode"`
	Address   []string `json:"address"`
	BirthDate string   `json:"birthDate"` // YYYY-MM-DD or empty
	Birth     string   `json:"birth"`     // written out to be read aloud; only shown, never taken
	Relation  string   `json:"relation"`
}

// CaseLineView is a case as lists show it.
type CaseLineView struct {
	CaseNumber string `json:"caseNumber"`
	State      string `json:"state"`
	StateWords string `json:"stateWords"`
	Procedure  string `json:"procedure"`
	Opened     string `json:"opened"`
	ReplyBy    string `json:"replyBy"`
	Overdue    bool   `json:"overdue"`
	Due        string `json:"due"` // how near the day for the reply is; empty while it is far off
}

// CaseEventView is one line of a case's history.
type CaseEventView struct {
	At       string `json:"at"`
	Words    string `json:"words"`
	Operator string `json:"operator"`
	Note     string `json:"note"`
}

// CaseView is a case with what was told and what happened since.
type CaseView struct {
	Line   CaseLineView    `json:"line"`
	Holder PersonView      `json:"holder"`
	Agent  PersonView      `json:"agent"`
	Memo   string          `json:"memo"`
	Plan   PlanView        `json:"plan"`
	Events []CaseEventView `json:"events"`
	Next   []ChoiceView    `json:"next"` // what can be done with it now

	Agreed  []string         `json:"agreed"`  // what the visitor was told, in a few lines
	Compare []ComparisonView `json:"compare"` // what to compare when the visitor is back with the letter
}

// PrintedView is a file that was made and the case it belongs to.
type PrintedView struct {
	CaseNumber string    `json:"caseNumber"`
	Title      string    `json:"title"`
	Path       string    `json:"path"`
	Pages      int       `json:"pages"`
	ID         string    `json:"id"`    // for Cases.Preview and Printing
	Print      PrintView `json:"print"` // how far it is on its way to paper
}

// ProgressView is how far a long piece of work is.
type ProgressView struct {
	Title string `json:"title"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
}

// Cases keeps, prints and finds cases.
type Cases struct{ office *office }

// Save stores what was asked and told as a case and answers its number. Of a case
// that is there already it keeps what changed; where that case waits for the
// second visit, this is it.
func (c *Cases) Save(asked Asked, holder PersonView) (string, error) {
	a, err := c.office.now()
	if err != nil {
		return "", err
	}
	number, _, err := c.save(a, asked, holder)
	return number, err
}

func (c *Cases) save(a actions, asked Asked, holder PersonView) (string, rules.Plan, error) {
	s, plan, err := decided(a, c.office.summary(), asked)
	if err != nil {
		return asked.CaseNumber, plan, err
	}
	person, err := personOf(holder)
	if err != nil {
		return "", rules.Plan{}, err
	}
	if err := letterTooLate(s); err != nil {
		return asked.CaseNumber, plan, err
	}
	if asked.CaseNumber != "" {
		plan, err = a.TellAgain(c.office.context(), asked.CaseNumber, counter.CaseInput{Situation: s, Holder: person})
		return asked.CaseNumber, plan, err
	}
	number, err := a.SaveCase(c.office.context(), counter.CaseInput{Situation: s, Holder: person})
	return number, plan, err
}

// decided is the situation and its plan, once there is something to tell.
func decided(a decider, card *counter.CardSummary, asked Asked) (rules.Situation, rules.Plan, error) {
	s, err := situationOf(a, card, asked)
	if err != nil {
		return rules.Situation{}, rules.Plan{}, err
	}
	if s.Procedure.IsZero() || !s.Visitor.Kind.Asked() {
		return rules.Situation{}, rules.Plan{}, errNoPlan
	}
	plan, err := a.Decide(s)
	return s, plan, err
}

// Preview gives an address under which a printed file can be fetched once.
func (c *Cases) Preview(id string) (string, error) { return c.office.prints.preview(id) }

// List gives the cases that text finds; without a text those of a list: a case
// state, one of the history's lists (today, open, due-soon, overdue), or "" for all.
func (c *Cases) List(text, list string) ([]CaseLineView, error) {
	a, err := c.office.now()
	if err != nil {
		return nil, err
	}
	if len(text) > mostText || len(list) > mostText {
		return nil, fmt.Errorf("%w: search too long", errBadAnswer)
	}
	if rules.HasIndividualNumber(text) {
		return nil, errIndividualNumber
	}
	lines, err := listed(c.office.context(), a, strings.TrimSpace(text), list)
	if err != nil {
		return nil, err
	}
	views := make([]CaseLineView, 0, len(lines))
	for _, l := range lines {
		views = append(views, caseLineView(l, a.Today()))
	}
	return views, nil
}

func listed(ctx context.Context, a caseKeeper, text, list string) ([]counter.CaseLine, error) {
	switch {
	case text != "":
		return a.SearchCases(ctx, text)
	case slices.Contains([]string{"today", "due-soon", "overdue", "open"}, list):
		return a.Cases(ctx, counter.CaseFilter{List: history.ListName(list)})
	}
	return a.Cases(ctx, counter.CaseFilter{State: list})
}

// Lists are the queues of work with cases, in the order in which they are worked.
func (c *Cases) Lists() []ChoiceView {
	return []ChoiceView{
		{Key: "list", Value: "", Label: "すべて"},
		{Key: "list", Value: "today", Label: "今日のもの"},
		{Key: "list", Value: "open", Label: "終わっていないもの"},
		{Key: "list", Value: "overdue", Label: "回答期限を過ぎたもの"},
		{Key: "list", Value: "due-soon", Label: "回答期限まで7日以内・過ぎたもの"},
		{Key: "list", Value: "letter-made", Label: "発送するもの"},
		{Key: "list", Value: "mailed", Label: "発送したもの"},
		{Key: "list", Value: "awaiting-reply", Label: "回答待ち"},
		{Key: "list", Value: "returned-undelivered", Label: "返戻されたもの"},
	}
}

// Show gives one case with its people and events.
func (c *Cases) Show(number string) (CaseView, error) {
	a, err := c.office.now()
	if err != nil {
		return CaseView{}, err
	}
	return c.show(c.office.context(), a, number)
}

func (c *Cases) show(ctx context.Context, a actions, number string) (CaseView, error) {
	found, err := a.Case(ctx, number)
	if err != nil {
		return CaseView{}, err
	}
	return caseView(a, found), nil
}

func caseView(a decider, found counter.Case) CaseView {
	v := CaseView{Line: caseLineView(found.CaseLine, a.Today()), Holder: personView(found.Holder), Agent: personView(found.Agent),
		Memo: found.Memo, Plan: planView(a, found.Plan, basis{}), Events: make([]CaseEventView, 0, len(found.Events)), Next: nextChoices(found.Next),
		Agreed: agreedWords(a, found), Compare: comparisons(found, a.Today())}
	for _, e := range found.Events {
		v.Events = append(v.Events, CaseEventView{At: timeWords(e.At), Words: caseEventLabel(e.Kind), Operator: e.Operator, Note: noteWords(e.Note)})
	}
	return v
}

func caseLineView(l counter.CaseLine, today rules.Date) CaseLineView {
	return CaseLineView{CaseNumber: l.CaseNumber, State: l.State, StateWords: caseStateLabel(l.State),
		Procedure: procedureNames(l.Procedure), Opened: rules.InWords(l.OpenedOn), ReplyBy: rules.InWords(l.ReplyBy),
		Overdue: overdue(l, today), Due: dueWords(l, today)}
}

// procedureNames are the procedures of a case in one line.
func procedureNames(list rules.Procedures) string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = procedureLabel(p)
	}
	return strings.Join(names, "、")
}

// overdue reports an open case whose day for the reply is past.
func overdue(l counter.CaseLine, today rules.Date) bool {
	return awaited(l) && l.ReplyBy < today
}

func awaited(l counter.CaseLine) bool {
	return !l.ReplyBy.IsZero() && history.State(l.State).Open()
}

// dueWords says of an open case how near the day for the reply is; nothing while
// it is further off than a week.
func dueWords(l counter.CaseLine, today rules.Date) string {
	left := int(l.ReplyBy) - int(today)
	switch {
	case !awaited(l) || left > 7:
		return ""
	case left > 0:
		return fmt.Sprintf("期限まで%d日", left)
	case left == 0:
		return "今日が期限"
	}
	return fmt.Sprintf("期限を%d日超過", -left)
}

// noteWords says what the history noted of an event: form=checklist pages=1.
func noteWords(note string) string {
	forms := map[string]string{"checklist": "ご案内(チェックリスト)", "letter": "照会書", "label": "宛名ラベル", "slip": "受付票"}
	var words []string
	for _, part := range strings.Fields(note) {
		key, value, _ := strings.Cut(part, "=")
		switch key {
		case "form":
			if label, ok := forms[value]; ok {
				value = label
			}
			words = append(words, value)
		case "pages":
			words = append(words, value+"枚")
		case "reply-by":
			words = append(words, "回答期限 "+rules.TextInWords(value))
		case "letter":
			words = append(words, "照会番号 "+value)
		case "closed":
			words = append(words, "終了 "+rules.TextInWords(value))
		case "from": // the mark of another history says nothing to people
		default:
			words = append(words, part)
		}
	}
	return strings.Join(words, " ")
}

// timeWords writes an RFC 3339 instant in Japan's time; what it cannot read it repeats.
func timeWords(at string) string {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return at
	}
	return t.In(time.FixedZone("JST", 9*60*60)).Format("2006年1月2日 15:04")
}

func personOf(v PersonView) (counter.Person, error) {
	written := strings.Join(append([]string{v.Name, v.Alias, v.Postcode, v.Relation}, v.Address...), "\n")
	if len(written) > mostPerson {
		return counter.Person{}, fmt.Errorf("%w: too long", errBadAnswer)
	}
	if rules.HasIndividualNumber(written) {
		return counter.Person{}, errIndividualNumber
	}
	p := counter.Person{Name: v.Name, Alias: v.Alias, Postcode: v.Postcode, Address: v.Address, Relation: v.Relation}
	if v.BirthDate == "" {
		return p, nil
	}
	day, err := rules.ParseDate(v.BirthDate)
	if err != nil {
		return counter.Person{}, fmt.Errorf("%w: %w", errBadAnswer, err)
	}
	p.BirthDate = day
	return p, nil
}

func personView(p counter.Person) PersonView {
	address := p.Address
	if address == nil {
		address = []string{}
	}
	v := PersonView{Name: p.Name, Alias: p.Alias, Postcode: p.Postcode, Address: address, BirthDate: p.BirthDate.String(), Relation: p.Relation}
	if !p.BirthDate.IsZero() {
		v.Birth = dayAndEra(p.BirthDate)
	}
	return v
}
