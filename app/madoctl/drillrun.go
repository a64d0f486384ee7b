package main

import (
	"cmp"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/app/simulation"
)

// drillRunCommand scores a file of answers. A low score is no failure.
func (p *program) drillRunCommand() *cobra.Command {
	var scenario, file, trainee string
	c := &cobra.Command{
		Use:   "run --scenario ID --answers FILE",
		Short: "回答のファイルを採点します",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			data, err := p.readInput("answers", file)
			if err != nil {
				return err
			}
			answers, err := simulation.ParseAnswers(data)
			if err != nil {
				return err
			}
			if scenario == "" {
				scenario = string(answers.Scenario)
			}
			if scenario == "" {
				return usage("--scenario ID が要ります")
			}
			if trainee != "" {
				answers.Trainee = trainee
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				kept, err := desk.ScoreAnswers(scenario, answers)
				if err != nil {
					return err
				}
				_, set, err := desk.Scenario(scenario)
				if err != nil {
					return err
				}
				return p.show(kept.Result, func(w io.Writer) { writeResult(w, kept.Result, set.SourceTitles()) })
			})
		},
	}
	c.Flags().StringVar(&scenario, "scenario", "", "シナリオ")
	c.Flags().StringVar(&file, "answers", "", "回答の JSON ファイル (- は標準入力)")
	c.Flags().StringVar(&trainee, "trainee", "", "受講者名 (結果を残します)")
	return c
}

// writeResult writes what a run came to; titles name the source documents.
func writeResult(w io.Writer, r simulation.Result, titles map[string]string) {
	fmt.Fprintf(w, "%s  %d / %d 点 (%d%%)\n", r.Title, r.Points, r.Of, r.Percent)
	for _, l := range r.Lines {
		fmt.Fprintf(w, "  %s %s %+d/%d  %s\n", l.Topic.Words(), l.Verdict.Words(), l.Points, l.Of, l.Text)
		for _, s := range l.Sources {
			fmt.Fprintf(w, "      %s %s行目\n", cmp.Or(titles[s.Seed], s.Seed), s.Lines)
		}
	}
	fmt.Fprintf(w, "%s\n", r.Teaches)
}

// drillAnswersCommand gives the perfect answers of a scenario by the rule set as
// it stands: for the trainer, and as the form of an answers file.
func (p *program) drillAnswersCommand() *cobra.Command {
	var scenario string
	var seed int64
	c := &cobra.Command{
		Use:   "answers --scenario ID",
		Short: "シナリオの正しい回答 (回答ファイルの形で)",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if scenario == "" {
				return usage("--scenario ID が要ります")
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				answers, err := desk.PerfectAnswers(scenario, seed)
				if err != nil {
					return err
				}
				return p.show(answers, nil)
			})
		},
	}
	c.Flags().StringVar(&scenario, "scenario", "", "シナリオ")
	c.Flags().Int64Var(&seed, "seed", 0, "場面を変える番号")
	return c
}

// drillReportCommand shows the progress of one trainee, or compares all of them.
func (p *program) drillReportCommand() *cobra.Command {
	var trainee, file string
	c := &cobra.Command{
		Use:   "report [--trainee NAME] [--csv FILE]",
		Short: "訓練の成績 (受講者の比較、又は1人の推移)",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				runs, progress, err := report(desk.Results(), trainee)
				if err != nil {
					return err
				}
				if file != "" {
					if err := desk.WriteResults(runs, file); err != nil {
						return err
					}
				}
				return p.show(progress, func(w io.Writer) { writeProgress(w, progress) })
			})
		},
	}
	c.Flags().StringVar(&trainee, "trainee", "", "受講者名")
	c.Flags().StringVar(&file, "csv", "", "1回ごとの成績を CSV にも書きます")
	return c
}

// report collects the runs of one trainee, or of all.
func report(results simulation.Results, trainee string) ([]simulation.Kept, []simulation.Progress, error) {
	if trainee != "" {
		runs, err := results.Of(trainee)
		if err != nil {
			return nil, nil, err
		}
		return runs, []simulation.Progress{simulation.ProgressOf(trainee, runs)}, nil
	}
	group, err := results.Group()
	if err != nil {
		return nil, nil, err
	}
	var runs []simulation.Kept
	for _, one := range group {
		own, err := results.Of(one.Trainee)
		if err != nil {
			return nil, nil, err
		}
		runs = append(runs, own...)
	}
	return runs, group, nil
}

func writeProgress(w io.Writer, list []simulation.Progress) {
	for _, one := range list {
		fmt.Fprintf(w, "%s  %d回  平均%d%%  初回%d%% → 直近%d%%  満点%d回\n", one.Trainee, one.Runs, one.Average, one.First, one.Last, one.Perfect)
		for _, weak := range one.Weak {
			fmt.Fprintf(w, "    %s -%d点\n", weak.Topic.Words(), weak.Lost)
		}
	}
}

// drillRecordCommand prints the record of a trainee's last run, or of run N.
func (p *program) drillRecordCommand() *cobra.Command {
	var trainee, out string
	var run int
	c := &cobra.Command{
		Use:   "record --trainee NAME -o FILE.pdf",
		Short: "訓練の記録 (PDF)",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if trainee == "" || out == "" {
				return usage("--trainee NAME と -o FILE.pdf が要ります")
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				runs, err := desk.Results().Of(trainee)
				if err != nil {
					return err
				}
				if run < 0 || run > len(runs) {
					return usage("--run は 1 から %d までです", len(runs))
				}
				if run == 0 {
					run = len(runs)
				}
				file, err := desk.PrintTrainingRecord(c.Context(), runs[run-1], out)
				if err != nil {
					return err
				}
				return p.showPrinted(printed{Printed: file})
			})
		},
	}
	c.Flags().StringVar(&trainee, "trainee", "", "受講者名")
	c.Flags().StringVarP(&out, "output", "o", "", "作る PDF ファイル")
	c.Flags().IntVar(&run, "run", 0, "何回目の訓練か (0 は最後)")
	return c
}

// drillDeleteCommand removes everything stored of a trainee.
func (p *program) drillDeleteCommand() *cobra.Command {
	var trainee string
	c := &cobra.Command{
		Use:   "delete --trainee NAME",
		Short: "受講者の成績を消します",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if trainee == "" {
				return usage("--trainee NAME が要ります")
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				if err := desk.Results().Delete(trainee); err != nil {
					return err
				}
				return p.show(map[string]string{"deleted": trainee}, nil)
			})
		},
	}
	c.Flags().StringVar(&trainee, "trainee", "", "受講者名")
	return c
}
