package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
)

// doctorCommand looks at everything the counter rests on. What is missing does
// not make it fail; the exit status is 1 when something must be done.
func (p *program) doctorCommand() *cobra.Command {
	var send bool
	var file string
	c := &cobra.Command{
		Use:   "doctor [--send | -o FILE.zip]",
		Short: "リーダー・書体・プリンター・ディスク・記録・時計を点検します",
		Long:  "--send は、点検の結果とログを、担当へ送れる 1 つのファイルにします (個人情報は入りません)。",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				if send || file != "" {
					return p.writeDiagnostics(c.Context(), desk, file)
				}
				findings := desk.Examine(c.Context())
				if err := p.show(findings, func(w io.Writer) { writeFindings(w, findings) }); err != nil {
					return err
				}
				for _, f := range findings {
					if f.State == counter.Bad {
						return errNegative
					}
				}
				return nil
			})
		},
	}
	c.Flags().BoolVar(&send, "send", false, "担当へ送る診断ファイルを作ります")
	c.Flags().StringVarP(&file, "output", "o", "", "診断ファイルの名前 (なければデスクトップなど、書き出してよい場所)")
	return c
}

// writeDiagnostics makes the file that a clerk can send.
func (p *program) writeDiagnostics(ctx context.Context, desk *counter.Counter, file string) error {
	path, err := desk.WriteDiagnostics(ctx, file)
	if err != nil {
		return err
	}
	return p.show(map[string]string{"file": path}, func(w io.Writer) {
		fmt.Fprintf(w, "診断ファイルを作りました。個人情報は入っていません。\n%s\n", path)
	})
}

func writeFindings(w io.Writer, findings []counter.Finding) {
	marks := map[counter.FindingState]string{counter.Good: "○", counter.Uneasy: "△", counter.Bad: "×"}
	for _, f := range findings {
		fmt.Fprintf(w, "%s %s: %s\n", marks[f.State], f.Title, f.Says)
		if f.Action != "" {
			fmt.Fprintf(w, "   → %s\n", f.Action)
		}
	}
}
