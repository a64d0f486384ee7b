package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/app/forms/postal"
)

func (p *program) postalCommand() *cobra.Command {
	return group("postal", "郵便物のバーコードを扱います", p.postalEncodeCommand())
}

// postalEncodeCommand answers with the customer barcode of an address. Where the
// rules leave a doubt there is none: exit status 1 and the reason.
func (p *program) postalEncodeCommand() *cobra.Command {
	var postcode, address string
	c := &cobra.Command{
		Use:   "encode --postcode 1000013 --address TEXT",
		Short: "住所のカスタマバーコード",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if postcode == "" {
				return usage("--postcode と --address が要ります")
			}
			if err := counter.RefuseIndividualNumber("address", address); err != nil {
				return err
			}
			code, err := postal.Encode(postcode, address)
			switch {
			case errors.Is(err, postal.ErrPostcode):
				return usage("郵便番号は7桁の数字です")
			case errors.Is(err, postal.ErrNoTown):
				p.say("市区町村全体を表す郵便番号なので、バーコードは付けられません。町名まで分かる郵便番号を確かめてください")
				return errNegative
			case errors.Is(err, postal.ErrUnclear):
				p.say("住所の漢数字が番号か名前か分かりません。番号を算用数字で書いてください")
				return errNegative
			case err != nil:
				return err
			}
			return p.show(code, func(w io.Writer) {
				fmt.Fprintf(w, "%s\nチェックデジット %d\n%s\n", code.Data, code.CheckDigit, code.Bars)
			})
		},
	}
	c.Flags().StringVar(&postcode, "postcode", "", "郵便番号 (7桁)")
	c.Flags().StringVar(&address, "address", "", "住所 (町名から、または町名のあと)")
	return c
}
