package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/rules"
)

// decideCommand: situation → plan. A list of situations answers a list of plans
// and what to bring in all.
func (p *program) decideCommand() *cobra.Command {
	var file string
	c := &cobra.Command{
		Use:   "decide --situation FILE",
		Short: "状況から案内内容を決めます",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			situations, list, err := p.situations(file)
			if err != nil {
				return err
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				plans, err := desk.DecideAll(situations)
				switch {
				case err != nil:
					return err
				case list:
					return p.show(plans, nil)
				}
				return p.show(plans.Plans[0], func(w io.Writer) { writePlan(w, plans.Plans[0]) })
			})
		},
	}
	c.Flags().StringVar(&file, "situation", "", "状況の JSON ファイル (- は標準入力)")
	return c
}

// situations reads the file named by --situation.
func (p *program) situations(file string) (situations []rules.Situation, list bool, err error) {
	data, err := p.readInput("situation", file)
	if err != nil {
		return nil, false, err
	}
	return counter.ParseSituations(file, data)
}

// oneSituation is situations for commands that take one only.
func (p *program) oneSituation(file string) (rules.Situation, error) {
	situations, list, err := p.situations(file)
	if err != nil {
		return rules.Situation{}, err
	}
	if list {
		return rules.Situation{}, usage("この操作の状況は1件だけです: %s", file)
	}
	return situations[0], nil
}

// writePlan says a plan to somebody at a terminal.
func writePlan(w io.Writer, plan rules.Plan) {
	fmt.Fprintf(w, "%s  %s  %s  来庁 %d回\n", plan.MunicipalityTitle, plan.On, outcomeWords(plan.Outcome), plan.Visits)
	section := func(title string, lines []string) {
		for i, line := range lines {
			if i == 0 {
				fmt.Fprintf(w, "\n%s\n", title)
			}
			fmt.Fprintf(w, "  %s\n", line)
		}
	}
	section("理由", linesOf(plan.Reasons))
	var papers, pins, dates []string
	for _, r := range plan.Requirements {
		papers = append(papers, "□ "+r.Text.Plain()+mark(r.Status))
	}
	for _, pin := range plan.PINs {
		pins = append(pins, pin.Text.Plain()+mark(pin.Status))
	}
	for _, d := range plan.Dates {
		dates = append(dates, d.Text.Plain()+" "+d.Date.String())
	}
	section("お持ちいただくもの", papers)
	section("暗証番号", pins)
	section("照会書", linesOf(plan.Letters))
	section("流れ", linesOf(plan.Steps))
	section("期日", dates)
	section("費用", linesOf(plan.Fees))
	section("ご注意", linesOf(plan.Notes))
	section("要確認", linesOf(plan.OpenPoints))
	section("まだ聞くこと", plan.Questions)
}

func linesOf(lines []rules.Line) []string {
	out := make([]string, 0, len(lines))
	for _, l := range lines {
		out = append(out, l.Text.Plain()+mark(l.Status))
	}
	return out
}

// mark is what stands behind a line that the source does not state outright.
func mark(s rules.Status) string {
	switch s {
	case rules.Inferred:
		return " (要確認)"
	case rules.NotStated:
		return " (記載なし: 担当へ確認)"
	}
	return ""
}

func outcomeWords(o rules.Outcome) string {
	switch o {
	case rules.Proceed:
		return "本日受付できます"
	case rules.VisitAgain:
		return "もう一度お越しいただきます"
	case rules.GoElsewhere:
		return "別の窓口・方法になります"
	case rules.OutcomeNever:
		return "受付できません"
	case rules.AskSupervisor:
		return "担当へ確認します"
	}
	return "まだ聞くことがあります"
}
