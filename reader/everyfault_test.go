package reader_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"madoguchi/reader"
	"madoguchi/reader/simcard"
	"madoguchi/rules"
)

// everyFault is every way a card goes wrong at one command.
func everyFault(at int) []simcard.Fault {
	faults := []simcard.Fault{
		{At: at, Kind: simcard.Pull}, {At: at, Kind: simcard.Hang}, {At: at, Kind: simcard.Short}, {At: at, Kind: simcard.Empty},
		{At: at, Kind: simcard.Long}, {At: at, Kind: simcard.Garbage}, {At: at, Kind: simcard.Reset}, {At: at, Kind: simcard.Slow, Milliseconds: 1000},
	}
	for _, status := range []string{"6110", "6C04", "6F00", "6A82", "6A86", "6982", "6983", "6984", "63C0", "63C9", "0000"} {
		faults = append(faults, simcard.Fault{At: at, Kind: simcard.Answer, Status: status})
	}
	return faults
}

// TestEveryFaultOfEveryAttempt makes every fault happen at every command of a
// verify and a change of each kind, with the right PIN. Whatever happens: the
// error has a type, comes within two seconds of the fault, holds no PIN; each
// counter got the PIN once at most; no try is gone; nothing stays open, nothing
// stays verified where the card can still be left.
func TestEveryFaultOfEveryAttempt(t *testing.T) {
	for _, kind := range rules.PINKinds() {
		for name, do := range map[string]func(context.Context, *reader.Reader) error{
			"verify": func(ctx context.Context, r *reader.Reader) error {
				_, err := r.Verify(ctx, desk, attempt(t, kind, rightPIN(kind)), ask, today)
				return err
			},
			"change": func(ctx context.Context, r *reader.Reader) error {
				_, err := r.Change(ctx, desk, attempt(t, kind, rightPIN(kind)), attempt(t, kind, newPIN(kind)), ask)
				return err
			},
		} {
			clean, card := inserted(t, pinCard())
			if err := do(context.Background(), reader.New(clean)); err != nil {
				t.Fatal(err)
			}
			for at := 1; at <= len(card.Records()); at++ {
				for _, fault := range everyFault(at) {
					synctest.Test(t, func(t *testing.T) {
						meetFault(t, fmt.Sprintf("%s %s, %s %s at %d", name, kind, fault.Kind, fault.Status, at), fault, kind, do)
					})
				}
			}
		}
	}
}

func meetFault(t *testing.T, what string, fault simcard.Fault, kind rules.PINKind, do func(context.Context, *reader.Reader) error) {
	d := pinCard()
	d.Faults = []simcard.Fault{fault}
	service, card := inserted(t, d)
	start := time.Now()
	err := do(context.Background(), reader.New(service))
	if waited := time.Since(start); waited > 2*time.Second {
		t.Errorf("%s: told after %s", what, waited)
	}
	if err != nil && !hasType(err) {
		t.Errorf("%s: %v has no type", what, err)
	}
	wantNoSecret(t, err)
	if n, most := attempts(card), len(halvesOf(kind)); n > most {
		t.Errorf("%s: the PIN was sent %d times", what, n)
	}
	if fault.Kind == simcard.Hang {
		card.Pull()
	}
	synctest.Wait()
	wantClosed(t, service)
	for _, left := range halvesOf(kind) {
		if got := left(card); got != rules.PINLimit(kind) {
			t.Errorf("%s: %d tries left", what, got)
		}
	}
	if fault.Kind != simcard.Pull && fault.Kind != simcard.Hang && card.AnyVerified() && !leftByReset(err) {
		t.Errorf("%s: a PIN is still verified after %v", what, err)
	}
}

// leftByReset says that the card could not be left in the ordinary way.
func leftByReset(err error) bool { return errors.Is(err, reader.LeavingRefused) }

// halvesOf returns the counters of a kind as the card keeps them.
func halvesOf(kind rules.PINKind) []func(*simcard.Card) int {
	first := func(c *simcard.Card) int { n, _ := c.TriesLeft(string(kind)); return n }
	second := func(c *simcard.Card) int { _, n := c.TriesLeft(string(kind)); return n }
	if kind == rules.PINResidentRegistration {
		return []func(*simcard.Card) int{first, second}
	}
	return []func(*simcard.Card) int{first}
}

// hasType reports whether the window can tell what to say.
func hasType(err error) bool {
	var (
		refused *reader.Refused
		denied  *reader.PINDenied
		wrong   *reader.WrongPIN
		unclear *reader.Unclear
	)
	_, fault := reader.FaultOf(err)
	return fault || errors.As(err, &refused) || errors.As(err, &denied) || errors.As(err, &wrong) || errors.As(err, &unclear)
}
