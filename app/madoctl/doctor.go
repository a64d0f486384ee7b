package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
)

// doctorCommand looks at everything the counter rests on. What is missing does
// not make it fail; the exit status is 1 when something must be done.
func (p *program) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "リーダー・書体・プリンター・ディスク・記録・時計を点検します",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
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
