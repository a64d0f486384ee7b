package rules

import (
	"slices"
	"testing"
)

func TestCheckPIN(t *testing.T) {
	cases := []struct {
		kind PINKind
		pin  string
		want []PINReason
	}{
		{PINUserIdentification, "4827", nil},
		{PINUserIdentification, "", []PINReason{PINEmpty}},
		{PINUserIdentification, "482", []PINReason{PINTooShort}},
		{PINUserIdentification, "48271", []PINReason{PINTooLong}},
		{PINResidentRegistration, "48a7", []PINReason{PINNotADigit}},
		{PINCardInfoInput, "４８２７", []PINReason{PINFullWidth}},
		{PINCardInfoInput, "1111", nil}, // advice, not a refusal
		{PINSignature, "ABC123", nil},
		{PINSignature, "ABCDEFGH12345678", nil},
		{PINSignature, "AB123", []PINReason{PINTooShort}},
		{PINSignature, "ABCDEFGH123456789", []PINReason{PINTooLong}},
		{PINSignature, "abc123", []PINReason{PINLowerCase}},
		{PINSignature, "ABCDEF", []PINReason{PINNeedsDigit}},
		{PINSignature, "123456", []PINReason{PINNeedsLetter}},
		{PINSignature, "ABC-123", []PINReason{PINNotAlphanumeric}},
		{PINSignature, "ＡＢＣ１２３", []PINReason{PINFullWidth}},
		{PINSignature, "ABC12３", []PINReason{PINFullWidth}},
		{PINSignature, "", []PINReason{PINEmpty}},
		{PINSignature, "abc", []PINReason{PINTooShort, PINLowerCase, PINNeedsDigit}},
		{PINSignature, "あいうえおか", []PINReason{PINNotAlphanumeric, PINNeedsLetter, PINNeedsDigit}},
		{PINSignature, "ABC 123", []PINReason{PINNotAlphanumeric}},
		{PINSignature, "ABC123é", []PINReason{PINNotAlphanumeric}},
		{PINUserIdentification, "4 27", []PINReason{PINNotADigit}},
		{PINUserIdentification, "4827 ", []PINReason{PINTooLong, PINNotADigit}},
		{PINUserIdentification, "٤٨٢٧", []PINReason{PINNotADigit}},
		{PINUserIdentification, "48２7", []PINReason{PINFullWidth}},
		{PINUserIdentification, "４８", []PINReason{PINTooShort, PINFullWidth}},
		{PINUserIdentification, "1234", nil}, // advice, not a refusal
		{PINResidentRegistration, "　　　　", []PINReason{PINFullWidth}},
	}
	for _, c := range cases {
		if got := CheckPIN(c.kind, c.pin); !slices.Equal(got, c.want) {
			t.Errorf("CheckPIN(%s, case %q) = %v, want %v", c.kind, c.pin, got, c.want)
		}
	}
	for kind, tries := range map[PINKind]int{PINSignature: 5, PINUserIdentification: 3, PINResidentRegistration: 3, PINCardInfoInput: 3, "other": 0} {
		if got := PINLimit(kind); got != tries {
			t.Errorf("PINLimit(%s) = %d, want %d", kind, got, tries)
		}
	}
	if len(CheckPIN("other", "4827")) == 0 {
		t.Error("a PIN of an unknown kind must not pass")
	}
}
