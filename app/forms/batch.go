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
	b := newBatch(fonts, offices, letters, options)
	faults, err := b.addAll(ctx, letters, progress)
	if err != nil {
		return nil, nil, err
	}
	return b.doc, faults, nil
}

// CheckLetters finds what [MakeLetters] would report, and keeps nothing.
func CheckLetters(ctx context.Context, fonts *Fonts, offices func(rules.MunicipalityID) (*Office, error), letters []Letter, options Options) ([]LetterFault, error) {
	b := newBatch(fonts, offices, letters, options)
	b.trial = true
	return b.addAll(ctx, letters, nil)
}

// batch is a document of letters being made.
type batch struct {
	doc     *Document
	offices func(rules.MunicipalityID) (*Office, error)
	forms   map[rules.MunicipalityID]*letterForm
	trial   bool // pages are dropped as soon as they are laid out
}

// newBatch begins a document dated by its latest letter.
func newBatch(fonts *Fonts, offices func(rules.MunicipalityID) (*Office, error), letters []Letter, options Options) *batch {
	made := rules.Date(0)
	for _, l := range letters {
		made = max(made, l.IssuedOn)
	}
	return &batch{doc: newDocument(fonts, "照会書", made, options), offices: offices, forms: map[rules.MunicipalityID]*letterForm{}}
}

// addAll adds letters until ctx ends, and collects the faults.
func (b *batch) addAll(ctx context.Context, letters []Letter, progress Progress) ([]LetterFault, error) {
	var faults []LetterFault
	for i, l := range letters {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := b.add(l); err != nil {
			faults = append(faults, LetterFault{Index: i, Err: err})
		}
		if b.trial {
			b.doc.pages = b.doc.pages[:0]
		}
		if progress != nil {
			progress(i+1, len(letters))
		}
	}
	return faults, nil
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
