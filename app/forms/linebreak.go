package forms

import "strings"

// Japanese line breaking (JIS X 4051, the ordinary rules): a line may break
// between any two characters, except
//   - before a character that may not begin a line (closing brackets,
//     punctuation, small kana, the long-vowel mark, iteration marks),
//   - after one that may not end a line (opening brackets),
//   - inside a word, number or time of the day in Latin letters and digits,
//   - inside a word in katakana, and inside 電話,
//   - between a number and what it counts (5|時),
//   - inside a pair of dashes or leaders,
//   - on either side of a no-break space.
// A character that would fall foul is taken to the next line together with the
// one before it. Spaces at the end of a line take no room.

const (
	noStart = "）」』】〕］｝〉》〙〗、。，．・：；？！‼⁇⁈⁉ー々〻ヽヾゝゞぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ゛゜‐–〜～゠)]},.:;!?%‰°′″℃°"
	noEnd   = "（「『【〔［｛〈《〘〖([{#＃￥＄£№"
	paired  = "—―…‥"
	noBreak = "\u00a0"
	// counters are what a number is said with; all of them are one character.
	counters = "年月日時分秒点円枚回通歳号"
)

// breakLines breaks one paragraph at a width in em; with hyphens also after a
// hyphen inside a word. forced reports that a word longer than a line had to be
// cut.
func breakLines(p paragraph, limit float64, hyphens bool) (lines []line, forced bool) {
	atoms := p.atoms
	for len(atoms) > 0 {
		n := lineLength(atoms, limit)
		if n < len(atoms) && !mayBreak(atoms[n-1], atoms[n], hyphens) {
			if back := lastBreak(atoms, n, hyphens); back > 0 {
				n = back
			} else {
				forced = true
			}
		}
		lines = append(lines, makeLine(atoms[:n]))
		atoms = dropSpaces(atoms[n:])
	}
	if lines == nil {
		lines = []line{{}}
	}
	return lines, forced
}

// lineLength counts the atoms that fit, at least one. Spaces at the end hang.
func lineLength(atoms []atom, limit float64) int {
	width := 0.0
	for i, a := range atoms {
		width += a.width
		if width > limit+1e-9 && !isSpace(a.first) {
			return max(i, 1)
		}
	}
	return len(atoms)
}

// lastBreak finds the last place before n where the line may break; 0: none.
func lastBreak(atoms []atom, n int, hyphens bool) int {
	for i := n - 1; i > 0; i-- {
		if mayBreak(atoms[i-1], atoms[i], hyphens) {
			return i
		}
	}
	return 0
}

// mayBreak reports whether a line may end after a and begin with b.
func mayBreak(a, b atom, hyphens bool) bool {
	switch {
	case isSpace(b.first), a.last == noBreak, b.first == noBreak:
		return false
	case isSpace(a.last), hyphens && a.last == "-":
		return true
	case strings.Contains(noStart, b.first), strings.Contains(noEnd, a.last):
		return false
	case a.last == ":" && isDigit(b.first):
		return false
	case isDigit(a.last) && strings.Contains(counters, b.first):
		return false
	case isKatakana(a.last) && isKatakana(b.first), a.last == "電" && b.first == "話":
		return false
	case a.last == b.first && strings.Contains(paired, a.last):
		return false
	}
	return !isWordPart(a.last) || !isWordPart(b.first)
}

func isSpace(s string) bool { return s == " " || s == "　" }

func isDigit(s string) bool { return s >= "0" && s <= "9" || s >= "０" && s <= "９" }

func isKatakana(s string) bool { return s >= "ァ" && s <= "ヺ" || s == "ー" }

// isWordPart reports characters that words and numbers are made of, wide
// digits included.
func isWordPart(s string) bool {
	r := []rune(s)[0]
	switch {
	case r >= '0' && r <= '9', r >= '０' && r <= '９', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
		return true
	case r >= 0xC0 && r <= 0x24F:
		return true
	}
	return strings.ContainsRune("-'’&@_/+.", r)
}

func makeLine(atoms []atom) line {
	end := len(atoms)
	for end > 0 && isSpace(atoms[end-1].last) {
		end--
	}
	l := line{atoms: atoms[:end]}
	for _, a := range l.atoms {
		l.width += a.width
		l.ruby = l.ruby || a.ruby != nil
	}
	return l
}

// dropSpaces drops ordinary spaces where a line begins; an ideographic space is
// kept, it is an indent someone wrote.
func dropSpaces(atoms []atom) []atom {
	for len(atoms) > 0 && atoms[0].first == " " {
		atoms = atoms[1:]
	}
	return atoms
}
