package rules

import (
	"unicode"
)

// individualNumberDigits is the length of an individual number (個人番号).
const individualNumberDigits = 12

// maxGap is how many separators may stand between two digits of one number.
const maxGap = 4

// HasIndividualNumber reports whether a text holds what looks like an
// individual number (個人番号): twelve digits whose last is the right check
// digit. Full-width and other decimal digits count, and so do spaces, hyphens,
// dashes, dots and invisible characters between the digits. No field of the
// program accepts such a text.
//
// Longer runs of digits are not individual numbers, and neither is a date
// followed by a year: 2026-11-24 2026.
func HasIndividualNumber(text string) bool {
	groups := make([]digitGroup, 0, 8)
	gap := maxGap + 1
	inDigits := false
	for _, r := range text {
		d, isDigit := digitValue(r)
		switch {
		case isDigit && inDigits:
			groups[len(groups)-1].digits = append(groups[len(groups)-1].digits, d)
		case isDigit:
			groups = append(groups, digitGroup{digits: []byte{d}, joined: gap <= maxGap})
			gap = 0
		case isSeparator(r):
			if inDigits {
				gap = 0
			}
			gap++
		default:
			gap = maxGap + 1
		}
		inDigits = isDigit
	}
	return anyTwelve(groups)
}

// digitGroup is an unbroken run of digits; joined says that only separators
// stand between it and the run before it.
type digitGroup struct {
	digits []byte
	joined bool
}

func anyTwelve(groups []digitGroup) bool {
	for first := range groups {
		var digits []byte
		for i := first; i < len(groups) && len(digits) < individualNumberDigits; i++ {
			if i > first && !groups[i].joined {
				break
			}
			digits = append(digits, groups[i].digits...)
		}
		if len(digits) == individualNumberDigits && !beginsWithDate(groups[first:]) && individualNumberChecks(digits) {
			return true
		}
	}
	return false
}

// individualNumberChecks works out the check digit.
// Source: 行政手続における特定の個人を識別するための番号の利用等に関する法律の規定による通知カード及び
// 個人番号カード並びに情報提供ネットワークシステムによる特定個人情報の提供等に関する省令 (平成26年総務省令第85号) 第5条.
func individualNumberChecks(d []byte) bool {
	sum := 0
	for n := 1; n <= 11; n++ { // n counts from the right, without the check digit
		q := n + 1
		if n > 6 {
			q = n - 5
		}
		sum += int(d[11-n]) * q
	}
	check := 0
	if rest := sum % 11; rest > 1 {
		check = 11 - rest
	}
	return int(d[11]) == check
}

// beginsWithDate reports groups such as 2026-11-24, which are no part of a
// number: nobody writes one in groups of four, two and two.
func beginsWithDate(groups []digitGroup) bool {
	if len(groups) < 3 || len(groups[0].digits) != 4 || len(groups[1].digits) != 2 || len(groups[2].digits) != 2 {
		return false
	}
	number := func(g digitGroup) int {
		n := 0
		for _, d := range g.digits {
			n = n*10 + int(d)
		}
		return n
	}
	_, ok := NewDate(number(groups[0]), number(groups[1]), number(groups[2]))
	return ok && groups[0].digits[0] <= 2
}

// digitValue gives the value of a decimal digit of any script and width.
func digitValue(r rune) (byte, bool) {
	if r >= '0' && r <= '9' {
		return byte(r - '0'), true
	}
	if r < 0x80 || !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	// Decimal digits stand in Unicode in runs of ten, zero first.
	zero := r
	for unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	return byte((r - zero) % 10), true
}

// isSeparator reports characters that people, or programs they copy from, put
// between the digits of one number.
func isSeparator(r rune) bool {
	switch r {
	case '.', '．', '・', '･', '_', '＿', '/', '／', '~', '〜', '～', 'ー', 'ｰ', '−', '─', '━', '│':
		return true
	}
	return unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf, unicode.Mn, unicode.Zs)
}
