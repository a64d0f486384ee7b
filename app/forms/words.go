package forms

import (
	"bytes"
	_ "embed" // the words of the forms are data
	"encoding/csv"
	"fmt"
	"strings"

	"madoguchi/rules"
)

// Language is the register a form is printed in.
type Language string

// The registers.
const (
	Japanese     Language = "ja"
	EasyJapanese Language = "easy" // やさしい日本語
	English      Language = "en"
)

//go:embed words.csv
var wordsFile []byte

// words are the fixed words of the forms in every register.
type words map[string]rules.Text

// loadWords reads the words. The table is part of the program; a fault in it is
// found by the tests.
func loadWords() (words, error) {
	rows, err := csv.NewReader(bytes.NewReader(wordsFile)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading words.csv: %w", err)
	}
	all := words{}
	for _, row := range rows[1:] {
		all[row[0]] = rules.Text{Ja: row[1], Easy: row[2], En: row[3]}
	}
	return all, nil
}

// in chooses the register; where a text lacks it the Japanese stands.
func (l Language) in(t rules.Text) string {
	chosen := t.Ja
	switch l {
	case EasyJapanese:
		chosen = t.Easy
	case English:
		chosen = t.En
	}
	if chosen == "" {
		return t.Ja
	}
	return chosen
}

// fill replaces {name} by values; pairs are name, value.
func fill(text string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{"+pairs[i]+"}", pairs[i+1])
	}
	return text
}
