package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
)

func (p *program) drillCommand() *cobra.Command {
	return group("drill", "訓練を行います", p.drillListCommand())
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
