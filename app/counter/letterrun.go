package counter

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"madoguchi/app/forms"
	"madoguchi/app/history"
	"madoguchi/rules"
)

// A run of letters with case records is kept in a journal beside the PDF
// (FILE.pdf.run): first the number of each case as it is made, then that the PDF
// is whole, then that it went to paper. A run that was stopped and is called again takes up the numbers it
// already gave and does not make the PDF again once it is whole, so that nobody
// is printed twice. A kill between a case and its line in the journal leaves that
// one case without a letter. A journal holds no person: rows are told apart by a
// digest.

// ErrAlreadyPrinted means that a table was printed and recorded before.
var ErrAlreadyPrinted = errors.New("every letter of this table was printed and recorded before")

// LetterRun is what a run of letters made.
type LetterRun struct {
	Printed
	Letters     int      `json:"letters"`
	CaseNumbers []string `json:"caseNumbers,omitempty"`
}

// runEntry is one line of a journal.
type runEntry struct {
	Row     string `json:"row,omitempty"`
	Case    string `json:"case,omitempty"`
	Whole   bool   `json:"whole,omitempty"` // the PDF is whole
	Done    bool   `json:"done,omitempty"`  // every case says that its letter was made
	Printed bool   `json:"printed,omitempty"`
	Pages   int    `json:"pages,omitempty"`
	Letters int    `json:"letters,omitempty"`
}

// journal is a run's memory on the disk.
type journal struct {
	path  string
	made  bool              // by this run
	cases map[string]string // by row digest
	end   runEntry
}

func openJournal(path string) (*journal, error) {
	j := &journal{path: path, cases: map[string]string{}}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return j, nil
	}
	if err != nil {
		return nil, &OutputError{Path: path, Err: err}
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var e runEntry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			break // the last line of a run that was killed
		}
		if e.Row != "" {
			j.cases[e.Row] = e.Case
		} else {
			j.end = e
		}
	}
	return j, lines.Err()
}

// begin proves that the journal can be written to before the first case is made.
func (j *journal) begin() error {
	_, err := os.Lstat(j.path)
	if j.made = errors.Is(err, fs.ErrNotExist); !j.made {
		return nil // an empty entry would hide how the run before ended
	}
	if err := j.note(runEntry{}); err != nil {
		return errors.Join(err, j.leave())
	}
	return nil
}

// leave removes the journal of a run that came to nothing: no case has a number
// from it.
func (j *journal) leave() error {
	if !j.made || len(j.cases) > 0 || j.end.Whole {
		return nil
	}
	if err := os.Remove(j.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &OutputError{Path: j.path, Err: err}
	}
	return nil
}

// note adds an entry and brings it to the disk.
func (j *journal) note(e runEntry) error {
	f, err := os.OpenFile(j.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return &OutputError{Path: j.path, Err: err}
	}
	line, err := json.Marshal(e)
	if err == nil {
		_, err = f.Write(append(line, '\n'))
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return &OutputError{Path: j.path, Err: err}
	}
	return nil
}

// rowDigest tells rows apart without holding them.
func rowDigest(l forms.Letter) (string, error) {
	data, err := json.Marshal(l)
	if err != nil {
		return "", fmt.Errorf("reading row: %w", err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16]), nil
}

// RecordLetters makes a PDF of letters and keeps a case of each: rows without a
// case number get a case of their own, rows with one move that case on. The
// letters must have been checked. That they went to paper is recorded by
// [Counter.LettersPrinted], once it is known. Errors: ErrAlreadyPrinted, those of printing and of
// the history.
func (c *Counter) RecordLetters(ctx context.Context, letters []forms.Letter, baseForms bool, path string, progress forms.Progress) (LetterRun, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return LetterRun{}, &OutputError{Path: path, Err: ErrIsFolder}
	}
	j, err := openJournal(path + ".run")
	if err != nil {
		return LetterRun{}, err
	}
	if j.end.Done && j.end.Printed {
		return LetterRun{}, ErrAlreadyPrinted
	}
	if err := j.begin(); err != nil {
		return LetterRun{}, err
	}
	run, err := c.recordLetters(ctx, j, letters, baseForms, path, progress)
	if err != nil {
		return LetterRun{}, errors.Join(err, j.leave())
	}
	return run, nil
}

// recordLetters is RecordLetters with the journal of the run.
func (c *Counter) recordLetters(ctx context.Context, j *journal, letters []forms.Letter, baseForms bool, path string, progress forms.Progress) (LetterRun, error) {
	var err error
	run := LetterRun{Letters: len(letters)}
	for i := range letters {
		if err := ctx.Err(); err != nil {
			return LetterRun{}, err
		}
		if letters[i].CaseNumber, err = c.caseOfRow(ctx, j, letters[i]); err != nil {
			return LetterRun{}, err
		}
		if letters[i].Version, err = c.versionToMake(ctx, letters[i]); err != nil {
			return LetterRun{}, err
		}
		run.CaseNumbers = append(run.CaseNumbers, letters[i].CaseNumber)
	}
	if j.end.Whole {
		run.Printed = Printed{Path: path, Pages: j.end.Pages}
	} else if run.Printed, err = c.PrintLetters(ctx, letters, baseForms, path, progress); err != nil {
		return LetterRun{}, err
	} else if err = j.note(runEntry{Whole: true, Pages: run.Pages, Letters: len(letters)}); err != nil {
		return LetterRun{}, err
	}
	j.end.Whole = true
	for _, l := range letters {
		if err := c.letterMade(ctx, l); err != nil {
			return LetterRun{}, err
		}
	}
	return run, j.note(runEntry{Whole: true, Done: true, Pages: run.Pages, Letters: len(letters)})
}

