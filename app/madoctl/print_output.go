package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
	"madoguchi/app/printer"
	"madoguchi/rules"
)

// paper is where a command puts the paper it makes: a file, and if it is asked
// for a printer.
type paper struct {
	out, printer, tray string
}

// on gives a command the flags of every paper.
func (o *paper) on(c *cobra.Command) {
	c.Flags().StringVarP(&o.out, "output", "o", "", "作る PDF ファイル")
	c.Flags().StringVar(&o.printer, "printer", "", "続けて印刷するプリンターの名前")
	c.Flags().StringVar(&o.tray, "tray", "", "そのプリンターの給紙口")
}

// check refuses a paper that goes nowhere.
func (o *paper) check() error {
	switch {
	case o.out == "":
		return usage("-o FILE.pdf が要ります")
	case o.tray != "" && o.printer == "":
		return usage("--tray には --printer も要ります")
	}
	return nil
}

// printed is the answer of a command that made a paper.
type printed struct {
	counter.Printed
	CaseNumber string    `json:"caseNumber,omitempty"`
	Printing   *printing `json:"printing,omitempty"`
}

// printing is what a printer made of a paper: printed, untold or refused.
type printing struct {
	Printer string `json:"printer"`
	State   string `json:"state"`
	Waits   string `json:"waits,omitempty"` // needs-paper or needs-hand
}

// longestPrint is how long the console follows a job.
const longestPrint = time.Minute

// send prints the paper, if a printer was named. The answer is nil where none was;
// a refusal comes as the error, beside its answer.
func (p *program) send(ctx context.Context, desk *counter.Counter, o paper, job counter.PrintJob) (*printing, error) {
	if o.printer == "" {
		return nil, nil
	}
	job.Printer, job.Tray = o.printer, o.tray
	answer := &printing{Printer: o.printer, State: "refused"}
	receipt, err := desk.SendToPrinter(ctx, job)
	if err != nil {
		return answer, err
	}
	outcome, err := desk.PrintOutcome(ctx, receipt, longestPrint)
	if err != nil {
		return answer, err
	}
	answer.State, answer.Waits = string(outcome.State), string(outcome.Waits)
	if outcome.State == printer.Untold {
		p.say("印刷が終わったかどうかは分かりません。紙を確かめてください。履歴には印刷したと記録していません")
	}
	return answer, nil
}

// onPaper reports whether a paper counts as printed: the printer said so, or the
// file itself was what was asked for.
func onPaper(answer *printing) bool {
	return answer == nil || answer.State == string(printer.Printed)
}

// makePaper makes a form, prints it where a printer was named, and answers.
func (p *program) makePaper(ctx context.Context, desk *counter.Counter, o paper, job counter.PrintJob, number string,
	draw func(*forms.Fonts, forms.Options) (*forms.Document, error)) error {
	made, err := desk.PrintForm(o.out, draw)
	if err != nil {
		return err
	}
	job.Path = made.Path
	sent, failed := p.send(ctx, desk, o, job)
	if err := p.showPrinted(printed{Printed: made, CaseNumber: number, Printing: sent}); err != nil {
		return err
	}
	return failed
}

func (p *program) showPrinted(answer printed) error {
	return p.show(answer, func(w io.Writer) {
		if answer.CaseNumber != "" {
			fmt.Fprintf(w, "受付番号 %s\n", answer.CaseNumber)
		}
		fmt.Fprintln(w, answer.Path)
	})
}

// letterPaper is a command that makes a paper from a letter file.
func (p *program) letterPaper(use, short string, do func(ctx context.Context, desk *counter.Counter, l forms.Letter, o paper) error) *cobra.Command {
	var file string
	var o paper
	c := &cobra.Command{
		Use:   use + " --letter FILE -o FILE.pdf",
		Short: short,
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			data, err := p.readInput("letter", file)
			if err != nil {
				return err
			}
			l, err := counter.ParseLetter(file, data)
			if err != nil {
				return err
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error { return do(c.Context(), desk, l, o) })
		},
	}
	c.Flags().StringVar(&file, "letter", "", "照会書の JSON ファイル (- は標準入力)")
	o.on(c)
	return c
}

// municipalityPaper is a command that makes a paper of a whole municipality.
func (p *program) municipalityPaper(use, short string, do func(ctx context.Context, desk *counter.Counter, id rules.MunicipalityID, o paper) error) *cobra.Command {
	var municipality string
	var o paper
	c := &cobra.Command{
		Use:   use + " --municipality M -o FILE.pdf",
		Short: short,
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if municipality == "" || o.out == "" {
				return usage("--municipality M と -o FILE.pdf が要ります")
			}
			if err := o.check(); err != nil {
				return err
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				return do(c.Context(), desk, rules.MunicipalityID(municipality), o)
			})
		},
	}
	c.Flags().StringVar(&municipality, "municipality", "", "自治体の判定表の名前")
	o.on(c)
	return c
}
