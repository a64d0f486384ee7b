package app

import (
	"fmt"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
)

// checklistKind is one way a checklist can be printed.
type checklistKind struct {
	id, title string
	form      forms.Checklist
}

// checklistKinds are the ways, the ordinary one first.
func checklistKinds() []checklistKind {
	return []checklistKind{
		{"ja", "ご案内(チェックリスト)", forms.Checklist{}},
		{"easy", "ご案内(やさしい日本語)", forms.Checklist{Language: forms.EasyJapanese}},
		{"en", "ご案内(English)", forms.Checklist{Language: forms.English}},
		{"large", "ご案内(大きな文字)", forms.Checklist{LargeType: true}},
		{"no-furigana", "ご案内(ふりがななし)", forms.Checklist{NoReadings: true}},
	}
}

// PrintChecklist stores the case if it is not yet, makes the checklist and sends
// it to the office's printer. The history says printed once that is known.
func (c *Cases) PrintChecklist(asked Asked, holder PersonView) (PrintedView, error) {
	return c.PrintChecklistIn(asked, holder, "ja")
}

// PrintChecklistIn is PrintChecklist in another register: ja, easy, en, large
// (Japanese in large type) or no-furigana.
func (c *Cases) PrintChecklistIn(asked Asked, holder PersonView, kind string) (PrintedView, error) {
	a, err := c.office.now()
	if err != nil {
		return PrintedView{}, err
	}
	for _, k := range checklistKinds() {
		if k.id == kind {
			return c.printChecklist(a, asked, holder, k)
		}
	}
	return PrintedView{}, fmt.Errorf("%w: checklist %q", errBadAnswer, kind)
}

func (c *Cases) printChecklist(a actions, asked Asked, holder PersonView, kind checklistKind) (PrintedView, error) {
	number, plan, err := c.save(a, asked, holder)
	if err != nil {
		return PrintedView{}, err
	}
	form := kind.form
	form.Plan, form.CaseNumber = plan, number
	s, err := situationOf(a, c.office.summary(), asked)
	if err == nil {
		form.Second, err = counter.SecondVisit(a.Decide, s, plan)
	}
	if err != nil {
		return PrintedView{CaseNumber: number}, err
	}
	file, err := a.PrintChecklistAs(c.office.context(), form, "")
	if err != nil {
		return PrintedView{CaseNumber: number}, err
	}
	return c.office.toPaper(a, paper{path: file.Path, form: "checklist", title: kind.title, pages: file.Pages, cases: []string{number},
		job: counter.PrintJob{Path: file.Path, Title: "ご案内 " + number}}), nil
}
