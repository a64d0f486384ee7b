package reader_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"madoguchi/reader"
	"madoguchi/reader/simcard"
	"madoguchi/rules"
)

// The PINs of the test cards; no others may be found anywhere.
const (
	rightSignature = "CANARY77"
	rightDigits    = "7351"
	wrongDigits    = "9462"
)

func pinCard() simcard.Description {
	return simcard.Description{PINs: map[string]simcard.PIN{
		simcard.Signature:            {Value: rightSignature},
		simcard.UserIdentification:   {Value: rightDigits},
		simcard.ResidentRegistration: {Value: rightDigits},
		simcard.CardInfoInput:        {Value: rightDigits},
	}}
}

// rightPIN is the right value of a kind on a pinCard.
func rightPIN(kind rules.PINKind) string {
	if kind == rules.PINSignature {
		return rightSignature
	}
	return rightDigits
}

// wrongPIN is a wrong value of the right form.
func wrongPIN(kind rules.PINKind) string {
	if kind == rules.PINSignature {
		return "CANARY99"
	}
	return wrongDigits
}

func attempt(t testing.TB, kind rules.PINKind, value string) *reader.Attempt {
	t.Helper()
	a, err := reader.NewAttempt(kind, []byte(value))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

var ask = reader.Consent{}

// verify tries a PIN on the card of a service.
func verify(t testing.TB, service *reader.Software, kind rules.PINKind, value string, consent reader.Consent) (reader.Verified, error) {
	t.Helper()
	return reader.New(service).Verify(context.Background(), desk, attempt(t, kind, value), consent, today)
}

// wantNoSecret looks for the PINs in an error, in every way it can be written.
func wantNoSecret(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	text := fmt.Sprintf("%v %+v %#v %s %q", err, err, err, err, err)
	text = regexp.MustCompile(`0x[0-9a-f]+`).ReplaceAllString(text, "") // addresses, which may hold any digits
	for _, secret := range []string{rightSignature, "CANARY99", rightDigits, wrongDigits, "37333531", "39343632", "43414E415259"} {
		if strings.Contains(strings.ToUpper(text), secret) {
			t.Errorf("an error holds a PIN: %s", text)
		}
	}
}

// attempts counts the VERIFY with data that the card got.
func attempts(card *simcard.Card) int {
	n := 0
	for _, r := range card.Records() {
		if len(r.Command) > 4 && r.Command[1] == 0x20 {
			n++
		}
	}
	return n
}

func TestVerifyEachKind(t *testing.T) {
	for _, kind := range rules.PINKinds() {
		t.Run(string(kind), func(t *testing.T) {
			service, card := inserted(t, pinCard())
			v, err := verify(t, service, kind, rightPIN(kind), ask)
			if err != nil {
				t.Fatal(err)
			}
			if v.Remaining != v.Limit || v.Limit != rules.PINLimit(kind) {
				t.Errorf("%d of %d tries left", v.Remaining, v.Limit)
			}
			if (v.Certificate != nil) != (kind == rules.PINSignature) {
				t.Errorf("certificate %v", v.Certificate)
			}
			if card.AnyVerified() {
				t.Error("a PIN is still verified")
			}
			if v.Commands != len(card.Records()) {
				t.Errorf("says %d commands, the card got %d", v.Commands, len(card.Records()))
			}
			wantClosed(t, service)

			before := attempts(card)
			_, err = verify(t, service, kind, wrongPIN(kind), ask)
			var wrong *reader.WrongPIN
			if !errors.As(err, &wrong) || wrong.Remaining != rules.PINLimit(kind)-1 {
				t.Errorf("got %v, want one try less", err)
			}
			if n := attempts(card) - before; n != 1 {
				t.Errorf("a wrong PIN was sent %d times", n)
			}
			wantNoSecret(t, err)
			if card.AnyVerified() {
				t.Error("a PIN is still verified")
			}
		})
	}
}

func TestSignatureDates(t *testing.T) {
	d := pinCard()
	d.Certificates = map[string]simcard.Certificate{simcard.Signature: {NotAfter: "2026-11-23"}}
	service, _ := inserted(t, d)
	v, err := verify(t, service, rules.PINSignature, rightSignature, ask)
	if err != nil || v.Certificate == nil || v.Certificate.ExpiresOn != "2026-11-23" || v.Certificate.State != reader.CertificateExpired {
		t.Errorf("got %+v, %v", v.Certificate, err)
	}
}

// TestFormNeverReachesTheCard: what is of the wrong form is refused without a card, and wiped.
func TestFormNeverReachesTheCard(t *testing.T) {
	for _, test := range []struct {
		kind  rules.PINKind
		typed string
		want  rules.PINReason
	}{
		{rules.PINUserIdentification, "", rules.PINEmpty},
		{rules.PINUserIdentification, "123", rules.PINTooShort},
		{rules.PINCardInfoInput, "12345", rules.PINTooLong},
		{rules.PINResidentRegistration, "12a4", rules.PINNotADigit},
		{rules.PINSignature, "canary77", rules.PINLowerCase},
		{rules.PINSignature, "CANARYS", rules.PINNeedsDigit},
		{rules.PINSignature, "", rules.PINEmpty},
		{rules.PINUserIdentification, "１２３４", rules.PINFullWidth},
		{"another", "1234", rules.PINNotAlphanumeric},
	} {
		typed := []byte(test.typed)
		a, err := reader.NewAttempt(test.kind, typed)
		var bad *reader.BadForm
		if a != nil || !errors.As(err, &bad) || bad.Reasons[0] != test.want {
			t.Errorf("%s %q: got %v, want %s", test.kind, test.typed, err, test.want)
		}
		if !bytes.Equal(typed, make([]byte, len(typed))) {
			t.Errorf("%s: what was typed is still there: %q", test.kind, typed)
		}
		if err != nil && test.typed != "" && strings.Contains(err.Error(), test.typed) {
			t.Errorf("the error repeats what was typed: %v", err)
		}
	}
}

func TestDeniedBeforeAnythingIsSent(t *testing.T) {
	one, zero := tries(1), tries(0)
	tests := []struct {
		name    string
		pin     simcard.PIN
		faults  []simcard.Fault
		consent reader.Consent
		want    reader.Denial
	}{
		{"locked", simcard.PIN{Remaining: zero}, nil, reader.Consent{LastTry: true}, reader.AlreadyLocked},
		{"last try", simcard.PIN{Remaining: one}, nil, ask, reader.LastTryLeft},
		{"unset", simcard.PIN{Unset: true}, nil, reader.Consent{LastTry: true}, reader.NeverSet},
		{"tries unknown", simcard.PIN{}, []simcard.Fault{{At: 3, Kind: simcard.Answer, Status: "6F00"}}, ask, reader.TriesUnknown},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			service, card := inserted(t, simcard.Description{PINs: map[string]simcard.PIN{simcard.UserIdentification: test.pin}, Faults: test.faults})
			_, err := verify(t, service, rules.PINUserIdentification, rightDigits, test.consent)
			var denied *reader.PINDenied
			if !errors.As(err, &denied) || denied.Why != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if n := attempts(card); n != 0 {
				t.Errorf("%d attempts were sent", n)
			}
			wantClosed(t, service)
		})
	}
}

