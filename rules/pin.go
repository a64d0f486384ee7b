package rules

import (
	"fmt"
	"strings"
)

// PINReason says what is wrong with the form of a PIN.
type PINReason string

// The reasons of [CheckPIN].
const (
	PINEmpty           PINReason = "empty"
	PINTooShort        PINReason = "too-short"
	PINTooLong         PINReason = "too-long"
	PINLowerCase       PINReason = "lower-case"
	PINNotADigit       PINReason = "not-a-digit"
	PINNotAlphanumeric PINReason = "not-alphanumeric"
	PINNeedsLetter     PINReason = "needs-letter"
	PINNeedsDigit      PINReason = "needs-digit"
	PINFullWidth       PINReason = "full-width"
)

// PINFormat is the form of a PIN and how often it may be wrong in a row.
type PINFormat struct {
	Kind        PINKind `json:"kind"`
	Shortest    int     `json:"shortest"`
	Longest     int     `json:"longest"`
	Letters     bool    `json:"letters"` // upper-case letters and digits, at least one of each
	Tries       int     `json:"tries"`
	OnlyCounter bool    `json:"onlyCounter"` // cannot be reset at a kiosk
}

// FormatOf returns the form of one kind of PIN. Source: Kagoshima Center L78-82
// (digits, tries), Kasugai L18-24 (upper case, one letter and one digit at least).
func FormatOf(kind PINKind) (PINFormat, bool) {
	switch kind {
	case PINSignature:
		return PINFormat{Kind: kind, Shortest: 6, Longest: 16, Letters: true, Tries: 5}, true
	case PINUserIdentification:
		return PINFormat{Kind: kind, Shortest: 4, Longest: 4, Tries: 3}, true
	case PINResidentRegistration, PINCardInfoInput:
		return PINFormat{Kind: kind, Shortest: 4, Longest: 4, Tries: 3, OnlyCounter: true}, true
	}
	return PINFormat{}, false
}

// PINLimit is how often a PIN may be wrong in a row before it locks; 0 for an unknown kind.
func PINLimit(kind PINKind) int {
	format, _ := FormatOf(kind)
	return format.Tries
}

// CheckPIN says everything that is wrong with the form of a PIN; nothing means
// that it may be sent. It never converts: full-width digits are named, not changed.
// An unknown kind is wrong for every text.
func CheckPIN(kind PINKind, pin string) []PINReason {
	format, ok := FormatOf(kind)
	if !ok {
		return []PINReason{PINNotAlphanumeric}
	}
	if pin == "" {
		return []PINReason{PINEmpty}
	}
	var reasons []PINReason
	length := len([]rune(pin))
	if length < format.Shortest {
		reasons = append(reasons, PINTooShort)
	}
	if length > format.Longest {
		reasons = append(reasons, PINTooLong)
	}
	if format.Letters {
		return append(reasons, checkAlphanumeric(pin)...)
	}
	return append(reasons, checkDigits(pin)...)
}

func isFullWidth(r rune) bool { return r >= '！' && r <= '～' || r == '　' }

func has(pin string, is func(rune) bool) bool { return strings.ContainsFunc(pin, is) }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
func isUpper(r rune) bool { return r >= 'A' && r <= 'Z' }
func isLower(r rune) bool { return r >= 'a' && r <= 'z' }

func checkDigits(pin string) []PINReason {
	var reasons []PINReason
	if has(pin, isFullWidth) {
		reasons = append(reasons, PINFullWidth)
	}
	if has(pin, func(r rune) bool { return !isDigit(r) && !isFullWidth(r) }) {
		reasons = append(reasons, PINNotADigit)
	}
	return reasons
}

func checkAlphanumeric(pin string) []PINReason {
	var reasons []PINReason
	if has(pin, isFullWidth) {
		reasons = append(reasons, PINFullWidth)
	}
	if has(pin, isLower) {
		reasons = append(reasons, PINLowerCase)
	}
	if has(pin, func(r rune) bool { return !isDigit(r) && !isUpper(r) && !isLower(r) && !isFullWidth(r) }) {
		reasons = append(reasons, PINNotAlphanumeric)
	}
	if has(pin, isFullWidth) {
		return reasons // whether a letter or a digit is lacking shows once the width is right
	}
	if !has(pin, func(r rune) bool { return isUpper(r) || isLower(r) }) {
		reasons = append(reasons, PINNeedsLetter)
	}
	if !has(pin, isDigit) {
		reasons = append(reasons, PINNeedsDigit)
	}
	return reasons
}

// PINAdvice is a weakness of a PIN that is pointed out and never refused.
type PINAdvice string

// The advice of [AdvisePIN].
const (
	AdviceBirthday PINAdvice = "birthday"  // month and day, or year, of the birth date
	AdviceRepeated PINAdvice = "repeated"  // one character over and over
	AdviceSequence PINAdvice = "ascending" // 1234, 4321
)

// AdvisePIN says what makes a PIN of the right form easy to guess. A zero birth
// date is not compared.
func AdvisePIN(pin string, born Date) []PINAdvice {
	var advice []PINAdvice
	if !born.IsZero() {
		y, m, d := born.Split()
		for _, guess := range []string{fmt.Sprintf("%02d%02d", m, d), fmt.Sprintf("%04d", y), fmt.Sprintf("%02d%02d", d, m)} {
			if strings.Contains(pin, guess) {
				advice = append(advice, AdviceBirthday)
				break
			}
		}
	}
	if pin != "" && strings.Count(pin, pin[:1]) == len(pin) {
		advice = append(advice, AdviceRepeated)
	}
	if steps(pin, 1) || steps(pin, -1) {
		advice = append(advice, AdviceSequence)
	}
	return advice
}

// steps reports whether every character is the one before it moved by a step.
func steps(pin string, by int) bool {
	for i := 1; i < len(pin); i++ {
		if int(pin[i])-int(pin[i-1]) != by {
			return false
		}
	}
	return len(pin) > 1
}
