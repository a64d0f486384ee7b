package reader_test

import (
	"context"
	"errors"
	"testing"

	"madoguchi/reader"
	"madoguchi/reader/simcard"
	"madoguchi/rules"
)

// newPIN is what tests change a PIN to.
func newPIN(kind rules.PINKind) string {
	if kind == rules.PINSignature {
		return "CANARY99"
	}
	return wrongDigits
}

func change(t testing.TB, service *reader.Software, kind rules.PINKind, old, next string) error {
	t.Helper()
	_, err := reader.New(service).Change(context.Background(), desk, attempt(t, kind, old), attempt(t, kind, next), ask)
	return err
}

func TestChangeEachKind(t *testing.T) {
	for _, kind := range rules.PINKinds() {
		t.Run(string(kind), func(t *testing.T) {
			service, card := inserted(t, pinCard())
			if err := change(t, service, kind, rightPIN(kind), newPIN(kind)); err != nil {
				t.Fatal(err)
			}
			if card.AnyVerified() {
				t.Error("a PIN is still verified")
			}
			if _, err := verify(t, service, kind, newPIN(kind), ask); err != nil {
				t.Errorf("the new PIN: %v", err)
			}
			var wrong *reader.WrongPIN
			if _, err := verify(t, service, kind, rightPIN(kind), ask); !errors.As(err, &wrong) {
				t.Errorf("the old PIN: got %v", err)
			}
			if err := change(t, service, kind, rightPIN(kind), newPIN(kind)); !errors.As(err, &wrong) {
				t.Errorf("changing with the old PIN again: got %v", err)
			}
			wantClosed(t, service)
		})
	}
}

// TestChangePulledAtEveryCommand takes the card at each command of a change of
// the PIN that is kept twice. It is plain what was done, and it can be finished.
func TestChangePulledAtEveryCommand(t *testing.T) {
	const kind = rules.PINResidentRegistration
	clean, card := inserted(t, pinCard())
	if err := change(t, clean, kind, rightDigits, wrongDigits); err != nil {
		t.Fatal(err)
	}
	finished, most := 0, len(card.Records())
	for at := 1; at <= most; at++ {
		d := pinCard()
		d.Faults = []simcard.Fault{{At: at, Kind: simcard.Pull}}
		service, card := inserted(t, d)
		err := change(t, service, kind, rightDigits, wrongDigits)
		if at == most { // all was done
			if err != nil {
				t.Errorf("pulled on leaving: %v", err)
			}
			continue
		}
		wantFault(t, err, reader.CardRemoved)
		wantNoSecret(t, err)
		wantUnclearWhenSent(t, err, card)
		wantClosed(t, service)

		service.Insert(desk, card)
		var half *reader.HalfDone
		if errors.As(err, &half) {
			_, err := reader.New(service).FinishChange(context.Background(), desk, attempt(t, kind, rightDigits), attempt(t, kind, wrongDigits), ask)
			if err != nil {
				t.Errorf("pulled at %d: finishing: %v", at, err)
			}
			finished++
			if _, err := verify(t, service, kind, wrongDigits, ask); err != nil {
				t.Errorf("pulled at %d: after finishing: %v", at, err)
			}
		}
	}
	if finished == 0 {
		t.Error("no change was half done")
	}
}

func TestChangeWhenTheHalvesDiffer(t *testing.T) {
	const kind = rules.PINResidentRegistration
	service, card := inserted(t, pinCard())
	if _, err := reader.New(service).FinishChange(context.Background(), desk, attempt(t, kind, rightDigits), attempt(t, kind, "8642"), ask); err != nil {
		t.Fatal(err) // the second half now has another value
	}
	var half *reader.HalfRight
	if _, err := verify(t, service, kind, rightDigits, ask); !errors.As(err, &half) {
		t.Errorf("verify: got %v, want half right", err)
	}
	var done *reader.HalfDone
	if err := change(t, service, kind, rightDigits, wrongDigits); !errors.As(err, &done) {
		t.Errorf("change: got %v, want half done", err)
	}
	if first, second := card.TriesLeft(simcard.ResidentRegistration); first != 3 || second != 1 {
		t.Errorf("%d and %d tries left, want 3 and 1", first, second)
	}
	// The second half has one try left: nothing more goes out without consent.
	var denied *reader.PINDenied
	if err := change(t, service, kind, wrongDigits, rightDigits); !errors.As(err, &denied) || denied.Why != reader.LastTryLeft {
		t.Errorf("got %v, want the question of the last try", err)
	}
	if _, err := reader.New(service).FinishChange(context.Background(), desk, attempt(t, kind, "8642"), attempt(t, kind, wrongDigits), reader.Consent{LastTry: true}); err != nil {
		t.Errorf("finishing: %v", err)
	}
	if _, err := verify(t, service, kind, wrongDigits, ask); err != nil {
		t.Errorf("after finishing: %v", err)
	}
}
