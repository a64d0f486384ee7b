package main

import (
	"context"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
	"madoguchi/rules"
)

// rulesSheetCommand prints a whole rule set for the supervisor who signs it.
func (p *program) rulesSheetCommand() *cobra.Command {
	return p.municipalityPaper("sheet", "判定表の確認書 (署名用の PDF)", func(ctx context.Context, desk *counter.Counter, id rules.MunicipalityID, o paper) error {
		set, err := desk.Rules(id)
		if err != nil {
			return err
		}
		return p.makePaper(ctx, desk, o, counter.PrintJob{Title: "判定表の確認書"}, "", func(f *forms.Fonts, options forms.Options) (*forms.Document, error) {
			return forms.MakeRuleSheet(f, forms.RuleSheet{Set: set, On: desk.Today()}, options)
		})
	})
}
