package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
	"madoguchi/app/history"
	"madoguchi/rules"
)

// MailLineView is one letter in a box of the mail room. It names nobody: the
// number stands on the letter and in its window.
type MailLineView struct {
	CaseNumber string `json:"caseNumber"`
	Procedure  string `json:"procedure"`
	Words      string `json:"words"` // since when it lies here, and until when the reply is accepted
	Version    string `json:"version"`
	Late       bool   `json:"late"`      // it should have been dealt with before today
	Unprinted  bool   `json:"unprinted"` // the history does not say that it went to paper
	Fault      string `json:"fault"`     // what keeps it from being made, and what to do
}

// MailBoxView is one box: letters that wait for the same thing.
type MailBoxView struct {
	ID     string         `json:"id"`
	Title  string         `json:"title"`
	Action string         `json:"action"` // what Enter does with the chosen ones
	To     string         `json:"to"`     // the case state it moves them to; empty: letters are made
	Again  bool           `json:"again"`  // letters in it can be made again
	Until  string         `json:"until"`  // what a letter gets for whose reply no day is typed
	Empty  string         `json:"empty"`  // how letters come into it
	Lines  []MailLineView `json:"lines"`
}

// MarkedView is what became of letters that were marked together.
type MarkedView struct {
	Done    int              `json:"done"`
	Failed  []string         `json:"failed"`  // numbers that stayed where they were
	Problem *counter.Problem `json:"problem"` // why the first of them did
}

// Mailroom is where letters are made together, mailed and taken back.
type Mailroom struct{ office *office }

// Boxes are the boxes in the order of the work. replyBy (YYYY-MM-DD or empty) is
// the day that letters to be made shall carry; empty stands for the municipality's.
func (m *Mailroom) Boxes(replyBy string) ([]MailBoxView, error) {
	a, err := m.office.now()
	if err != nil {
		return nil, err
	}
	by, err := optionalDay(replyBy)
	if err != nil {
		return nil, err
	}
	until := untilWords(a, a.Settings().Municipality)
	make := MailBoxView{ID: "make", Title: "作るもの", Action: "選んだ照会書を作る", Until: until, Lines: []MailLineView{},
		Empty: "作る照会書はありません。受付の F10 のあと F8 で、ここに入ります"}
	waiting, err := a.LettersToMake(m.office.context(), by)
	if err != nil {
		return nil, err
	}
	for _, w := range waiting {
		line := mailLine(w.CaseLine, "受付 "+rules.InWords(w.OpenedOn), w.OpenedOn < a.Today())
		if w.Fault != nil {
			p := problemOf(w.Fault)
			line.Fault = p.Title + "。" + p.Action
		}
		make.Lines = append(make.Lines, line)
	}
	boxes := []MailBoxView{make}
	for _, b := range []MailBoxView{
		{ID: "mail", Title: "発送するもの", Action: "選んだものを発送済みにする", To: "mailed", Again: true,
			Empty: "発送する照会書はありません。照会書を作ると、ここに入ります"},
		{ID: "out", Title: "発送したもの", Action: "選んだものを返戻にする", To: "returned-undelivered", Again: true,
			Empty: "発送した照会書はありません。「発送するもの」で発送済みにすると、ここに入ります"},
		{ID: "wait", Title: "回答待ち", Again: true,
			Empty: "回答待ちの照会書はありません。F3 の履歴で回答待ちにすると、ここに入ります"},
		{ID: "back", Title: "返戻されたもの", Again: true,
			Empty: "返戻された照会書はありません。「発送したもの」で返戻にすると、ここに入ります"},
	} {
		b.Until = until
		if b.Lines, err = m.lines(a, b.ID); err != nil {
			return nil, err
		}
		boxes = append(boxes, b)
	}
	return boxes, nil
}

// lines are the letters in a box of those that were made.
func (m *Mailroom) lines(a actions, box string) ([]MailLineView, error) {
	states := map[string]string{"mail": "letter-made", "out": "mailed", "wait": "awaiting-reply", "back": "returned-undelivered"}
	found, err := a.Cases(m.office.context(), counter.CaseFilter{State: states[box]})
	if err != nil {
		return nil, err
	}
	slices.Reverse(found) // the oldest first
	views := make([]MailLineView, 0, len(found))
	for _, l := range found {
		switch box {
		case "mail":
			line := mailLine(l, "作成 "+rules.InWords(l.LetterMadeOn), l.LetterMadeOn < a.Today())
			kept, err := a.Case(m.office.context(), l.CaseNumber)
			if err != nil {
				return nil, err
			}
			line.Unprinted = !letterPrinted(kept.Events)
			views = append(views, line)
		case "back":
			views = append(views, mailLine(l, "発送 "+rules.InWords(l.MailedOn), true))
		default:
			views = append(views, mailLine(l, "発送 "+rules.InWords(l.MailedOn), !l.ReplyBy.IsZero() && l.ReplyBy < a.Today()))
		}
	}
	return views, nil
}

// letterPrinted reports whether the letter that counts went to paper: the one
// that was made last.
func letterPrinted(events []counter.CaseEvent) bool {
	printed := false
	for _, e := range events {
		switch e.Kind {
		case string(history.LetterMade), string(history.EventReissued):
			printed = false
		case string(history.EventPrinted):
			printed = printed || strings.Contains(e.Note, "form=letter")
		}
	}
	return printed
}

// untilWords say what a letter gets for whose reply no day is typed.
func untilWords(a letterMaker, m rules.MunicipalityID) string {
	office, err := a.LetterOffice(m)
	if err != nil || office.ReplyDays == 0 {
		return "日付を入れてください"
	}
	return fmt.Sprintf("空欄なら%d日後", office.ReplyDays)
}

