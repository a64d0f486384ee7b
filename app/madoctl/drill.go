package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
)

func (p *program) drillCommand() *cobra.Command {
	return group("drill", "訓練を行います", p.drillListCommand(), p.drillCoursesCommand(), p.drillQueueCommand(), p.drillNewCommand(),
		p.drillCheckCommand(), p.drillRunCommand(), p.drillAnswersCommand(), p.drillReportCommand(), p.drillRecordCommand(), p.drillDeleteCommand())
}

func (p *program) drillListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "訓練シナリオの一覧",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				library, err := desk.Scenarios()
				if err != nil {
					return err
				}
				if err := p.sayLeftOut(desk); err != nil {
					return err
				}
				list := library.List()
				return p.show(list, func(w io.Writer) {
					for _, s := range list {
						fmt.Fprintf(w, "%-28s %-18s %s\n", s.ID, s.Municipality, s.Title)
					}
				})
			})
		},
	}
}

// sayLeftOut names the trainer's files that a list leaves out.
func (p *program) sayLeftOut(desk *counter.Counter) error {
	faults, err := desk.TrainingFaults()
	files := map[string]bool{}
	for _, f := range faults {
		files[f.File] = true
	}
	if len(files) > 0 {
		p.say("誤りがあるため使わないファイルが%d個あります: %s。madoctl drill check で誤りを確かめてください",
			len(files), strings.Join(slices.Sorted(maps.Keys(files)), "、"))
	}
	return err
}

func (p *program) drillCoursesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "courses",
		Short: "コース(順に行うシナリオ)の一覧",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				courses, err := desk.Courses()
				if err != nil {
					return err
				}
				if err := p.sayLeftOut(desk); err != nil {
					return err
				}
				return p.show(courses, nil)
			})
		},
	}
}

// drillQueueCommand makes a queue of visitors; the same seed gives the same queue.
func (p *program) drillQueueCommand() *cobra.Command {
	var visitors, level, every int
	var seed int64
	c := &cobra.Command{
		Use:   "queue --visitors N",
		Short: "続けて来る来庁者の列を作ります",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if visitors < 1 || visitors > 200 {
				return usage("--visitors は 1 から 200 までです")
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				library, err := desk.Scenarios()
				if err != nil {
					return err
				}
				if err := p.sayLeftOut(desk); err != nil {
					return err
				}
				return p.show(library.Queue(visitors, level, every, seed), nil)
			})
		},
	}
	c.Flags().IntVar(&visitors, "visitors", 0, "来庁者の数")
	c.Flags().IntVar(&level, "level", 0, "むずかしさの上限 1〜3 (0 はすべて)")
	c.Flags().IntVar(&every, "every", 300, "次の来庁者までの秒数")
	c.Flags().Int64Var(&seed, "seed", 1, "列を決める番号 (同じ番号は同じ列)")
	return c
}

// drillNewCommand writes a scenario to start from.
func (p *program) drillNewCommand() *cobra.Command {
	var from, id string
	c := &cobra.Command{
		Use:   "new --id ID [--from ID] [FILE]",
		Short: "シナリオのひな形を作ります",
		RunE: func(c *cobra.Command, args []string) error {
			if id == "" || len(args) > 1 {
				return usage("--id ID が要ります (ファイルは1つまで)")
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				var path string
				var err error
				if len(args) == 1 {
					path = args[0]
				} else if path, err = desk.OwnScenarioFile(id); err != nil {
					return err
				}
				if err := desk.NewScenario(from, id, path); err != nil {
					return err
				}
				return p.show(map[string]string{"id": id, "path": path}, func(w io.Writer) { fmt.Fprintln(w, path) })
			})
		},
	}
	c.Flags().StringVar(&id, "id", "", "新しいシナリオの名前 (英小文字・数字・ハイフン)")
	c.Flags().StringVar(&from, "from", "standard", "元にするシナリオ")
	return c
}

// drillCheckCommand checks scenarios, with file, line and reason. Any fault makes
// the exit status 4.
func (p *program) drillCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check [FILE…]",
		Short: "シナリオを検査します (ファイルがなければすべて)",
		RunE: func(c *cobra.Command, files []string) error {
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				check, err := desk.CheckScenarios(files)
				if err != nil {
					return err
				}
				if err := p.show(check, func(io.Writer) {}); err != nil {
					return err
				}
				for _, f := range check.Faults {
					p.say("%s", f.Error())
				}
				for id, drawn := range check.Exercises {
					p.say("%s: 練習問題%d問。練習問題だけが使う行 %d、どれも使わない行 %d", id, drawn, len(check.Unwritten[id]), len(check.Unreached[id]))
				}
				if !check.OK {
					p.say("シナリオに誤りが%d件あります。示された行を直してから、もう一度検査してください。", len(check.Faults))
					return errFailedCheck
				}
				return nil
			})
		},
	}
}
