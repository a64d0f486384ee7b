package main

import (
	"context"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
)

func (p *program) printCommand() *cobra.Command {
	return group("print", "PDF を作ります", p.printSamplesCommand(), p.printChecklistCommand(), p.printLetterCommand(), p.printLettersCommand(),
		p.printLabelCommand(), p.printSlipCommand(), p.printRulerCommand())
}

// checklistJob is one call of print checklist.
type checklistJob struct {
	situation, language       string
	record, large, noReadings bool
	paper                     paper
}

// printChecklistCommand makes the checklist of a situation; --record keeps the
// case as well.
func (p *program) printChecklistCommand() *cobra.Command {
	var job checklistJob
	c := &cobra.Command{
		Use:   "checklist --situation FILE -o FILE.pdf",
		Short: "来庁者に渡すチェックリスト",
		Args:  nothingMore,
		RunE:  func(c *cobra.Command, _ []string) error { return p.printChecklist(c.Context(), job) },
	}
	c.Flags().StringVar(&job.situation, "situation", "", "状況の JSON ファイル (- は標準入力)")
	job.paper.on(c)
	c.Flags().BoolVar(&job.record, "record", false, "受付としても記録します")
	c.Flags().StringVar(&job.language, "language", "ja", "ja 日本語、easy やさしい日本語、en 英語")
	c.Flags().BoolVar(&job.large, "large-type", false, "大きな文字で印刷します (何ページになってもよい)")
	c.Flags().BoolVar(&job.noReadings, "no-furigana", false, "ふりがなを付けません")
	return c
}

func (p *program) printChecklist(ctx context.Context, job checklistJob) error {
	register, ok := registers[job.language]
	if err := job.paper.check(); err != nil {
		return err
	}
	if !ok {
		return usage("--language は ja、easy、en のどれかです")
	}
	s, err := p.oneSituation(job.situation)
	if err != nil {
		return err
	}
	return p.withCounter(ctx, func(desk *counter.Counter) error {
		plan, err := desk.Decide(s)
		if err != nil {
			return err
		}
		var answer printed
		if job.record {
			if answer.CaseNumber, err = desk.SaveCase(ctx, counter.CaseInput{Situation: s}); err != nil {
				return err
			}
		}
		second, err := counter.SecondVisit(desk.Decide, s, plan)
		if err != nil {
			return err
		}
		form := forms.Checklist{Plan: plan, Second: second, CaseNumber: answer.CaseNumber, Language: register, LargeType: job.large, NoReadings: job.noReadings}
		if answer.Printed, err = desk.PrintChecklistAs(ctx, form, job.paper.out); err != nil {
			return err
		}
		sent, failed := p.send(ctx, desk, job.paper, counter.PrintJob{Path: answer.Path, Title: "ご案内 " + answer.CaseNumber})
		if answer.Printing = sent; job.record && onPaper(sent) {
			if err := desk.PrintedCase(ctx, answer.CaseNumber, "checklist", answer.Printed); err != nil {
				return err
			}
		}
		if err := p.showPrinted(answer); err != nil {
			return err
		}
		return failed
	})
}

// registers are the languages of a checklist as the command line names them.
var registers = map[string]forms.Language{"ja": forms.Japanese, "easy": forms.EasyJapanese, "en": forms.English}
