package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
)

// cardWatchCommand tells what happens at the readers until it is interrupted:
// one JSON object a line, or words on a terminal.
func (p *program) cardWatchCommand() *cobra.Command {
	var scenario string
	c := &cobra.Command{
		Use:   "watch [--scenario ID]",
		Short: "リーダーとカードの変化を知らせ続けます (中断するまで)",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withScenario(c.Context(), scenario, func(desk *counter.Counter) error {
				lines := json.NewEncoder(p.out)
				lines.SetEscapeHTML(false)
				var failed error
				err := desk.WatchCards(c.Context(), func(e counter.CardEvent) {
					if p.outTerminal && !p.asJSON {
						writeEvent(p.out, e)
					} else if failed == nil {
						failed = lines.Encode(e)
					}
				})
				if failed != nil {
					return fmt.Errorf("writing an event: %w", failed)
				}
				return err
			})
		},
	}
	c.Flags().StringVar(&scenario, "scenario", "", "模擬カードのシナリオ")
	return c
}

func writeEvent(w io.Writer, e counter.CardEvent) {
	switch e.Kind {
	case counter.CardHere:
		writeSummary(w, *e.Summary)
	case counter.CardGone:
		fmt.Fprintf(w, "カードが外されました  %s\n", e.Reader)
	case counter.ReaderEmpty:
		fmt.Fprintf(w, "カードがありません  %s\n", e.Reader)
	}
	if e.Problem != nil {
		fmt.Fprintln(w, e.Problem.Sentence())
	}
}
