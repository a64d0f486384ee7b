package main

import (
	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
	"madoguchi/rules"
)

// letterPaperCommand is a command that makes a paper from a letter file.
func (p *program) letterPaperCommand(use, short string, make func(*counter.Counter, forms.Letter) func(*forms.Fonts, forms.Options) (*forms.Document, error)) *cobra.Command {
	var file, out string
	c := &cobra.Command{
		Use:   use + " --letter FILE -o FILE.pdf",
		Short: short,
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if out == "" {
				return usage("-o FILE.pdf が要ります")
			}
			data, err := p.readInput("letter", file)
			if err != nil {
				return err
			}
			l, err := counter.ParseLetter(file, data)
			if err != nil {
				return err
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				made, err := desk.PrintForm(out, make(desk, l))
				if err != nil {
					return err
				}
				return p.showPrinted(printed{Printed: made, CaseNumber: l.CaseNumber})
			})
		},
	}
	c.Flags().StringVar(&file, "letter", "", "照会書の JSON ファイル (- は標準入力)")
	c.Flags().StringVarP(&out, "output", "o", "", "作る PDF ファイル")
	return c
}

// printLabelCommand makes the address label of a letter.
func (p *program) printLabelCommand() *cobra.Command {
	var place int
	var barcode, notForwarded bool
	c := p.letterPaperCommand("label", "あて名ラベル (12面)", func(_ *counter.Counter, l forms.Letter) func(*forms.Fonts, forms.Options) (*forms.Document, error) {
		label := forms.Label{To: l.Holder, NotForwarded: notForwarded, Barcode: barcode, Sequence: l.Sequence}
		return func(f *forms.Fonts, o forms.Options) (*forms.Document, error) {
			return forms.MakeLabels(f, forms.TwelveLabels(), max(place-1, 0), []forms.Label{label}, l.IssuedOn, o)
		}
	})
	c.Flags().IntVar(&place, "place", 1, "用紙の何枚目のラベルから使うか (左上が1)")
	c.Flags().BoolVar(&barcode, "barcode", false, "カスタマバーコードを付けます")
	c.Flags().BoolVar(&notForwarded, "not-forwarded", false, "「転送不要」と印刷します")
	return c
}

// printSlipCommand makes the case slip of a letter.
func (p *program) printSlipCommand() *cobra.Command {
	var bring []string
	c := p.letterPaperCommand("slip", "受付票 (2回目に来る方へ)", func(desk *counter.Counter, l forms.Letter) func(*forms.Fonts, forms.Options) (*forms.Document, error) {
		return func(f *forms.Fonts, o forms.Options) (*forms.Document, error) {
			office, err := desk.LetterOffice(l.Municipality)
			if err != nil {
				return nil, err
			}
			return forms.MakeSlip(f, office.Slip(l, bring), o)
		}
	})
	c.Flags().StringArrayVar(&bring, "bring", nil, "2回目に持ってくる物 (一つずつ)")
	return c
}

// printRulerCommand makes the page with which a window is measured.
func (p *program) printRulerCommand() *cobra.Command {
	var municipality, out string
	c := &cobra.Command{
		Use:   "ruler --municipality M -o FILE.pdf",
		Short: "封筒の窓の位置を測る紙",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if municipality == "" || out == "" {
				return usage("--municipality M と -o FILE.pdf が要ります")
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				office, err := desk.LetterOffice(rules.MunicipalityID(municipality))
				if err != nil {
					return err
				}
				made, err := desk.PrintForm(out, func(f *forms.Fonts, o forms.Options) (*forms.Document, error) {
					return forms.MakeRuler(f, office, desk.Today(), o)
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
