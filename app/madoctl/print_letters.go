package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
	"madoguchi/app/history"
)

// printLetterCommand makes one letter.
func (p *program) printLetterCommand() *cobra.Command {
	var baseForms, record bool
	c := p.letterPaper("letter", "照会書兼回答書・委任状 (一通)", func(ctx context.Context, desk *counter.Counter, l forms.Letter, o paper) error {
		if record {
			if err := printable(ctx, desk, l, baseForms); err != nil {
				return err
			}
			return p.recordLetters(ctx, desk, []forms.Letter{l}, lettersJob{paper: o, baseForms: baseForms}, nil)
		}
		if counter.MistypedNumber(l.CaseNumber) {
			p.say("caseNumber: %s", mistypedWords)
		}
		made, err := desk.PrintLetter(ctx, l, baseForms, o.out)
		if err != nil {
			return err
		}
		sent, failed := p.sendLetters(ctx, desk, o, made, []forms.Letter{l})
		if err := p.showPrinted(printed{Printed: made, CaseNumber: l.CaseNumber, Printing: sent}); err != nil {
			return err
		}
		return failed
	})
	c.Flags().BoolVar(&baseForms, "accept-base-forms", false, "書体にない異体字を基本の字形で印刷することに同意します")
	c.Flags().BoolVar(&record, "record", false, "受付としても記録します")
	return c
}

// mistypedWords are for a number that is printed as it was given all the same
// (contracts §5): it may be another system's.
const mistypedWords = "受付番号に打ち間違いがあるかもしれません。確かめてください。書かれたとおりに印刷します"

// printable finds what keeps a letter from being recorded and printed, before a
// case is made of it.
func printable(ctx context.Context, desk *counter.Counter, l forms.Letter, baseForms bool) error {
	trial, err := trialLetter(ctx, desk, l)
	if err != nil {
		return err
	}
	faults, err := desk.CheckLetters(ctx, []forms.Letter{trial}, baseForms)
	if err == nil && len(faults) > 0 {
		err = faults[0].Err
	}
	return err
}

// trialLetter is a letter to be recorded as it will be printed. The error says
// that its number is no case that can get a letter.
func trialLetter(ctx context.Context, desk *counter.Counter, l forms.Letter) (forms.Letter, error) {
	if l.CaseNumber == "" {
		l.CaseNumber = "KG26-000000" // a stand-in of the same length: the case is made later
		return l, nil
	}
	number, err := desk.LetterCase(ctx, l.CaseNumber)
	l.CaseNumber = number
	return l, err
}

// sendLetters prints letters on the sides their municipality chose.
func (p *program) sendLetters(ctx context.Context, desk *counter.Counter, o paper, made counter.Printed, letters []forms.Letter) (*printing, error) {
	if o.printer == "" {
		return nil, nil
	}
	job, err := desk.LetterJob(made, letters)
	if err != nil {
		return nil, err
	}
	return p.send(ctx, desk, o, job)
}

// lettersJob is one call of print letters.
type lettersJob struct {
	csv, only string
	againOf   string
	paper     paper
	skipBad   bool
	record    bool
	baseForms bool
}

// printLettersCommand makes one PDF of a table of letters.
func (p *program) printLettersCommand() *cobra.Command {
	var job lettersJob
	c := &cobra.Command{
		Use:   "letters --csv FILE -o FILE.pdf",
		Short: "照会書兼回答書・委任状 (表からまとめて)",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := job.paper.check(); err != nil {
				return err
			}
			data, err := p.readInput("csv", job.csv)
			if err != nil {
				return err
			}
			defer counter.SpareMemory()()
			ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt)
			defer stop()
			return p.withCounter(ctx, func(desk *counter.Counter) error { return p.printLetters(ctx, desk, data, job) })
		},
	}
	c.Flags().StringVar(&job.csv, "csv", "", "照会書の表 (UTF-8 または Shift_JIS、- は標準入力)")
	job.paper.on(c)
	c.Flags().StringVar(&job.only, "only", "", "表の何件目だけを印刷するか (例 12,15-17)。紙詰まりのあとの刷り直しに使います")
	c.Flags().StringVar(&job.againOf, "again-of", "", "刷り直すとき、--record で作った前の PDF。受付番号をそこから取ります")
	c.Flags().BoolVar(&job.skipBad, "skip-bad", false, "誤りのある行を飛ばして印刷します")
	c.Flags().BoolVar(&job.record, "record", false, "受付としても記録します")
	c.Flags().BoolVar(&job.baseForms, "accept-base-forms", false, "書体にない異体字を基本の字形で印刷することに同意します")
	return c
}

