package history

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"madoguchi/rules"
)

// Number is a case number: KG26-000427.
//
// It is made of the office's letters, the last two digits of the fiscal year
// (1 April to 31 March), a hyphen, a running number of at least five digits and
// a check character over all of it. It holds only A-Z, 0-9 and hyphens, because
// it goes into two-dimensional codes. A case of the simulation begins with
// SIM-, which no real number can, and the prefix is part of what is checked.
type Number string

const (
	simulationPrefix = "SIM-"
	serialDigits     = 5
	numberAlphabet   = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

var (
	officeShape = regexp.MustCompile(`^[A-Z]{1,4}$`)
	numberShape = regexp.MustCompile(`^(SIM-)?([A-Z]{1,4})([0-9]{2})-([0-9]{5,9})([0-9A-Z])$`)
)

// newNumber makes the number of a case.
func newNumber(office string, fiscalYear int, serial int64, simulation bool) Number {
	body := fmt.Sprintf("%s%02d-%0*d", office, fiscalYear%100, serialDigits, serial)
	if simulation {
		body = simulationPrefix + body
	}
	return Number(body + string(checkCharacter(body)))
}

// checkCharacter is the check character of ISO/IEC 7064, MOD 37,36, over the
// letters and digits of a number: it finds any single wrong character and
// nearly all exchanges of two neighbours.
func checkCharacter(body string) byte {
	const m = 36
	p := m
	for i := range len(body) {
		v := strings.IndexByte(numberAlphabet, body[i])
		if v < 0 {
			continue // hyphens carry nothing
		}
		p = (p + v) % m
		if p == 0 {
			p = m
		}
		p = p * 2 % (m + 1)
	}
	return numberAlphabet[(m+1-p)%m]
}

// ParseNumber reads a case number as people type it (lower case, full width, O
// for 0, spaces, any dash) and checks its check character.
func ParseNumber(text string) (Number, error) {
	s := tidyCode(text)
	if m := numberShape.FindStringSubmatch(mendSerial(s)); m != nil {
		body := m[1] + m[2] + m[3] + "-" + m[4]
		want := checkCharacter(body)
		if look(m[5][0]) == look(want) {
			return Number(body + string(want)), nil
		}
		return "", &Refusal{Reason: WrongCheckCharacter, Text: s}
	}
	return "", &Refusal{Reason: NotACaseNumber}
}

// ParseLetterCode reads what the code on a letter holds, <case number>-<form
// version>; ok is false when there is no form version.
func ParseLetterCode(text string) (number Number, version int, ok bool, err error) {
	s := tidyCode(text)
	if n, err := ParseNumber(s); err == nil {
		return n, 0, false, nil
	}
	cut := strings.LastIndexByte(s, '-')
	if cut < 0 {
		return "", 0, false, &Refusal{Reason: NotACaseNumber}
	}
	version, convErr := strconv.Atoi(s[cut+1:])
	if convErr != nil || version < 1 {
		return "", 0, false, &Refusal{Reason: NotACaseNumber}
	}
	number, err = ParseNumber(s[:cut])
	return number, version, err == nil, err
}

// Simulated reports whether the number belongs to the simulation.
func (n Number) Simulated() bool { return strings.HasPrefix(string(n), simulationPrefix) }

// letterCode is what the code on the letter of this version holds.
func (n Number) letterCode(version int) string {
	if version == 0 {
		return ""
	}
	return fmt.Sprintf("%s-%d", n, version)
}

// tidyCode brings a typed or scanned code into the characters of a number.
func tidyCode(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u3000', '\t', '\r', '\n':
			return -1
		case '‐', '‑', '‒', '–', '—', '―', '−', 'ー', 'ｰ':
			return '-'
		}
		return r
	}, strings.ToUpper(norm.NFKC.String(strings.TrimSpace(text))))
}

// mendSerial reads O and I as 0 and 1 where only digits can stand.
func mendSerial(s string) string {
	cut := strings.LastIndexByte(s, '-')
	if cut < 2 || cut+2 > len(s) {
		return s
	}
	digits := strings.NewReplacer("O", "0", "I", "1")
	return s[:cut-2] + digits.Replace(s[cut-2:cut]) + "-" + digits.Replace(s[cut+1:len(s)-1]) + s[len(s)-1:]
}

// look puts together the characters that are read for one another.
func look(c byte) byte {
	switch c {
	case 'O':
		return '0'
	case 'I':
		return '1'
	}
	return c
}

// fiscalYear is the fiscal year of a day: it begins on 1 April.
func fiscalYear(d rules.Date) int {
	year, month, _ := d.Split()
	if month < 4 {
		return year - 1
	}
	return year
}
