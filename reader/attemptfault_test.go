package reader_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"madoguchi/reader"
	"madoguchi/reader/simcard"
	"madoguchi/rules"
)

// TestVerifyPulledAtEveryCommand takes the card at each command of an attempt.
// At most the one attempt was sent, the error says when that is not clear, and
// nothing stays open.
func TestVerifyPulledAtEveryCommand(t *testing.T) {
	for _, kind := range rules.PINKinds() {
		clean, card := inserted(t, pinCard())
		if _, err := verify(t, clean, kind, rightPIN(kind), ask); err != nil {
			t.Fatal(err)
		}
		most := len(card.Records())
		for at := 1; at <= most; at++ {
			d := pinCard()
			d.Faults = []simcard.Fault{{At: at, Kind: simcard.Pull}}
			service, card := inserted(t, d)
			_, err := verify(t, service, kind, rightPIN(kind), ask)
			wantClosed(t, service)
			if at == most { // all was done, and the card has forgotten it
				if err != nil {
					t.Errorf("%s, pulled on leaving: %v", kind, err)
				}
				continue
			}
			wantFault(t, err, reader.CardRemoved)
			wantNoSecret(t, err)
			wantUnclearWhenSent(t, err, card)
		}
	}
}

// wantUnclearWhenSent wants the error to be Unclear if, and only if, the last
// command the card saw was a PIN command it did not answer.
func wantUnclearWhenSent(t *testing.T, err error, card *simcard.Card) {
	t.Helper()
	records := card.Records()
	last := records[len(records)-1].Command
	sent := len(last) > 4 && (last[1] == 0x20 || last[1] == 0x24 || last[1] == 0x32)
	var unclear *reader.Unclear
	if errors.As(err, &unclear) != sent {
		t.Errorf("command %d was %s: got %v", len(records), reader.Describe(last), err)
	}
}

// TestVerifyIsNeverRepeated answers an attempt with everything that makes other
// commands go out again.
func TestVerifyIsNeverRepeated(t *testing.T) {
	const at = 5 // SELECT, SELECT, question, SELECT, VERIFY
	for _, status := range []string{"6F00", "6C04", "6110", "6A86", "6700", "6982", "6985", "0000", "FFFF", "6A82"} {
		d := pinCard()
		d.Faults = []simcard.Fault{{At: at, Kind: simcard.Answer, Status: status}}
		service, card := inserted(t, d)
		_, err := verify(t, service, rules.PINUserIdentification, rightDigits, ask)
		var unclear *reader.Unclear
		if !errors.As(err, &unclear) {
			t.Errorf("%s: got %v, want it to be unclear", status, err)
		}
		if n := attempts(card); n != 1 {
			t.Errorf("%s: sent %d times", status, n)
		}
		wantClosed(t, service)
	}
}

func TestHangingVerifyIsUnclear(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := pinCard()
		d.Faults = []simcard.Fault{{At: 5, Kind: simcard.Hang}}
		service, card := inserted(t, d)
		start := time.Now()
		_, err := verify(t, service, rules.PINUserIdentification, rightDigits, ask)
		var unclear *reader.Unclear
		if !errors.As(err, &unclear) {
			t.Errorf("got %v, want it to be unclear", err)
		}
		wantFault(t, err, reader.TooSlow)
		if waited := time.Since(start); waited > 2*time.Second {
			t.Errorf("told after %s", waited)
		}
		card.Pull()
		synctest.Wait()
		wantClosed(t, service)
		if n := attempts(card); n > 1 {
			t.Errorf("sent %d times", n)
		}
	})
}

// TestResetDuringVerify: a card reset by another program is never tried again.
func TestResetDuringVerify(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := pinCard()
		d.DelayMilliseconds = 100
		service, card := inserted(t, d)
		time.AfterFunc(350*time.Millisecond, func() { service.ResetCard(desk) })
		_, err := verify(t, service, rules.PINUserIdentification, rightDigits, ask)
		wantFault(t, err, reader.CardReset)
		if n := attempts(card); n != 0 {
			t.Errorf("sent %d times", n)
		}
		wantClosed(t, service)
	})
}

// TestCardThatWillNotBeLeft: where no other application can be selected, the
// card loses its power instead.
func TestCardThatWillNotBeLeft(t *testing.T) {
	d := pinCard()
	d.Missing = []string{"card-manager", "card-info-input"}
	service, card := inserted(t, d)
	_, err := verify(t, service, rules.PINUserIdentification, rightDigits, ask)
	wantFault(t, err, reader.LeavingRefused)
	if card.AnyVerified() {
		t.Error("a PIN is still verified")
	}
	wantClosed(t, service)
}
