package main

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/reader/simcard"
)

func (p *program) cardCommand() *cobra.Command {
	return group("card", "カードを読みます", p.cardStatusCommand(), p.cardWatchCommand(), p.cardVerifyCommand(), p.cardChangeCommand(), p.cardPlugCommand())
}

// cardStatusCommand reads the card without a PIN: no try is spent.
func (p *program) cardStatusCommand() *cobra.Command {
	var reader, scenario string
	c := &cobra.Command{
		Use:   "status [--reader NAME] [--scenario ID]",
		Short: "カードの状態を読みます (暗証番号は使いません)",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withScenario(c.Context(), scenario, func(desk *counter.Counter) error {
				summary, err := desk.ReadCard(c.Context(), reader)
				if err != nil && summary.Card.Kind == "" {
					return err
				}
				return errors.Join(err, p.show(summary, func(w io.Writer) { writeSummary(w, summary) }))
			})
		},
	}
	c.Flags().StringVar(&reader, "reader", "", "リーダーの名前")
	c.Flags().StringVar(&scenario, "scenario", "", "模擬カードのシナリオ")
	return c
}

// cardPlugCommand puts a simulated card into the virtual reader of a real PC/SC
// daemon until it is interrupted.
func (p *program) cardPlugCommand() *cobra.Command {
	var scenario, address string
	c := &cobra.Command{
		Use:   "plug --scenario ID [--vpcd HOST:PORT]",
		Short: "模擬カードを仮想リーダーに差します (中断するまで)",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if scenario == "" {
				return usage("--scenario ID が要ります")
			}
			return p.withScenario(c.Context(), scenario, func(desk *counter.Counter) error {
				p.say("シナリオ %s のカードを %s に差します。終えるには Ctrl+C を押します", scenario, address)
				return desk.PlugCard(c.Context(), address)
			})
		},
	}
	c.Flags().StringVar(&scenario, "scenario", "", "模擬カードのシナリオ")
	c.Flags().StringVar(&address, "vpcd", simcard.DefaultAddress, "仮想リーダーのアドレス")
	return c
}
