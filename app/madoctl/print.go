package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
)

func (p *program) printCommand() *cobra.Command {
	return group("print", "PDF を作ります", p.printSamplesCommand(), p.printChecklistCommand(), p.printLetterCommand(), p.printLettersCommand(),
		p.printLabelCommand(), p.printSlipCommand(), p.printRulerCommand())
}

// printed is the answer of a command that made a file.
type printed struct {
	counter.Printed
	CaseNumber string `json:"caseNumber,omitempty"`
}

// printChecklistCommand makes the checklist of a situation; --record keeps the
// case as well.
func (p *program) printChecklistCommand() *cobra.Command {
	var situation, out, language string
	var record, large, noReadings bool
	c := &cobra.Command{
		Use:   "checklist --situation FILE -o FILE.pdf",
		Short: "来庁者に渡すチェックリスト",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if out == "" {
				return usage("-o FILE.pdf が要ります")
			}
			register, ok := registers[language]
			if !ok {
				return usage("--language は ja、easy、en のどれかです")
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
				if answer.Printed, err = desk.PrintChecklistAs(c.Context(), forms.Checklist{
					Plan: plan, CaseNumber: answer.CaseNumber, Language: register, LargeType: large, NoReadings: noReadings,
				}, out); err != nil {
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
	c.Flags().StringVar(&language, "language", "ja", "ja 日本語、easy やさしい日本語、en 英語")
	c.Flags().BoolVar(&large, "large-type", false, "大きな文字で印刷します (何ページになってもよい)")
	c.Flags().BoolVar(&noReadings, "no-furigana", false, "ふりがなを付けません")
	return c
}

// registers are the languages of a checklist as the command line names them.
var registers = map[string]forms.Language{"ja": forms.Japanese, "easy": forms.EasyJapanese, "en": forms.English}

func (p *program) showPrinted(answer printed) error {
	return p.show(answer, func(w io.Writer) {
		if answer.CaseNumber != "" {
			fmt.Fprintf(w, "受付番号 %s\n", answer.CaseNumber)
		}
		fmt.Fprintln(w, answer.Path)
	})
}
