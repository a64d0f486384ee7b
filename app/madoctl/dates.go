package main

import (
	"github.com/spf13/cobra"

	"madoguchi/rules"
)

// dateAnswers are the calendar's answers; a key stands only where its question
// was asked. The confirm keys say that the sources' words can be read in two ways
// on this day.
type dateAnswers struct {
	RenewalOpens         *rules.Date `json:"renewalOpens,omitempty"`
	RenewalOpensConfirm  bool        `json:"renewalOpensConfirm,omitempty"`
	HealthInsuranceUntil *rules.Date `json:"healthInsuranceUntil,omitempty"`
	AcceptedAsIDUntil    *rules.Date `json:"acceptedAsIdUntil,omitempty"`
	FaceUpdateUntil      *rules.Date `json:"faceUpdateUntil,omitempty"`
	Age                  *int        `json:"age,omitempty"`
}

// datesCommand is pure arithmetic: it reads no data folder and knows no municipality.
func (p *program) datesCommand() *cobra.Command {
	var certificate, card, movedIn, born, on string
	c := &cobra.Command{
		Use:   "dates",
		Short: "期日と年齢を計算します",
		Args:  nothingMore,
		RunE: func(*cobra.Command, []string) error {
			var a dateAnswers
			asked := false
			ask := func(flag, text string, answer func(rules.Date)) error {
				if text == "" {
					return nil
				}
				asked = true
				day, err := rules.ParseDate(text)
				if err != nil {
					return usage("--%s の日付 %q を読めません (YYYY-MM-DD で、実在する日)", flag, text)
				}
				answer(day)
				return nil
			}
			for _, q := range []struct {
				flag, text string
				answer     func(rules.Date)
			}{
				{"certificate-expires", certificate, a.certificateExpires},
				{"card-expires", card, a.cardExpires},
				{"moved-in", movedIn, a.movedIn},
			} {
				if err := ask(q.flag, q.text, q.answer); err != nil {
					return err
				}
			}
			if (born == "") != (on == "") {
				return usage("--born と --on は一緒に指定します")
			}
			var birth rules.Date
			if err := ask("born", born, func(d rules.Date) { birth = d }); err != nil {
				return err
			}
			if err := ask("on", on, func(d rules.Date) { age := rules.Age(birth, d); a.Age = &age }); err != nil {
				return err
			}
			if a.Age != nil && *a.Age < 0 {
				return usage("--on は --born より前です")
			}
			if !asked {
				return usage("--certificate-expires、--card-expires、--moved-in、--born と --on のどれかが要ります")
			}
			return p.show(a, nil)
		},
	}
	c.Flags().StringVar(&certificate, "certificate-expires", "", "電子証明書の有効期限 YYYY-MM-DD")
	c.Flags().StringVar(&card, "card-expires", "", "カードの有効期限 YYYY-MM-DD")
	c.Flags().StringVar(&movedIn, "moved-in", "", "転入届の日 YYYY-MM-DD")
	c.Flags().StringVar(&born, "born", "", "生年月日 YYYY-MM-DD")
	c.Flags().StringVar(&on, "on", "", "年齢を数える日 YYYY-MM-DD")
	return c
}

func (a *dateAnswers) certificateExpires(day rules.Date) {
	opens, until := rules.RenewalOpens(day), rules.HealthInsuranceUntil(day)
	a.RenewalOpens, a.HealthInsuranceUntil = &opens, &until
	a.RenewalOpensConfirm = rules.RenewalOpensUnsafe(day)
}

func (a *dateAnswers) cardExpires(day rules.Date) {
	until, opens := rules.AcceptedAsIDUntil(day), rules.RenewalOpens(day)
	a.AcceptedAsIDUntil = &until
	if a.RenewalOpens == nil {
		a.RenewalOpens = &opens
		a.RenewalOpensConfirm = rules.RenewalOpensUnsafe(day)
	}
}

func (a *dateAnswers) movedIn(day rules.Date) {
	until := rules.FaceUpdateUntil(day)
	a.FaceUpdateUntil = &until
}
