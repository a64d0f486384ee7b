package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
)

func (p *program) rulesCommand() *cobra.Command {
	return group("rules", "自治体の判定表を扱います", p.rulesListCommand(), p.rulesSheetCommand(), p.rulesCheckCommand(),
		p.rulesNewCommand(), p.rulesDiffCommand(), p.rulesApproveCommand(), p.rulesPackCommand(), p.rulesInstallCommand())
}

func (p *program) rulesListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "判定表の一覧",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				sets := desk.RuleSets()
				return p.show(sets, func(w io.Writer) {
					for _, s := range sets {
						state := "未承認"
						if s.Approved {
							state = "承認済"
						}
						fmt.Fprintf(w, "%-20s %-8s %.12s  %s\n", s.ID, state, s.Edition, s.Title)
					}
				})
			})
		},
	}
}

// rulesCheckCommand checks folders of tables: all faults of all folders, each
// with file, line and column. Any fault makes the exit status 4.
func (p *program) rulesCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check DIR…",
		Short: "判定表のフォルダーを検査します (誤りをすべて挙げます)",
		RunE: func(c *cobra.Command, dirs []string) error {
			if len(dirs) == 0 {
				return usage("%s には判定表のフォルダーが要ります", c.CommandPath())
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				checks, err := desk.CheckRules(dirs)
				if err != nil {
					return err
				}
				if err := p.show(checks, func(io.Writer) {}); err != nil {
					return err
				}
				return p.sayFaults(checks)
			})
		},
	}
}

// sayFaults says each fault on a line of its own, and counts them. A training
// scenario that no longer fits is named, but is no fault of the tables.
func (p *program) sayFaults(checks []counter.RulesCheck) error {
	faulty, covered := 0, uint64(0)
	for _, check := range checks {
		for _, f := range check.Faults {
			faulty++
			p.say("%s/%s", check.Folder, f.Error())
		}
		covered += check.Situations
		if check.OK {
			p.say("%s: 誤りはありません (%d通りの状況に、答えがちょうど1つずつあります)", check.Folder, check.Situations)
		}
		for _, f := range check.Broken {
			p.say("%s: 訓練シナリオがこの表に合わなくなりました: %s", check.Folder, f.Error())
		}
	}
	if len(checks) > 1 {
		p.say("判定表%d組の%d通りの状況を調べました", len(checks), covered)
	}
	if faulty > 0 {
		p.say("誤りが%d件あります。示された行を直してから、もう一度検査してください", faulty)
		return errFailedCheck
	}
	return nil
}
