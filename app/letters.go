package app

import (
	"fmt"
	"path/filepath"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
	"madoguchi/app/history"
	"madoguchi/rules"
)

// LetterInput is what the clerk typed for a letter; the rest is known.
type LetterInput struct {
	Holder    PersonView `json:"holder"`
	Agent     PersonView `json:"agent"`
	ReplyBy   string     `json:"replyBy"`   // YYYY-MM-DD; empty: the municipality's own days
	Protected bool       `json:"protected"` // the holder is under protection (支援措置)
	// BaseForms: the clerk agreed to base forms for variations no font has.
	BaseForms bool `json:"baseForms"`
	// ByHand are the fields left as boxes to write in, as in a letter file.
	ByHand []string `json:"byHand"`
}

// Letters makes the inquiry, reply and proxy letter.
type Letters struct{ office *office }

// Make stores the case if it is not yet, makes its letter, records it and sends
// it to the office's printer. A letter that cannot be printed leaves nothing behind, not even a case.
func (l *Letters) Make(asked Asked, in LetterInput) (PrintedView, error) {
	a, err := l.office.now()
	if err != nil {
		return PrintedView{}, err
	}
	ctx := l.office.context()
	s, plan, err := decided(a, l.office.summary(), asked)
	if err != nil {
		return PrintedView{}, err
	}
	letter, err := letterOf(s, in, a.Today())
	if err != nil {
		return PrintedView{}, err
	}
	letter.Municipality, letter.CaseNumber = plan.Municipality, asked.CaseNumber
	faults, err := a.CheckLetters(ctx, []forms.Letter{withNumber(letter)}, in.BaseForms)
	if err != nil {
		return PrintedView{}, err
	}
	if len(faults) > 0 {
		return PrintedView{}, faults[0].Err
	}
	if letter.CaseNumber, err = l.keep(a, s, letter); err != nil {
		return PrintedView{}, err
	}
	return l.print(a, letter, in.BaseForms)
}

// keep stores who a letter is about, with the case or with the one that is there.
func (l *Letters) keep(a actions, s rules.Situation, letter forms.Letter) (string, error) {
	people := counter.CaseInput{Situation: s, Holder: keptPerson(letter.Holder), Agent: keptPerson(letter.Agent), Memo: counter.LetterMemo(letter.Protected)}
	if letter.CaseNumber == "" {
		return a.SaveCase(l.office.context(), people)
	}
	return letter.CaseNumber, a.KeepPeople(l.office.context(), letter.CaseNumber, people.Holder, people.Agent, people.Memo)
}

// withNumber stands in for the number a case gets once its letter is known to be
// printable.
func withNumber(letter forms.Letter) forms.Letter {
	if letter.CaseNumber == "" {
		letter.CaseNumber = "AAAA00-000000"
	}
	return letter
}

func (l *Letters) print(a actions, letter forms.Letter, baseForms bool) (PrintedView, error) {
	path := filepath.Join(a.Folder().Prints(), "letter-"+letter.CaseNumber+"-"+newID()[:8]+".pdf")
	if err := makeFolder(a.Folder().Prints()); err != nil {
		return PrintedView{CaseNumber: letter.CaseNumber}, err
	}
	run, err := a.RecordLetters(l.office.context(), []forms.Letter{letter}, baseForms, path, nil)
	if err != nil {
		return PrintedView{CaseNumber: letter.CaseNumber}, err
	}
	job, err := a.LetterJob(run.Printed, []forms.Letter{letter})
	if err != nil {
		return PrintedView{CaseNumber: letter.CaseNumber}, err
	}
	return l.office.toPaper(a, paper{path: run.Path, form: "letter", title: "照会書兼回答書・委任状", pages: run.Pages, cases: run.CaseNumbers, job: job}), nil
}

func letterOf(s rules.Situation, in LetterInput, today rules.Date) (forms.Letter, error) {
	holder, err := personOf(in.Holder)
	if err != nil {
		return forms.Letter{}, err
	}
	agent, err := personOf(in.Agent)
	if err != nil {
		return forms.Letter{}, err
	}
	if born, ok := s.Holder.BirthDate.Get(); ok && holder.BirthDate.IsZero() {
		holder.BirthDate = born
	}
	letter := forms.Letter{Procedure: s.Procedure, Holder: printedPerson(holder), Agent: printedPerson(agent), IssuedOn: today, Protected: in.Protected, Handwritten: in.ByHand}
	if in.ReplyBy == "" {
		return letter, nil
	}
	letter.ReplyBy, err = rules.ParseDate(in.ReplyBy)
	if err != nil {
		return forms.Letter{}, fmt.Errorf("%w: %w", errBadAnswer, err)
	}
	return letter, nil
}

func printedPerson(p counter.Person) forms.Person {
	return forms.Person{Name: p.Name, Alias: p.Alias, Postcode: p.Postcode, Address: forms.Lines(p.Address), BirthDate: p.BirthDate, Relation: p.Relation}
}

func keptPerson(p forms.Person) counter.Person {
	return counter.Person{Name: p.Name, Alias: p.Alias, Postcode: p.Postcode, Address: history.Lines(p.Address), BirthDate: p.BirthDate, Relation: p.Relation}
}
