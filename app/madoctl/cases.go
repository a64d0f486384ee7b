package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/app/history"
	"madoguchi/rules"
)

func (p *program) casesCommand() *cobra.Command {
	return group("cases", "受付の記録を扱います", p.casesAddCommand(), p.casesListCommand(), p.casesShowCommand(),
		p.casesSearchCommand(), p.casesAdvanceCommand(), p.casesScanCommand(), p.casesCountsCommand(),
		p.casesVerifyCommand(), p.casesBackupCommand(), p.casesRestoreCommand(), p.casesPurgeCommand(),
		p.casesExportCommand(), p.casesImportCommand(), p.casesStatsCommand(), p.casesRotateCommand(), p.casesKeyCommand())
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
				number, err := desk.OpenCase(c.Context(), in)
				if err != nil {
					return err
				}
				if err := p.show(map[string]string{"caseNumber": number}, func(w io.Writer) { fmt.Fprintln(w, number) }); err != nil {
					return &counter.UnsaidError{Number: number, Err: err}
				}
				return nil
			})
		},
	}
	c.Flags().StringVar(&file, "case", "", "受付の JSON ファイル (- は標準入力)")
	return c
}

func (p *program) casesListCommand() *cobra.Command {
	var ask caseQuestion
	var due bool
	c := &cobra.Command{
		Use:   "list [--state STATE] [--due] [--list NAME] [--from D] [--until D]",
		Short: "受付の一覧",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if due {
				ask.list = string(history.Due)
			}
			return p.findCases(c, ask)
		},
	}
	ask.flags(c)
	c.Flags().BoolVar(&due, "due", false, "回答の期限が今日まで、又は過ぎたもの")
	return c
}

func (p *program) casesSearchCommand() *cobra.Command {
	var ask caseQuestion
	c := &cobra.Command{
		Use:   "search --text TEXT [--state STATE] [--from D] [--until D]",
		Short: "受付を探します (番号、氏名の2文字以上、生年月日)",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if ask.text == "" {
				return usage("--text TEXT が要ります")
			}
			return p.findCases(c, ask)
		},
	}
	ask.flags(c)
	c.Flags().StringVar(&ask.text, "text", "", "探す文字")
	return c
}

// caseQuestion is what the flags of list and search ask for.
type caseQuestion struct{ text, list, state, from, until string }

func (a *caseQuestion) flags(c *cobra.Command) {
	c.Flags().StringVar(&a.state, "state", "", "状態")
	c.Flags().StringVar(&a.list, "list", "", "today, due-today, overdue, due, unmailed, returned, open のどれか")
	c.Flags().StringVar(&a.from, "from", "", "この日から受け付けたもの")
	c.Flags().StringVar(&a.until, "until", "", "この日までに受け付けたもの")
}

func (p *program) findCases(c *cobra.Command, ask caseQuestion) error {
	q := counter.CaseQuery{List: history.ListName(ask.list), Text: ask.text, Limit: -1}
	if !q.List.Valid() {
		return usage("--list に %q はありません", ask.list)
	}
	var err error
	if q.From, err = optionalDate("from", ask.from); err != nil {
		return err
	}
	if q.Until, err = optionalDate("until", ask.until); err != nil {
		return err
	}
	if q.State = history.State(ask.state); ask.state != "" && !q.State.Valid() {
		return usage("--state に %q という状態はありません", ask.state)
	}
	return p.withCounter(c.Context(), func(desk *counter.Counter) error {
		found, err := desk.FindCases(c.Context(), q)
		return p.showCases(found, err)
	})
}

func (p *program) showCases(lines []history.Summary, err error) error {
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
	var to, replyBy string
	c := &cobra.Command{
		Use:   "advance NUMBER --to STATE [--reply-by D]",
		Short: "受付を次の状態に進めます",
		Args:  exactly("NUMBER"),
		RunE: func(c *cobra.Command, args []string) error {
			if to == "" {
				return usage("--to STATE が要ります")
			}
			day, err := optionalDate("reply-by", replyBy)
			if err != nil {
				return err
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				if err := advance(c.Context(), desk, args[0], to, day); err != nil {
					return err
				}
				return p.show(map[string]string{"caseNumber": args[0], "state": to}, nil)
			})
		},
	}
	c.Flags().StringVar(&to, "to", "", "次の状態")
	c.Flags().StringVar(&replyBy, "reply-by", "", "照会書の回答期限 (letter-made のとき)")
	return c
}

// advance moves a case; without a day for the reply the office's own days count.
func advance(ctx context.Context, desk *counter.Counter, number, to string, replyBy rules.Date) error {
	if replyBy.IsZero() {
		return desk.AdvanceCase(ctx, number, to)
	}
	return desk.AdvanceCaseUntil(ctx, number, to, replyBy)
}
