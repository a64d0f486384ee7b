package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
)

func (p *program) printCommand() *cobra.Command {
	return group("print", "PDF を作ります", p.printSamplesCommand(), p.printChecklistCommand(), p.printLetterCommand(), p.printLettersCommand())
}

// printed is the answer of a command that made a file.
type printed struct {
	counter.Printed
	CaseNumber string `json:"caseNumber,omitempty"`
}

// printChecklistCommand makes the checklist of a situation; --record keeps the
// case as well.
func (p *program) printChecklistCommand() *cobra.Command {
	var situation, out string
	var record bool
	c := &cobra.Command{
		Use:   "checklist --situation FILE -o FILE.pdf",
		Short: "来庁者に渡すチェックリスト",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if out == "" {
				return usage("-o FILE.pdf が要ります")
			}
			s, err := p.oneSituation(situation)
			if err != nil {
				return err
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				plan, err := desk.Decide(s)
				if err != nil {
					return err
				}
				var answer printed
				if record {
					if answer.CaseNumber, err = desk.SaveCase(c.Context(), counter.CaseInput{Situation: s}); err != nil {
						return err
					}
				}
				if answer.Printed, err = desk.PrintChecklist(c.Context(), plan, answer.CaseNumber, out); err != nil {
					return err
				}
				if record {
					if err := desk.PrintedCase(c.Context(), answer.CaseNumber, "checklist", answer.Printed); err != nil {
						return err
					}
				}
				return p.showPrinted(answer)
			})
		},
	}
	c.Flags().StringVar(&situation, "situation", "", "状況の JSON ファイル (- は標準入力)")
	c.Flags().StringVarP(&out, "output", "o", "", "作る PDF ファイル")
	c.Flags().BoolVar(&record, "record", false, "受付としても記録します")
	return c
}

func (p *program) showPrinted(answer printed) error {
	return p.show(answer, func(w io.Writer) {
		if answer.CaseNumber != "" {
			fmt.Fprintf(w, "受付番号 %s\n", answer.CaseNumber)
		}
		fmt.Fprintln(w, answer.Path)
	})
}
