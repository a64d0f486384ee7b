package postal

import "strings"

// Extract takes the address number from an address:
//
//  1. small letters become capitals; & / ・ . are dropped;
//  2. kanji numerals before 丁目 丁 番地 番 号 地割 線 の ノ become digits;
//  3. digits, hyphens and letters that stand alone are kept; F after a digit is
//     a floor and is not kept; whatever else stands before a kept character
//     becomes one hyphen;
//  4. hyphens are collapsed, dropped at the start and the end, and dropped
//     beside a letter.
//
// Wide digits, letters and hyphens count as narrow ones.
func Extract(address string) (string, error) {
	text, err := numerals([]rune(capitals(address)))
	if err != nil {
		return "", err
	}
	return tidy(keep(text)), nil
}

// narrow turns wide letters, digits and the hyphens people type into ASCII.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case strings.ContainsRune("‐‑–—―−ｰ", r):
			return '-'
		case r == '　' || r == '\n' || r == '\t':
			return ' '
		}
		return r
	}, s)
}

// capitals narrows, drops the marks that are not counted, and turns a
// long-vowel mark between digits into the hyphen it was meant to be.
func capitals(s string) string {
	runes := []rune(strings.ToUpper(narrow(s)))
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		switch {
		case strings.ContainsRune("&/・･.", r):
			continue
		case r == 'ー' && i > 0 && i+1 < len(runes) && isDigit(runes[i-1]) && isDigit(runes[i+1]):
			r = '-'
		}
		out = append(out, r)
	}
	return string(out)
}

func isDigit(r rune) bool  { return r >= '0' && r <= '9' }
func isLetter(r rune) bool { return r >= 'A' && r <= 'Z' }

const kanjiDigits = "〇一二三四五六七八九"

func isNumeral(r rune) bool { return strings.ContainsRune(kanjiDigits+"十百千", r) }

// counters stand after a numeral; the longer ones come first.
var counters = []string{"丁目", "番地", "地割", "丁", "番", "号", "線", "の", "ノ"}

// numerals turns kanji numerals before a counter into digits.
func numerals(text []rune) ([]rune, error) {
	var out []rune
	for i := 0; i < len(text); {
		end := i
		for end < len(text) && isNumeral(text[end]) {
			end++
		}
		if end == i {
			out = append(out, text[i])
			i++
			continue
		}
		counter := counterAt(text[end:])
		if counter == "" {
			out = append(out, text[i:end]...)
			i = end
			continue
		}
		if name, sure := partOfName(counter, text[end+len([]rune(counter)):]); name {
			if !sure {
				return nil, ErrUnclear
			}
			out = append(out, text[i:end]...)
			i = end
			continue
		}
		out = append(out, []rune(arabic(text[i:end]))...)
		i = end
	}
	return out, nil
}

// counterAt returns the counter that text begins with.
func counterAt(text []rune) string {
	for _, c := range counters {
		if strings.HasPrefix(string(text[:min(len(text), 2)]), c) {
			return c
		}
	}
	return ""
}

// partOfName reports a numeral that reads as part of a name: 三番町, 一の宮.
// sure is false where nobody can tell.
func partOfName(counter string, rest []rune) (name, sure bool) {
	if counter == "丁目" || counter == "番地" || counter == "地割" || len(rest) == 0 {
		return false, false
	}
	next := rest[0]
	switch {
	case isDigit(next), isNumeral(next), next == ' ', next == '-', next == 'の', next == 'ノ', isLetter(next):
		return false, false
	case counter == "番" && next == '町':
		return true, true
	case counter == "の" || counter == "ノ":
		return true, true
	}
	return true, false
}

// arabic reads a kanji numeral: 二十三 is 23, 一〇五 is 105.
func arabic(text []rune) string {
	if !strings.ContainsAny(string(text), "十百千") {
		var b strings.Builder
		for _, r := range text {
			b.WriteByte(byte('0' + indexRune(kanjiDigits, r)))
		}
		return b.String()
	}
	total, digit := 0, 0
	for _, r := range text {
		unit := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
		if unit == 0 {
			digit = indexRune(kanjiDigits, r)
			continue
		}
		total += max(digit, 1) * unit
		digit = 0
	}
	return itoa(total + digit)
}

// indexRune is the place of r in s counted in characters.
func indexRune(s string, r rune) int {
	for i, c := range []rune(s) {
		if c == r {
			return i
		}
	}
	return -1
}

func itoa(v int) string {
	if v < 10 {
		return string(rune('0' + v))
	}
	return itoa(v/10) + string(rune('0'+v%10))
}

// keep keeps digits, hyphens and single letters, with one hyphen for what was
// left out before them.
func keep(text []rune) []rune {
	var out []rune
	skipped := false
	for i, r := range text {
		single := isLetter(r) && (i == 0 || !isLetter(text[i-1])) && (i+1 == len(text) || !isLetter(text[i+1]))
		floor := r == 'F' && i > 0 && isDigit(text[i-1]) && (i+1 == len(text) || !isDigit(text[i+1]))
		if !isDigit(r) && r != '-' && (!single || floor) {
			skipped = true
			continue
		}
		if skipped {
			out = append(out, '-')
			skipped = false
		}
		out = append(out, r)
	}
	return out
}

// tidy collapses hyphens and drops those at the ends and beside letters.
func tidy(text []rune) string {
	var out []rune
	for _, r := range text {
		last := rune('-')
		if len(out) > 0 {
			last = out[len(out)-1]
		}
		switch {
		case r == '-' && (last == '-' || isLetter(last)):
			continue
		case isLetter(r) && last == '-' && len(out) > 0:
			out[len(out)-1] = r
			continue
		}
		out = append(out, r)
	}
	return strings.Trim(string(out), "-")
}