func TestLastTryWithConsent(t *testing.T) {
	service, card := inserted(t, simcard.Description{PINs: map[string]simcard.PIN{simcard.UserIdentification: {Value: rightDigits, Remaining: tries(1)}}})
	_, err := verify(t, service, rules.PINUserIdentification, wrongDigits, reader.Consent{LastTry: true})
	var wrong *reader.WrongPIN
	if !errors.As(err, &wrong) || wrong.Remaining != 0 {
		t.Errorf("got %v, want 0 tries left", err)
	}
	if left, _ := card.TriesLeft(simcard.UserIdentification); left != 0 {
		t.Errorf("%d tries left", left)
	}
}

func TestAttemptsOff(t *testing.T) {
	service, card := inserted(t, pinCard())
	r := reader.New(service).WithoutAttempts()
	a := attempt(t, rules.PINUserIdentification, rightDigits)
	_, err := r.Verify(context.Background(), desk, a, ask, today)
	var denied *reader.PINDenied
	if !errors.As(err, &denied) || denied.Why != reader.AttemptsOff {
		t.Errorf("verify: got %v", err)
	}
	_, err = r.Change(context.Background(), desk, attempt(t, rules.PINUserIdentification, rightDigits), attempt(t, rules.PINUserIdentification, wrongDigits), ask)
	if !errors.As(err, &denied) || denied.Why != reader.AttemptsOff {
		t.Errorf("change: got %v", err)
	}
	if n := len(card.Records()); n != 0 {
		t.Errorf("%d commands reached the card", n)
	}
	if _, err := r.Summary(context.Background(), desk, today); err != nil {
		t.Errorf("reading: %v", err)
	}
}

// TestAttemptGoesOutOnce: an attempt that was taken is spent, whatever happened.
func TestAttemptGoesOutOnce(t *testing.T) {
	service, card := inserted(t, pinCard())
	typed := []byte(rightDigits)
	a, err := reader.NewAttempt(rules.PINUserIdentification, typed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := reader.New(service).Verify(context.Background(), desk, a, ask, today); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(typed, make([]byte, 4)) {
		t.Errorf("the value is still there: %q", typed)
	}
	if _, err := reader.New(service).Verify(context.Background(), desk, a, ask, today); err == nil {
		t.Error("the attempt was taken a second time")
	}
	if n := attempts(card); n != 1 {
		t.Errorf("sent %d times", n)
	}
}

// TestOwnBuffersAreWiped keeps the slices that went to the transport, and looks
// at them afterwards.
func TestOwnBuffersAreWiped(t *testing.T) {
	card := newCard(t, pinCard())
	spy := &keeping{card: card}
	old, next := attempt(t, rules.PINUserIdentification, rightDigits), attempt(t, rules.PINUserIdentification, wrongDigits)
	if _, err := reader.ChangeOn(context.Background(), spy, old, next); err != nil {
		t.Fatal(err)
	}
	for _, command := range spy.commands {
		if bytes.Contains(command, []byte(rightDigits)) || bytes.Contains(command, []byte(wrongDigits)) {
			t.Errorf("a command buffer still holds a PIN: %X", command)
		}
	}
	if spy.secrets != 2 {
		t.Errorf("%d commands held a PIN when they were sent, want 2", spy.secrets)
	}
}

// keeping keeps the very slices it is handed.
type keeping struct {
	card     reader.Transport
	commands [][]byte
	secrets  int
}

func (k *keeping) Transmit(ctx context.Context, command []byte) ([]byte, error) {
	k.commands = append(k.commands, command)
	if bytes.Contains(command, []byte(rightDigits)) || bytes.Contains(command, []byte(wrongDigits)) {
		k.secrets++
	}
	return k.card.Transmit(ctx, command)
}

func TestAttemptNeverShowsItsValue(t *testing.T) {
	a := attempt(t, rules.PINUserIdentification, rightDigits)
	j, err := json.Marshal(map[string]any{"a": a})
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("%v %+v %#v %s %q %x %X %d ", a, a, a, a, a, a, a, a) + string(j)
	if strings.Contains(text, rightDigits) || strings.Contains(text, "37333531") || strings.Contains(text, "55 51") {
		t.Errorf("an attempt shows its value: %s", text)
	}
}
