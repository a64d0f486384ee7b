package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/rules"
)

func (p *program) rulesNewCommand() *cobra.Command {
	var from string
	c := &cobra.Command{
		Use:   "new --from ID DIR",
		Short: "ある判定表を写して、自治体独自の判定表のフォルダーを作ります",
		RunE: func(c *cobra.Command, args []string) error {
			if from == "" || len(args) != 1 {
				return usage("%s には --from ID と作るフォルダーが要ります", c.CommandPath())
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				if err := desk.NewRules(rules.MunicipalityID(from), args[0]); err != nil {
					return err
				}
				return p.show(map[string]string{"folder": args[0]}, func(w io.Writer) { fmt.Fprintln(w, args[0]) })
			})
		},
	}
	c.Flags().StringVar(&from, "from", "", "元にする判定表")
	return c
}

func (p *program) rulesDiffCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "diff M1 M2",
		Short: "2つの判定表 (名前またはフォルダー) の違いと、判断が変わる受付を挙げます",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage("%s には判定表を2つ指定してください", c.CommandPath())
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				d, err := desk.DiffRules(c.Context(), args[0], args[1])
				if err != nil {
					return err
				}
				return p.show(d, func(w io.Writer) { writeDifference(w, d) })
			})
		},
	}
}

func writeDifference(w io.Writer, d counter.RulesDifference) {
	for _, t := range d.Tables {
		fmt.Fprintf(w, "%s (%s)\n", t.Title, t.File)
		for _, r := range t.Before {
			fmt.Fprintf(w, "  - %s %v %s\n", r.ID, r.Cells, r.Basis)
		}
		for _, r := range t.After {
			fmt.Fprintf(w, "  + %s %v %s\n", r.ID, r.Cells, r.Basis)
		}
	}
	for _, change := range d.OpenCases {
		fmt.Fprintf(w, "受付 %s: %v が変わります\n", change.Name, change.What)
	}
	fmt.Fprintf(w, "違う表 %d、判断が変わる例 %d、判断が変わる受付 %d\n", len(d.Tables), len(d.Examples), len(d.OpenCases))
}

func (p *program) rulesApproveCommand() *cobra.Command {
	var by string
	c := &cobra.Command{
		Use:   "approve ID --by NAME",
		Short: "判定表の今の版を承認した人を記録します",
		RunE: func(c *cobra.Command, args []string) error {
			if by == "" || len(args) != 1 {
				return usage("%s には判定表の名前と --by 氏名 が要ります", c.CommandPath())
			}
			return p.withCare(c, func(desk *counter.Counter) error {
				signed, err := desk.ApproveRules(rules.MunicipalityID(args[0]), by)
				if err != nil {
					return err
				}
				return p.showApproval(signed)
			})
		},
	}
	c.Flags().StringVar(&by, "by", "", "承認した人")
	return c
}

func (p *program) showApproval(signed rules.Approval) error {
	return p.show(signed, func(w io.Writer) { fmt.Fprintf(w, "%s 承認済 %.12s %s\n", signed.ID, signed.Edition, signed.On) })
}

func (p *program) rulesPackCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "pack ID -o FILE",
		Short: "承認済みの判定表を、ほかのパソコンに配る1つのファイルにします",
		RunE: func(c *cobra.Command, args []string) error {
			if out == "" || len(args) != 1 {
				return usage("%s には判定表の名前と -o FILE が要ります", c.CommandPath())
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				if err := desk.PackRules(rules.MunicipalityID(args[0]), out); err != nil {
					return err
				}
				return p.show(map[string]string{"path": out}, func(w io.Writer) { fmt.Fprintln(w, out) })
			})
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "作るファイル")
	return c
}

func (p *program) rulesInstallCommand() *cobra.Command {
	var from string
	c := &cobra.Command{
		Use:   "install FILE [--from D]",
		Short: "配られた判定表をこのパソコンに入れます (--from の日から使います)",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("%s には配られたファイルが要ります", c.CommandPath())
			}
			var day rules.Date
			if from != "" {
				var err error
				if day, err = rules.ParseDate(from); err != nil {
					return usage("--from: %v", err)
				}
			}
			return p.withCare(c, func(desk *counter.Counter) error {
				signed, err := desk.InstallRules(args[0], day)
				if err != nil {
					return err
				}
				return p.showApproval(signed)
			})
		},
	}
	c.Flags().StringVar(&from, "from", "", "使い始める日 (YYYY-MM-DD)")
	return c
}