// badRow is a row that was left out, as the JSON answer tells it.
type badRow struct {
	Line   int    `json:"line"`
	Column string `json:"column,omitempty"`
	Reason string `json:"reason"`
}

// printLetters reads the table, tells every fault at once, and prints what is
// good if that is everything or --skip-bad was given.
func (p *program) printLetters(ctx context.Context, desk *counter.Counter, data []byte, job lettersJob) error {
	rows, faults, err := forms.ReadLetters(data)
	if err != nil {
		return err
	}
	bad := make([]badRow, 0, len(faults))
	for _, f := range faults {
		bad = append(bad, badRow(f))
	}
	rows, err = chooseRows(rows, job.only)
	if err == nil && job.againOf != "" {
		err = numberAgain(rows, job.againOf)
	}
	if err != nil {
		return err
	}
	letters, more, err := p.goodLetters(ctx, desk, rows, job)
	if err != nil {
		return err
	}
	bad = append(bad, more...)
	slices.SortStableFunc(bad, func(a, b badRow) int { return a.Line - b.Line })
	for _, b := range bad {
		p.say("%s", forms.RowFault(b).Error())
	}
	if len(letters) == 0 && len(bad) == 0 {
		p.say("表に印刷する行がありません。見出しの下に一件ずつ書いてください")
		return errFailedCheck
	}
	if len(bad) > 0 && (!job.skipBad || len(letters) == 0) {
		p.say("誤りが%d件あります。何も印刷していません。直すか、--skip-bad を付けてください", len(bad))
		return errFailedCheck
	}
	if job.record {
		return p.recordLetters(ctx, desk, letters, job, bad)
	}
	made, err := desk.PrintLetters(ctx, letters, job.baseForms, job.paper.out, p.progress())
	if err != nil {
		return err
	}
	sent, failed := p.sendLetters(ctx, desk, job.paper, made, letters)
	if err := p.showRun(counter.LetterRun{Printed: made, Letters: len(letters)}, bad, sent); err != nil {
		return err
	}
	return failed
}

// goodLetters leaves out the letters that cannot be printed or, with --record,
// recorded, and tells why, before any is made.
func (p *program) goodLetters(ctx context.Context, desk *counter.Counter, rows []forms.LetterRow, job lettersJob) ([]forms.Letter, []badRow, error) {
	trial := make([]forms.Letter, len(rows))
	wrong := make([][]error, len(rows))
	for i, r := range rows {
		trial[i] = r.Letter
		if !job.record {
			if counter.MistypedNumber(r.Letter.CaseNumber) {
				p.say("%s", forms.RowFault{Line: r.Line, Column: "caseNumber", Reason: mistypedWords}.Error())
			}
			continue
		}
		known, err := trialLetter(ctx, desk, r.Letter)
		if refused := (*history.Refusal)(nil); errors.As(err, &refused) {
			wrong[i] = append(wrong[i], err)
			known.CaseNumber = "KG26-000000" // the other faults of the row are told too
		} else if err != nil {
			return nil, nil, err
		}
		trial[i] = known
	}
	faults, err := desk.CheckLetters(ctx, trial, job.baseForms)
	if err != nil {
		return nil, nil, err
	}
	for _, f := range faults {
		wrong[f.Index] = append(wrong[f.Index], splitErrors(f.Err)...)
	}
	var good []forms.Letter
	var bad []badRow
	for i, r := range rows {
		for _, one := range wrong[i] {
			bad = append(bad, badRow{Line: r.Line, Column: columnOf(one), Reason: counter.ProblemOf(one).Title})
		}
		if len(wrong[i]) == 0 {
			good = append(good, r.Letter)
		}
	}
	return good, bad, nil
}

