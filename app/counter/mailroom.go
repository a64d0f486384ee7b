package counter

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"madoguchi/app/forms"
	"madoguchi/app/history"
	"madoguchi/rules"
)

// This file is the mail room: which letters have to be made, which lie ready for
// the post, and what came back. It decides nothing: that a letter is needed the
// plan said, and where a case stands the history knows.

// protectedMark stands in the memo of a case whose holder is under protection
// (支援措置), so that a letter made later keeps the address where it must be.
const protectedMark = "【支援措置】"

// LetterMemo is the memo of a case that a letter is made for.
func LetterMemo(protected bool) string {
	if protected {
		return protectedMark
	}
	return ""
}

// WaitingLetter is a letter that has to be made, and what keeps it from that.
type WaitingLetter struct {
	CaseLine
	Letter forms.Letter
	Fault  error // nil: it can be made
}

// LettersToMake are the letters of the cases that were told a letter will be
// mailed, and whose holder's name and address are known. The oldest comes first.
// replyBy is the day they shall carry; a zero day stands for the municipality's.
func (c *Counter) LettersToMake(ctx context.Context, replyBy rules.Date) ([]WaitingLetter, error) {
	found, err := c.FindCases(ctx, history.Query{State: history.Decided, Limit: -1})
	if err != nil {
		return nil, err
	}
	slices.Reverse(found) // newest first
	waiting := []WaitingLetter{}
	for _, s := range found {
		if s.Outcome == rules.Proceed {
			continue // nothing has to be mailed
		}
		kept, err := c.Case(ctx, string(s.CaseNumber))
		if err != nil {
			return nil, err
		}
		if len(kept.Plan.Letters) == 0 || kept.Holder.Name == "" || len(kept.Holder.Address) == 0 {
			continue
		}
		waiting = append(waiting, WaitingLetter{CaseLine: kept.CaseLine, Letter: c.letterOfCase(kept, 1, replyBy)})
	}
	return c.withFaults(ctx, waiting)
}

// withFaults lays all letters out and says which cannot be printed.
func (c *Counter) withFaults(ctx context.Context, waiting []WaitingLetter) ([]WaitingLetter, error) {
	letters := make([]forms.Letter, len(waiting))
	for i, w := range waiting {
		letters[i] = w.Letter
	}
	faults, err := c.CheckLetters(ctx, letters, false)
	if err != nil {
		return nil, err
	}
	for _, f := range faults {
		waiting[f.Index].Fault = f.Err
	}
	return waiting, nil
}

// letterOfCase is the letter of a case as it would be made today.
func (c *Counter) letterOfCase(kept Case, version int, replyBy rules.Date) forms.Letter {
	return forms.Letter{
		Municipality: kept.Situation.Municipality, Procedure: kept.Situation.Procedure,
		Holder: letterPerson(kept.Holder), Agent: letterPerson(kept.Agent), CaseNumber: kept.CaseNumber,
		IssuedOn: c.Today(), ReplyBy: replyBy, Version: version, Protected: strings.Contains(kept.Memo, protectedMark),
	}
}

// letterPerson is a person of the history as letters name people.
func letterPerson(p Person) forms.Person {
	return forms.Person{Name: p.Name, Alias: p.Alias, Postcode: p.Postcode, Address: forms.Lines(p.Address), BirthDate: p.BirthDate, Relation: p.Relation}
}

// ErrNoLetterToMake means that none of the cases asked for has a letter to make.
var ErrNoLetterToMake = errors.New("none of these cases has a letter to make")

// MailRun is what a run of the mail room made, and how it comes to paper.
type MailRun struct {
	LetterRun
	Job PrintJob
}

// MakeWaiting makes the letters of these cases as one PDF and moves the cases to
// letter-made. A case whose letter cannot be made stops all of it before anything
// is written. Errors: [ErrNoLetterToMake], those of forms and of the history.
func (c *Counter) MakeWaiting(ctx context.Context, numbers []string, replyBy rules.Date, path string, progress forms.Progress) (MailRun, error) {
	waiting, err := c.LettersToMake(ctx, replyBy)
	if err != nil {
		return MailRun{}, err
	}
	letters := []forms.Letter{}
	for _, w := range waiting {
		if !slices.Contains(numbers, w.CaseNumber) {
			continue
		}
		if w.Fault != nil {
			return MailRun{}, fmt.Errorf("letter of %s: %w", w.CaseNumber, w.Fault)
		}
		letters = append(letters, w.Letter)
	}
	if len(letters) == 0 {
		return MailRun{}, ErrNoLetterToMake
	}
	run, err := c.RecordLetters(ctx, letters, false, path, progress)
	if err != nil {
		return MailRun{}, err
	}
	job, err := c.LetterJob(run.Printed, letters)
	return MailRun{run, job}, err
}

// ReissueLetters makes the letters of these cases again, as one PDF. Each has the
// next version in its code; the one before is void once its case is recorded, and
// the case waits for the post again. Errors: a *history.Refusal where a case has
// no letter to repeat, those of forms and of the history.
func (c *Counter) ReissueLetters(ctx context.Context, numbers []string, replyBy rules.Date, path string, progress forms.Progress) (MailRun, error) {
	letters := make([]forms.Letter, 0, len(numbers))
	for _, number := range numbers {
		kept, err := c.Case(ctx, number)
		if err != nil {
			return MailRun{}, err
		}
		if state := history.State(kept.State); !state.Reissuable() {
			return MailRun{}, &history.Refusal{Reason: history.NoSuchTransition, Number: history.Number(number), State: state, To: history.LetterMade}
		}
		letters = append(letters, c.letterOfCase(kept, kept.LetterVersion()+1, replyBy))
	}
	if len(letters) == 0 {
		return MailRun{}, ErrNoLetterToMake
	}
	made, err := c.PrintLetters(ctx, letters, false, path, progress)
	if err != nil {
		return MailRun{}, err
	}
	run := MailRun{LetterRun: LetterRun{Printed: made, Letters: len(letters)}}
	if run.Job, err = c.LetterJob(made, letters); err != nil {
		return MailRun{}, err
	}
	for _, l := range letters {
		if err := c.reissue(ctx, l); err != nil {
			return run, err
		}
		run.CaseNumbers = append(run.CaseNumbers, l.CaseNumber)
	}
	return run, nil
}

func (c *Counter) reissue(ctx context.Context, l forms.Letter) error {
	store, n, err := c.changing(ctx, l.CaseNumber)
	if err != nil {
		return err
	}
	_, err = store.Reissue(ctx, n, c.replyDay(l))
	return err
}

// replyDay is until when the reply to a letter is accepted; a zero day where
// nobody set one.
func (c *Counter) replyDay(l forms.Letter) rules.Date {
	office, err := c.LetterOffice(l.Municipality)
	if !l.ReplyBy.IsZero() || err != nil || office.ReplyDays == 0 {
		return l.ReplyBy
	}
	return l.IssuedOn + rules.Date(office.ReplyDays)
}

// LetterVersion is the version of the letter that counts; 0 before there is one.
func (l CaseLine) LetterVersion() int {
	_, version, _, err := history.ParseLetterCode(l.LetterCode)
	if err != nil {
		return 0
	}
	return version
}
