package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
)

func (p *program) casesCommand() *cobra.Command {
	return group("cases", "受付の記録を扱います", p.casesAddCommand(), p.casesListCommand(), p.casesShowCommand(),
		p.casesSearchCommand(), p.casesAdvanceCommand())
}

func (p *program) casesAddCommand() *cobra.Command {
	var file string
	c := &cobra.Command{
		Use:   "add --case FILE",
		Short: "受付を記録します",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			data, err := p.readInput("case", file)
			if err != nil {
				return err
			}
			in, err := counter.ParseCase(file, data)
			if err != nil {
				return err
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				number, err := desk.SaveCase(c.Context(), in)
				if err != nil {
					return err
				}
				return p.show(map[string]string{"caseNumber": number}, func(w io.Writer) { fmt.Fprintln(w, number) })
			})
		},
	}
	c.Flags().StringVar(&file, "case", "", "受付の JSON ファイル (- は標準入力)")
	return c
}

func (p *program) casesListCommand() *cobra.Command {
	var filter counter.CaseFilter
	c := &cobra.Command{
		Use:   "list [--state STATE] [--due]",
		Short: "受付の一覧",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				return p.showCases(desk.Cases(c.Context(), filter))
			})
		},
	}
	c.Flags().StringVar(&filter.State, "state", "", "状態")
	c.Flags().BoolVar(&filter.Due, "due", false, "回答の期限が今日まで、又は過ぎたもの")
	return c
}

func (p *program) casesSearchCommand() *cobra.Command {
	var text string
	c := &cobra.Command{
		Use:   "search --text TEXT",
		Short: "受付を探します (番号、氏名の2文字以上、生年月日)",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if text == "" {
				return usage("--text TEXT が要ります")
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				return p.showCases(desk.SearchCases(c.Context(), text))
			})
		},
	}
	c.Flags().StringVar(&text, "text", "", "探す文字")
	return c
}

func (p *program) showCases(lines []counter.CaseLine, err error) error {
	if err != nil {
		return err
	}
	return p.show(lines, func(w io.Writer) {
		for _, l := range lines {
			fmt.Fprintf(w, "%s  %-20s %v  %s  %s\n", l.CaseNumber, l.State, l.Procedure, l.OpenedOn, l.ReplyBy)
		}
	})
}

func (p *program) casesShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show NUMBER",
		Short: "1件の受付",
		Args:  exactly("NUMBER"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				kept, err := desk.Case(c.Context(), args[0])
				if err != nil {
					return err
				}
				return p.show(kept, nil)
			})
		},
	}
}

func (p *program) casesAdvanceCommand() *cobra.Command {
	var to string
	c := &cobra.Command{
		Use:   "advance NUMBER --to STATE",
		Short: "受付を次の状態に進めます",
		Args:  exactly("NUMBER"),
		RunE: func(c *cobra.Command, args []string) error {
			if to == "" {
				return usage("--to STATE が要ります")
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				if err := desk.AdvanceCase(c.Context(), args[0], to); err != nil {
					return err
				}
				return p.show(map[string]string{"caseNumber": args[0], "state": to}, nil)
			})
		},
	}
	c.Flags().StringVar(&to, "to", "", "次の状態")
	return c
}