// ErrNoRun means that a PDF is none of a run with case records.
var ErrNoRun = errors.New("no run of letters is kept beside this PDF")

// NumberAgain gives letters the case numbers that the run of a PDF gave them, so
// that one can be printed again after a jam. Letters that the run does not know
// keep what they have. Error: ErrNoRun.
func NumberAgain(letters []forms.Letter, pdf string) error {
	j, err := openJournal(pdf + ".run")
	if err != nil {
		return err
	}
	if len(j.cases) == 0 {
		return ErrNoRun
	}
	for i := range letters {
		digest, err := rowDigest(letters[i])
		if err != nil {
			return err
		}
		if number := j.cases[digest]; number != "" && letters[i].CaseNumber == "" {
			letters[i].CaseNumber = number
		}
	}
	return nil
}

// caseOfRow gives the case number of a row, making the case if there is none.
func (c *Counter) caseOfRow(ctx context.Context, j *journal, l forms.Letter) (string, error) {
	if l.CaseNumber != "" {
		found, err := c.Case(ctx, l.CaseNumber)
		return string(found.CaseNumber), err
	}
	digest, err := rowDigest(l)
	if err != nil {
		return "", err
	}
	if number := j.cases[digest]; number != "" {
		return number, nil
	}
	s := rules.Situation{Municipality: l.Municipality, Procedure: l.Procedure, On: l.IssuedOn, Visit: rules.Known(0)}
	s.Visitor.Kind = rules.Known(rules.VisitorOther)
	if !l.Holder.BirthDate.IsZero() {
		s.Holder.BirthDate = rules.Known(l.Holder.BirthDate)
	}
	number, err := c.SaveCase(ctx, CaseInput{Situation: s, Holder: kept(l.Holder), Agent: kept(l.Agent)})
	if err != nil {
		return "", err
	}
	j.cases[digest] = number
	return number, j.note(runEntry{Row: digest, Case: number})
}

// versionToMake is the version that the code of a case's letter has to name: the
// one after the last, or that one where this run made it before it was stopped.
func (c *Counter) versionToMake(ctx context.Context, l forms.Letter) (int, error) {
	found, err := c.Case(ctx, l.CaseNumber)
	if err != nil || l.Version > 0 {
		return l.Version, err
	}
	if history.State(found.State) == history.LetterMade {
		return found.LetterVersion(), nil
	}
	return found.LetterVersion() + 1, nil
}

// kept is a person of a letter as the history keeps people.
func kept(p forms.Person) Person {
	return Person{Name: p.Name, Alias: p.Alias, Postcode: p.Postcode, Address: history.Lines(p.Address), BirthDate: p.BirthDate, Relation: p.Relation}
}

// letterMade moves a case to letter-made, through decided where it was only
// opened. A case that is there already is left alone.
func (c *Counter) letterMade(ctx context.Context, l forms.Letter) error {
	found, err := c.Case(ctx, l.CaseNumber)
	if err != nil {
		return err
	}
	state := history.State(found.State)
	if state == history.LetterMade {
		return nil
	}
	if state == history.Opened {
		if err := c.StepCase(ctx, l.CaseNumber, history.Step{To: history.Decided}); err != nil {
			return err
		}
	}
	replyBy := l.ReplyBy
	if office, err := c.LetterOffice(l.Municipality); err == nil && replyBy.IsZero() {
		replyBy = l.IssuedOn + rules.Date(office.ReplyDays)
	}
	return c.StepCase(ctx, l.CaseNumber, history.Step{To: history.LetterMade, ReplyBy: replyBy})
}

// letterPages is the number of pages of every letter.
const letterPages = 2

// LettersPrinted records with each case of a run that its letter went to paper,
// and with the run that it is over.
func (c *Counter) LettersPrinted(ctx context.Context, run LetterRun) error {
	for _, number := range run.CaseNumbers {
		if err := c.PrintedCase(ctx, number, "letter", Printed{Pages: letterPages}); err != nil {
			return err
		}
	}
	j, err := openJournal(run.Path + ".run")
	if err != nil {
		return err
	}
	return j.note(runEntry{Whole: true, Done: true, Printed: true, Pages: run.Pages, Letters: run.Letters})
}

// ErrMixedSides means that letters of one sheet and of two would go to the printer
// together, on the same sides.
var ErrMixedSides = errors.New("letters on one side and on both cannot be printed together")

// LetterJob is the way of letters to a printer: on both sides where their
// municipality chose so, and never left to chance where a holder's address must
// not stand on the back of the sheet that an agent gets. Error: ErrMixedSides.
func (c *Counter) LetterJob(made Printed, letters []forms.Letter) (PrintJob, error) {
	j := PrintJob{Path: made.Path, Title: "照会書"}
	offices := c.letterOffices()
	for i, l := range letters {
		office, err := offices(l.Municipality)
		if err != nil {
			return j, err
		}
		if i > 0 && office.TwoSided() != j.TwoSided {
			return j, ErrMixedSides
		}
		j.TwoSided = office.TwoSided()
		j.Exact = j.Exact || l.Protected || j.TwoSided
	}
	if len(letters) == 1 {
		j.Title += " " + letters[0].CaseNumber
	}
	return j, nil
}
