package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/rules"
)

// attemptFlags are what verify and change share. No flag holds a PIN.
type attemptFlags struct {
	kind, reader, scenario string
	lastTry                bool
}

func (a *attemptFlags) addTo(c *cobra.Command) {
	c.Flags().StringVar(&a.kind, "kind", "", "暗証番号の種類: "+pinKindWords())
	c.Flags().StringVar(&a.reader, "reader", "", "リーダーの名前")
	c.Flags().StringVar(&a.scenario, "scenario", "", "模擬カードのシナリオ")
	c.Flags().BoolVar(&a.lastTry, "last-try", false, "残り1回でも送ります (間違えるとロックされます)")
}

func (a *attemptFlags) request() (counter.PINRequest, error) {
	kind, err := pinKind(a.kind)
	return counter.PINRequest{Reader: a.reader, Kind: kind, LastTry: a.lastTry}, err
}

// cardVerifyCommand sends one PIN, read from standard input, to the card once.
func (p *program) cardVerifyCommand() *cobra.Command {
	var flags attemptFlags
	c := &cobra.Command{
		Use:   "verify --kind KIND [--last-try]",
		Short: "標準入力の暗証番号をカードで確かめます (間違えると残り回数が減ります)",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			request, err := flags.request()
			if err != nil {
				return err
			}
			pin, err := p.readPIN("暗証番号: ")
			if err != nil {
				return err
			}
			defer clear(pin)
			return p.attempt(c.Context(), flags.scenario, func(desk *counter.Counter) (counter.PINAnswer, error) {
				return desk.VerifyPIN(c.Context(), request, pin)
			})
		},
	}
	flags.addTo(c)
	return c
}

// cardChangeCommand sets a new PIN; the old one and the new one come on standard
// input, one a line.
func (p *program) cardChangeCommand() *cobra.Command {
	var (
		flags  attemptFlags
		finish bool
	)
	c := &cobra.Command{
		Use:   "change --kind KIND [--last-try] [--finish]",
		Short: "暗証番号を変更します (標準入力の1行目が今の番号、2行目が新しい番号)",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			request, err := flags.request()
			if err != nil {
				return err
			}
			if request.Finish = finish; finish && request.Kind != rules.PINResidentRegistration {
				return usage("--finish は --kind %s だけで使えます", rules.PINResidentRegistration)
			}
			old, err := p.readPIN("今の暗証番号: ")
			if err != nil {
				return err
			}
			defer clear(old)
			next, err := p.readPIN("新しい暗証番号: ")
			if err != nil {
				return err
			}
			defer clear(next)
			return p.attempt(c.Context(), flags.scenario, func(desk *counter.Counter) (counter.PINAnswer, error) {
				return desk.ChangePIN(c.Context(), request, old, next)
			})
		},
	}
	flags.addTo(c)
	c.Flags().BoolVar(&finish, "finish", false, "住民基本台帳用で、変更が残った1か所だけを変更します")
	return c
}

// attempt shows the answer to an attempt; a negative one has its exit status.
func (p *program) attempt(ctx context.Context, scenario string, send func(*counter.Counter) (counter.PINAnswer, error)) error {
	return p.withScenario(ctx, scenario, func(desk *counter.Counter) error {
		answer, err := send(desk)
		if err != nil {
			return err
		}
		if err := p.show(answer, func(w io.Writer) { writeAttempt(w, answer) }); err != nil {
			return err
		}
		if !answer.OK {
			return errNegative
		}
		return nil
	})
}

func writeAttempt(w io.Writer, a counter.PINAnswer) {
	fmt.Fprintln(w, a.Says)
	if len(a.Reasons) > 0 {
		writePINAnswer(w, pinAnswer{Reasons: a.Reasons})
	}
	if a.Certificate != nil {
		fmt.Fprintf(w, "%s電子証明書: %s (%sまで)\n", pinName(a.Certificate.Kind), certificateWords(*a.Certificate), a.Certificate.ExpiresOn)
	}
}