// splitErrors takes joined errors apart.
func splitErrors(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, one := range joined.Unwrap() {
			all = append(all, splitErrors(one)...)
		}
		return all
	}
	return []error{err}
}

// columnOf is the column of a table that an error is about.
func columnOf(err error) string {
	switch e := err.(type) {
	case *history.Refusal:
		return "caseNumber"
	case *forms.FieldError:
		return e.Field
	case *forms.MissingGlyphError:
		return e.Field
	case *forms.VariationError:
		return e.Field
	case *forms.OverflowError:
		return e.Field
	}
	if err == forms.ErrReplyBy {
		return "replyBy"
	}
	return ""
}

// numberAgain takes the case numbers of an earlier run.
func numberAgain(rows []forms.LetterRow, pdf string) error {
	letters := make([]forms.Letter, len(rows))
	for i, r := range rows {
		letters[i] = r.Letter
	}
	if err := counter.NumberAgain(letters, pdf); err != nil {
		return err
	}
	for i := range rows {
		rows[i].Letter = letters[i]
	}
	return nil
}

// chooseRows numbers the rows and keeps those asked for (12,15-17; from 1).
func chooseRows(rows []forms.LetterRow, only string) ([]forms.LetterRow, error) {
	for i := range rows {
		if rows[i].Letter.Sequence == "" {
			rows[i].Letter.Sequence = fmt.Sprintf("%04d/%04d", i+1, len(rows))
		}
	}
	if only == "" {
		return rows, nil
	}
	var chosen []forms.LetterRow
	for part := range strings.SplitSeq(only, ",") {
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		a, errA := strconv.Atoi(strings.TrimSpace(from))
		b, errB := strconv.Atoi(strings.TrimSpace(to))
		if errA != nil || errB != nil || a < 1 || b < a || b > len(rows) {
			return nil, usage("--only には 1 から %d までの番号を書いてください (例 12,15-17)", len(rows))
		}
		chosen = append(chosen, rows[a-1:b]...)
	}
	return chosen, nil
}

// recordLetters prints letters and keeps a case of each; what went to paper, or
// was asked for as a file, is recorded as printed.
func (p *program) recordLetters(ctx context.Context, desk *counter.Counter, letters []forms.Letter, job lettersJob, bad []badRow) error {
	run, err := desk.RecordLetters(ctx, letters, job.baseForms, job.paper.out, p.progress())
	if err != nil {
		return err
	}
	sent, failed := p.sendLetters(ctx, desk, job.paper, run.Printed, letters)
	if onPaper(sent) {
		if err := desk.LettersPrinted(ctx, run); err != nil {
			return err
		}
	}
	if err := p.showRun(run, bad, sent); err != nil {
		return err
	}
	return failed
}

// showRun answers with what was made and what was left out.
func (p *program) showRun(run counter.LetterRun, bad []badRow, sent *printing) error {
	answer := struct {
		counter.LetterRun
		Skipped  []badRow  `json:"skipped"`
		Printing *printing `json:"printing,omitempty"`
	}{run, append([]badRow{}, bad...), sent}
	return p.show(answer, func(w io.Writer) {
		fmt.Fprintf(w, "%d通 %dページ\n%s\n", run.Letters, run.Pages, run.Path)
	})
}

// progress tells rate and time left on standard error, twice a second at most,
// and once at the end.
func (p *program) progress() forms.Progress {
	begin, last := p.now(), time.Time{}
	return func(done, total int) {
		now := p.now()
		if done < total && now.Sub(last) < 500*time.Millisecond {
			return
		}
		last = now
		rate := float64(done) / max(now.Sub(begin).Seconds(), 0.001)
		p.say("%d/%d通 毎秒%.0f通 残り%.0f秒", done, total, rate, float64(total-done)/rate)
	}
}
