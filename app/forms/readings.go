package forms

import (
	_ "embed" // the readings are data
	"strings"

	"madoguchi/rules"
)

// readings.csv lists words of the counter with their furigana, one a line. They
// are put over texts that carry none, so that the people who keep the rule
// tables need not write readings.
//
//go:embed readings.csv
var readingsFile string

// readings finds words with furigana in plain text.
type readings struct {
	words   map[string]string // with furigana, by plain word
	longest int               // in characters
}

func loadReadings() *readings {
	r := &readings{words: map[string]string{}}
	for i, line := range strings.Split(strings.TrimSpace(readingsFile), "\n") {
		if i == 0 {
			continue
		}
		plain := rules.PlainText(strings.TrimSpace(line))
		r.words[plain] = strings.TrimSpace(line)
		r.longest = max(r.longest, len([]rune(plain)))
	}
	return r
}

// annotate puts furigana over the words it knows, the longest first. A text that
// carries furigana already is left as it is. A word of one kanji counts only
// where no kanji stands beside it: inside an unknown compound it may be read
// otherwise.
func (r *readings) annotate(text string) string {
	if strings.Contains(text, "《") {
		return text
	}
	runes := []rune(text)
	var b strings.Builder
	for i := 0; i < len(runes); {
		word := r.wordAt(runes, i)
		if word == "" {
			b.WriteRune(runes[i])
			i++
			continue
		}
		b.WriteString("｜" + r.words[word]) // the mark keeps the kanji before it apart
		i += len([]rune(word))
	}
	return b.String()
}

// wordAt finds the longest known word that begins at i.
func (r *readings) wordAt(runes []rune, i int) string {
	for n := min(r.longest, len(runes)-i); n > 0; n-- {
		word := string(runes[i : i+n])
		if _, ok := r.words[word]; ok && r.stands(runes, i, n) {
			return word
		}
	}
	return ""
}

// stands reports whether a word may be read on its own where it stands.
func (r *readings) stands(runes []rune, i, n int) bool {
	if n > 1 && isHan(runes[i+1]) {
		return true
	}
	before := i > 0 && isHan(runes[i-1])
	after := i+n < len(runes) && n == 1 && isHan(runes[i+n])
	digit := i > 0 && (runes[i-1] >= '0' && runes[i-1] <= '9' || runes[i-1] >= '０' && runes[i-1] <= '９')
	switch {
	case !isHan(runes[i]):
		return true
	case before || after:
		return false
	case strings.ContainsRune("日人時", runes[i]):
		return !digit
	case runes[i] == '月':
		return digit
	}
	return true
}

func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF || r == '々' }

// Readings are texts in kana as far as their words are known, for finding them by
// what is typed before the input method turns it into kanji.
func Readings(texts []string) []string {
	known := loadReadings()
	kana := make([]string, len(texts))
	for i, text := range texts {
		var b strings.Builder
		for _, run := range rules.Ruby(known.annotate(text)) {
			if run.Reading != "" {
				b.WriteString(run.Reading)
			} else {
				b.WriteString(run.Base)
			}
		}
		kana[i] = b.String()
	}
	return kana
}
