package app

import (
	"slices"

	"madoguchi/app/forms"
	"madoguchi/rules"
)

// PaperChoiceView is a paper that can be ticked: one of the municipality's list,
// or one that is not on it, counted for the class that the clerk judges it to be.
type PaperChoiceView struct {
	Label    string `json:"label"`
	Document string `json:"document"`
	Class    string `json:"class"`
	Of       string `json:"of"`
	Expires  bool   `json:"expires"` // its last day matters and is asked
	Reading  string `json:"reading"` // the label in kana, as far as it is known
}

// PaperChoices are the papers that the plan of these answers asks for.
func (d *Desk) PaperChoices(asked Asked) ([]PaperChoiceView, error) {
	a, err := d.office.now()
	if err != nil {
		return nil, err
	}
	s, err := situationOf(a, d.office.summary(), asked)
	if err != nil {
		return nil, err
	}
	plan, err := a.Decide(s)
	if err != nil {
		return nil, err
	}
	set, err := a.Rules(plan.Municipality)
	if err != nil {
		return nil, err
	}
	list := []PaperChoiceView{}
	for _, r := range plan.Requirements {
		for _, c := range classesOf(r) {
			for _, v := range paperChoices(set.Documents(), c, r.Of) {
				if !slices.Contains(list, v) {
					list = append(list, v)
				}
			}
		}
	}
	labels := make([]string, len(list))
	for i, v := range list {
		labels[i] = v.Label
	}
	for i, kana := range forms.Readings(labels) {
		list[i].Reading = kana
	}
	return list, nil
}

// classesOf lists the classes of all alternatives of a requirement once.
func classesOf(r rules.Requirement) []rules.DocumentClass {
	var classes []rules.DocumentClass
	for _, all := range r.AnyOf {
		for _, c := range all {
			if !slices.Contains(classes, c.Class) {
				classes = append(classes, c.Class)
			}
		}
	}
	return classes
}

func paperChoices(documents []rules.Document, class rules.DocumentClass, of rules.Party) []PaperChoiceView {
	var list []PaperChoiceView
	for _, doc := range documents {
		if doc.Class == class && (doc.Of == "" || doc.Of == of) {
			list = append(list, PaperChoiceView{Label: partyLabel(of) + doc.Name, Document: doc.Name, Of: string(of), Expires: true})
		}
	}
	judged := PaperChoiceView{Label: partyLabel(of) + classLabel(class), Class: string(class), Of: string(of)}
	if len(list) > 0 {
		judged.Label += "とみなす、一覧にない書類"
	}
	return append(list, judged)
}