func mailLine(l counter.CaseLine, since string, late bool) MailLineView {
	v := MailLineView{CaseNumber: l.CaseNumber, Procedure: procedureNames(l.Procedure), Words: since, Late: late}
	if !l.ReplyBy.IsZero() {
		v.Words += " ・ 回答期限 " + rules.InWords(l.ReplyBy)
	}
	switch n := l.LetterVersion(); {
	case n == 1:
		v.Version = "1通目"
	case n > 1:
		v.Version = fmt.Sprintf("%d通目(作り直し)", n)
	}
	return v
}

// Make makes the letters of these cases as one file and sends it to the office's
// printer; how far it is comes as the event "progress".
func (m *Mailroom) Make(numbers []string, replyBy string) (PrintedView, error) {
	return m.made(numbers, replyBy, "照会書を作っています", actions.MakeWaiting)
}

// Reissue makes letters again; the ones before are void.
func (m *Mailroom) Reissue(numbers []string, replyBy string) (PrintedView, error) {
	return m.made(numbers, replyBy, "照会書を作り直しています", actions.ReissueLetters)
}

func (m *Mailroom) made(numbers []string, replyBy, title string, run letterRunner) (PrintedView, error) {
	a, err := m.office.now()
	if err != nil {
		return PrintedView{}, err
	}
	by, err := optionalDay(replyBy)
	if err != nil {
		return PrintedView{}, err
	}
	if err := checkNumbers(numbers); err != nil {
		return PrintedView{}, err
	}
	if err := makeFolder(a.Folder().Prints()); err != nil {
		return PrintedView{}, err
	}
	defer counter.SpareMemory()()
	path := filepath.Join(a.Folder().Prints(), "letters-"+newID()[:12]+".pdf")
	made, err := run(a, m.office.context(), numbers, by, path, m.office.progressOf(title))
	if err != nil {
		return PrintedView{}, err
	}
	return m.office.toPaper(a, paper{path: made.Path, form: "letter", title: fmt.Sprintf("照会書兼回答書・委任状 %d通", made.Letters),
		pages: made.Pages, cases: made.CaseNumbers, job: made.Job}), nil
}

// Mark moves cases together: letters that were mailed, letters that came back.
// One that cannot be moved does not keep the others.
func (m *Mailroom) Mark(numbers []string, to string) (MarkedView, error) {
	a, err := m.office.now()
	if err != nil {
		return MarkedView{}, err
	}
	if err := checkNumbers(numbers); err != nil || !slices.Contains([]string{"mailed", "returned-undelivered"}, to) {
		return MarkedView{}, fmt.Errorf("%w: %s", errBadAnswer, "mark")
	}
	v := MarkedView{Failed: []string{}}
	for _, number := range numbers {
		if err := a.AdvanceCase(m.office.context(), number, to); err != nil {
			if v.Problem == nil {
				p := problemOf(err)
				v.Problem = &p
			}
			v.Failed = append(v.Failed, number)
			continue
		}
		v.Done++
	}
	return v, nil
}

// Queue keeps a case whose letter will be made later, together with others. A
// letter that cannot be printed leaves nothing behind, not even a case.
func (m *Mailroom) Queue(asked Asked, in LetterInput) (string, error) {
	a, err := m.office.now()
	if err != nil {
		return "", err
	}
	s, _, err := decided(a, m.office.summary(), asked)
	if err != nil {
		return "", err
	}
	letter, err := letterOf(s, in, a.Today())
	if err != nil {
		return "", err
	}
	if err := m.printable(a, letter); err != nil {
		return "", err
	}
	letter.CaseNumber = asked.CaseNumber
	number, err := (&Letters{m.office}).keep(a, s, letter)
	if err == nil {
		m.office.letterWaits()
	}
	return number, err
}

// printable lays a letter out that will be made on another day; until when its
// reply is accepted is said then.
func (m *Mailroom) printable(a actions, letter forms.Letter) error {
	letter = withNumber(letter)
	letter.Municipality = a.Settings().Municipality
	if letter.ReplyBy.IsZero() {
		letter.ReplyBy = letter.IssuedOn + 1
	}
	faults, err := a.CheckLetters(m.office.context(), []forms.Letter{letter}, false)
	if err == nil && len(faults) > 0 {
		err = faults[0].Err
	}
	return err
}

// letterRunner makes the letters of cases as one file.
type letterRunner func(a actions, ctx context.Context, numbers []string, replyBy rules.Date, path string, progress forms.Progress) (counter.MailRun, error)

// progressOf tells the window how far a long piece of work is, a hundred times at most.
func (o *office) progressOf(title string) forms.Progress {
	o.mu.Lock()
	ev := o.events
	o.mu.Unlock()
	return func(done, total int) {
		if ev != nil && (done == total || done%max(total/100, 1) == 0) {
			ev.progress(ProgressView{Title: title, Done: done, Total: total})
		}
	}
}

// mostLetters is more than an office mails in a day.
const mostLetters = 2000

func checkNumbers(numbers []string) error {
	if len(numbers) == 0 || len(numbers) > mostLetters {
		return fmt.Errorf("%w: how many", errBadAnswer)
	}
	for _, n := range numbers {
		if _, err := history.ParseNumber(n); err != nil {
			return err
		}
	}
	return nil
}

// optionalDay reads YYYY-MM-DD; nothing is no day.
func optionalDay(text string) (rules.Date, error) {
	if text == "" {
		return 0, nil
	}
	day, err := rules.ParseDate(text)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", errBadAnswer, err)
	}
	return day, nil
}
