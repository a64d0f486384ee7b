package forms

import (
	"context"
	"fmt"

	"madoguchi/rules"
)

// LetterFault is one letter of a batch that cannot be printed.
type LetterFault struct {
	Index int // in the batch, from 0
	Err   error
}

// Progress tells how far a batch is.
type Progress func(done, total int)

// MakeLetters puts letters into one document, in order: one font subset, and
// the fixed part of each form stored once. Letters with faults are left out and
// reported; the caller decides whether the rest is printed. progress may be nil;
// it is called after every letter. Errors: ctx's, and a municipality without
// letters is a fault of each of its rows.
func MakeLetters(ctx context.Context, fonts *Fonts, offices func(rules.MunicipalityID) (*Office, error),
	letters []Letter, progress Progress, options Options) (*Document, []LetterFault, error) {
	made := rules.Date(0)
	for _, l := range letters {
		made = max(made, l.IssuedOn)
	}
	b := &batch{doc: newDocument(fonts, "照会書", made, options), offices: offices, forms: map[rules.MunicipalityID]*letterForm{}}
	var faults []LetterFault
	for i, l := range letters {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		if err := b.add(l); err != nil {
			faults = append(faults, LetterFault{Index: i, Err: err})
		}
		if progress != nil {
			progress(i+1, len(letters))
		}
	}
	return b.doc, faults, nil
}

// batch is a document of letters being made.
type batch struct {
	doc     *Document
	offices func(rules.MunicipalityID) (*Office, error)
	forms   map[rules.MunicipalityID]*letterForm
}

// add adds a letter whole or not at all.
func (b *batch) add(l Letter) error {
	form, err := b.form(l.Municipality)
	if err != nil {
		return err
	}
	pages := len(b.doc.pages)
	err = form.add(b.doc, l)
	if err == nil {
		err = b.doc.Err()
	}
	if err != nil {
		b.doc.pages = b.doc.pages[:pages]
		b.doc.problems = nil
	}
	return err
}

func (b *batch) form(id rules.MunicipalityID) (*letterForm, error) {
	if form := b.forms[id]; form != nil {
		return form, nil
	}
	office, err := b.offices(id)
	if err != nil {
		return nil, fmt.Errorf("letters of %s: %w", id, err)
	}
	form, err := newLetterForm(office)
	if err != nil {
		return nil, err
	}
	b.forms[id] = form
	return form, nil
}
