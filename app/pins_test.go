package app

import (
	"slices"
	"testing"

	"madoguchi/rules"
)

// The panel speaks of a PIN's length as the plan does.
func TestPINsAreExplainedAsInThePlan(t *testing.T) {
	want := []string{"英数字6〜16桁(英字は大文字。英字と数字を組み合わせます)", "数字4桁", "数字4桁", "数字4桁"}
	var got []string
	for _, kind := range (&PINs{}).Kinds() {
		got = append(got, rules.PlainText(kind.Format))
		if kind.Reading == "" || kind.Use == "" || rules.PlainText(kind.Label) != kind.Label {
			t.Errorf("%+v", kind)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhatAPINLacksIsCountedAsItsFormatSays(t *testing.T) {
	for _, c := range []struct {
		kind rules.PINKind
		pin  string
		want string
	}{
		{rules.PINUserIdentification, "48", "あと2桁"},
		{rules.PINUserIdentification, "48271", "4桁です"},
		{rules.PINSignature, "AB123", "あと1文字以上"},
		{rules.PINSignature, "ABCDEFGH123456789", "16文字までです"},
	} {
		v, err := checkPIN(string(c.kind), c.pin)
		if err != nil || v.OK || !slices.Contains(v.Reasons, c.want) {
			t.Errorf("%s: got %v, %v, want %q", c.kind, v.Reasons, err, c.want)
		}
	}
}
