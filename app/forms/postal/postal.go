// Package postal makes the customer barcode of Japan Post (カスタマバーコード)
// from a postal code and an address.
//
// Sources: Japan Post, 郵便番号・バーコードマニュアル, pages 12 (format), 17 to
// 20 (what to take from an address), 21 (check digit), 22 (post office boxes).
//
// A wrong barcode sends a letter astray, a missing one does not: where the
// rules leave a doubt there is no barcode.
package postal

import (
	"errors"
	"fmt"
	"strings"
)

// Code is a barcode. Bars has 67 digits: 1 long, 2 semi-long up, 3 semi-long
// down, 4 timing.
type Code struct {
	Data       string `json:"data"`       // address number as taken from the address
	CheckDigit int    `json:"checkDigit"` // 0–9; 10 is the hyphen, 11–18 are CC1–CC8
	Bars       string `json:"bars"`
}

var (
	// ErrPostcode means that the postal code is not seven digits.
	ErrPostcode = errors.New("the postal code is not seven digits")
	// ErrNoTown means a postal code of a whole city ("if not listed above"):
	// such mail carries no barcode.
	ErrNoTown = errors.New("the postal code stands for a whole city, not a town: no barcode may be printed")
	// ErrUnclear means that a numeral of the address may belong to a name.
	ErrUnclear = errors.New("a kanji numeral of the address may be part of a name: write it in digits")
)

// bars of each symbol by its value: 0–9, hyphen, CC1–CC8.
var bars = [19]string{
	"144", "114", "132", "312", "123", "141", "321", "213", "231", "411",
	"414", "324", "342", "234", "432", "243", "423", "441", "111",
}

const (
	start  = "13"
	stop   = "31"
	hyphen = 10
	cc1    = 11
	filler = 14 // CC4
	length = 13 // symbols of the address number
)

// Encode makes the barcode of an address. The address may begin with the town
// or with what follows it.
func Encode(postcode, address string) (Code, error) {
	digits, err := cleanPostcode(postcode)
	if err != nil {
		return Code{}, err
	}
	if strings.HasSuffix(digits, "00") {
		return Code{}, ErrNoTown
	}
	data, err := Extract(address)
	if err != nil {
		return Code{}, err
	}
	return EncodeNumber(digits, data)
}

// EncodeNumber makes the barcode of an address number that was already taken
// from an address, or of a post office box number. An individual number of a
// large office goes with an empty one.
func EncodeNumber(postcode, number string) (Code, error) {
	digits, err := cleanPostcode(postcode)
	if err != nil {
		return Code{}, err
	}
	symbols, err := symbolsOf(number)
	if err != nil {
		return Code{}, err
	}
	all := make([]int, 0, 20)
	for i := range len(digits) {
		all = append(all, int(digits[i]-'0'))
	}
	all = append(all, symbols...)
	sum := 0
	for _, v := range all {
		sum += v
	}
	check := (19 - sum%19) % 19
	var out strings.Builder
	out.WriteString(start)
	for _, v := range append(all, check) {
		out.WriteString(bars[v])
	}
	out.WriteString(stop)
	return Code{Data: number, CheckDigit: check, Bars: out.String()}, nil
}

// symbolsOf turns an address number into thirteen symbols: cut where it is
// longer, a control code of a letter staying alone in the last place, and filled
// with CC4.
func symbolsOf(number string) ([]int, error) {
	var all []int
	for _, r := range number {
		switch {
		case r >= '0' && r <= '9':
			all = append(all, int(r-'0'))
		case r == '-':
			all = append(all, hyphen)
		case r >= 'A' && r <= 'Z':
			all = append(all, cc1+int(r-'A')/10, int(r-'A')%10)
		default:
			return nil, fmt.Errorf("an address number holds digits, hyphens and capital letters, not %q", r)
		}
	}
	if len(all) > length {
		all = all[:length]
	}
	for len(all) < length {
		all = append(all, filler)
	}
	return all, nil
}

// cleanPostcode returns seven digits; a hyphen, the mark 〒 and wide digits are
// understood.
func cleanPostcode(s string) (string, error) {
	s = strings.TrimPrefix(strings.TrimSpace(narrow(s)), "〒")
	if len(s) == 8 && s[3] == '-' {
		s = s[:3] + s[4:]
	}
	if len(s) != 7 {
		return "", ErrPostcode
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return "", ErrPostcode
		}
	}
	return s, nil
}
