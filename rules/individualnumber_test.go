package rules

import (
	"strings"
	"testing"
)

// 123456789018 has a valid check digit; it is the example that public texts use.
func TestHasIndividualNumber(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"plain":                   {"123456789018", true},
		"in a sentence":           {"番号は123456789018です", true},
		"groups of four":          {"1234 5678 9018", true},
		"hyphens":                 {"1234-5678-9018", true},
		"full width":              {"１２３４５６７８９０１８", true},
		"mixed width":             {"12３４5678９０18", true},
		"full-width hyphens":      {"１２３４－５６７８－９０１８", true},
		"long vowel as hyphen":    {"1234ー5678ー9018", true},
		"minus":                   {"1234−5678−9018", true},
		"ideographic space":       {"1234　5678　9018", true},
		"every digit apart":       {"1 2 3 4 5 6 7 8 9 0 1 8", true},
		"over two lines":          {"123456\n789018", true},
		"zero-width space":        {"123456\u200b789018", true},
		"soft hyphen":             {"123456\u00ad789018", true},
		"variation selector":      {"123456\ufe0f789018", true},
		"spaced hyphens":          {"1234 - 5678 - 9018", true},
		"after another number":    {"5 1234 5678 9018", true},
		"dots":                    {"1234.5678.9018", true},
		"Arabic-Indic digits":     {"١٢٣٤٥٦٧٨٩٠١٨", true},
		"check digit zero":        {"000000000000", true},
		"wrong check digit":       {"123456789012", false},
		"eleven digits":           {"12345678901", false},
		"thirteen digits":         {"1234567890188", false},
		"telephone and postcode":  {"892-0846 099-216-1111", false},
		"date and year":           {"2026-11-24 2026", false},
		"letters between":         {"123456a789018", false},
		"far apart":               {"123456          789018", false},
		"empty":                   {"", false},
		"no digits":               {"見本 太郎", false},
		"case number":             {"KG26-00042X", false},
		"kanji between":           {"1234番5678号9018", false},
		"long text before number": {strings.Repeat("あ", 5000) + "1234-5678-9018", true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := HasIndividualNumber(c.text); got != c.want {
				t.Errorf("HasIndividualNumber(%q) = %v, want %v", c.text, got, c.want)
			}
		})
	}
}

// Every body of eleven digits has exactly one check digit.
func TestOneCheckDigitForEachBody(t *testing.T) {
	for _, body := range []string{"00000000001", "12345678901", "99999999999", "31415926535", "27182818284"} {
		valid := 0
		for d := '0'; d <= '9'; d++ {
			if HasIndividualNumber(body + string(d)) {
				valid++
			}
		}
		if valid != 1 {
			t.Errorf("%s has %d valid check digits, want 1", body, valid)
		}
	}
}

func FuzzHasIndividualNumber(f *testing.F) {
	f.Add("1234-5678-9018")
	f.Fuzz(func(t *testing.T, text string) {
		if HasIndividualNumber(text) && !HasIndividualNumber("前"+text+"後") {
			t.Errorf("%q is found alone and not within a sentence", text)
		}
	})
}
