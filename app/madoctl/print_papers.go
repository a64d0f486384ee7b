package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
	"madoguchi/rules"
)

// printLabelCommand makes the address label of a letter.
func (p *program) printLabelCommand() *cobra.Command {
	var place int
	var barcode, notForwarded bool
	c := p.letterPaper("label", "あて名ラベル (12面)", func(ctx context.Context, desk *counter.Counter, l forms.Letter, o paper) error {
		sheet := forms.TwelveLabels()
		if place < 1 || place > sheet.Places() {
			return usage("--place は 1 から %d までです", sheet.Places())
		}
		label := forms.Label{To: l.Holder, NotForwarded: notForwarded, Barcode: barcode, Sequence: l.Sequence, Superseded: desk.IsSuperseded(l.Municipality)}
		job := counter.PrintJob{Title: "あて名ラベル " + l.CaseNumber}
		return p.makePaper(ctx, desk, o, job, l.CaseNumber, func(f *forms.Fonts, options forms.Options) (*forms.Document, error) {
			return forms.MakeLabels(f, sheet, place-1, []forms.Label{label}, l.IssuedOn, options)
		})
	})
	c.Flags().IntVar(&place, "place", 1, "用紙の何枚目のラベルから使うか (左上が1)")
	c.Flags().BoolVar(&barcode, "barcode", false, "カスタマバーコードを付けます")
	c.Flags().BoolVar(&notForwarded, "not-forwarded", false, "「転送不要」と印刷します")
	return c
}

// printSlipCommand makes the case slip of a letter.
func (p *program) printSlipCommand() *cobra.Command {
	var bring []string
	var situation string
	c := p.letterPaper("slip", "受付票 (2回目に来る方へ)", func(ctx context.Context, desk *counter.Counter, l forms.Letter, o paper) error {
		if err := counter.RefuseIndividualNumber("bring", strings.Join(bring, "\n")); err != nil {
			return err
		}
		office, err := desk.LetterOffice(l.Municipality)
		if err != nil {
			return err
		}
		if situation != "" && len(bring) == 0 {
			if bring, err = p.secondBring(desk, situation); err != nil {
				return err
			}
		}
		job := counter.PrintJob{Title: "受付票 " + l.CaseNumber}
		return p.makePaper(ctx, desk, o, job, l.CaseNumber, func(f *forms.Fonts, options forms.Options) (*forms.Document, error) {
			return forms.MakeSlip(f, office.Slip(l, bring), options)
		})
	})
	c.Flags().StringArrayVar(&bring, "bring", nil, "2回目に持ってくる物 (一つずつ)")
	c.Flags().StringVar(&situation, "situation", "", "1回目の状況の JSON ファイル。--bring がないとき、2回目に持ってくる物をここから判定します")
	return c
}

// secondBring are the papers of the second visit, decided for the situation of the
// first; none where that is no visit with a letter, or the source does not say.
func (p *program) secondBring(desk *counter.Counter, file string) ([]string, error) {
	s, err := p.oneSituation(file)
	if err != nil {
		return nil, err
	}
	plan, err := desk.Decide(s)
	if err != nil {
		return nil, err
	}
	second, err := counter.SecondVisit(desk.Decide, s, plan)
	if err != nil || second == nil || second.Outcome != rules.Proceed {
		return nil, err
	}
	return forms.BringLines(*second, desk.LetterTitle(plan.Municipality)), nil
}

// printRulerCommand makes the page with which a window is measured.
func (p *program) printRulerCommand() *cobra.Command {
	return p.municipalityPaper("ruler", "封筒の窓の位置を測る紙", func(ctx context.Context, desk *counter.Counter, id rules.MunicipalityID, o paper) error {
		office, err := desk.LetterOffice(id)
		if err != nil {
			return err
		}
		return p.makePaper(ctx, desk, o, counter.PrintJob{Title: "窓の位置を測る紙"}, "", func(f *forms.Fonts, options forms.Options) (*forms.Document, error) {
			return forms.MakeRuler(f, office, desk.Today(), options)
		})
	})
}
