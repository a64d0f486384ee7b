package main

import (
	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
	"madoguchi/rules"
)

// rulesSheetCommand prints a whole rule set for the supervisor who signs it.
func (p *program) rulesSheetCommand() *cobra.Command {
	var municipality, out string
	c := &cobra.Command{
		Use:   "sheet --municipality M -o FILE.pdf",
		Short: "判定表の確認書 (署名用の PDF)",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if municipality == "" || out == "" {
				return usage("--municipality M と -o FILE.pdf が要ります")
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				set, err := desk.Rules(rules.MunicipalityID(municipality))
				if err != nil {
					return err
				}
				made, err := desk.PrintForm(out, func(f *forms.Fonts, o forms.Options) (*forms.Document, error) {
					return forms.MakeRuleSheet(f, forms.RuleSheet{Set: set, On: desk.Today()}, o)
				})
				if err != nil {
					return err
				}
				return p.showPrinted(printed{Printed: made})
			})
		},
	}
	c.Flags().StringVar(&municipality, "municipality", "", "自治体の判定表の名前")
	c.Flags().StringVarP(&out, "output", "o", "", "作る PDF ファイル")
	return c
}
