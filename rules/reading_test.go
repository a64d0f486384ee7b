package rules

import (
	"io/fs"
	"strings"
	"testing"
)

// residentSheets are the tables whose Japanese a resident reads on paper.
func residentSheets(t *testing.T) map[string]*sheet {
	t.Helper()
	shared, err := fs.Sub(vocabularyFiles, "vocabulary")
	if err != nil {
		t.Fatal(err)
	}
	sheets := map[string]*sheet{}
	read := func(place string, fsys fs.FS, files ...string) {
		for _, file := range files {
			var faults Faults
			s, ok := readSheet(fsys, file, &faults)
			if !ok {
				t.Fatalf("%s: %v", place, faults)
			}
			sheets[place+"/"+file] = s
		}
	}
	read("vocabulary", shared, "requirements.csv", "lines.csv")
	for _, id := range BuiltinIDs() {
		files, err := BuiltinFiles(id)
		if err != nil {
			t.Fatal(err)
		}
		read(string(id), files, "words.csv", "offices.csv")
	}
	return sheets
}

// TestEveryKanjiHasAReading holds the furigana of the leaflet: every run of
// kanji in the Japanese and the easy register has a reading of its own, in kana.
func TestEveryKanjiHasAReading(t *testing.T) {
	for place, s := range residentSheets(t) {
		if len(s.rows) == 0 {
			t.Errorf("%s: no rows", place)
		}
		for _, r := range s.rows {
			for _, register := range []string{"ja", "easy"} {
				for _, run := range Ruby(s.cell(r, register)) {
					if problem := readingProblem(run); problem != "" {
						t.Errorf("%s line %d %s: %s", place, r.line, register, problem)
					}
				}
			}
		}
	}
}

func readingProblem(run RubyRun) string {
	switch {
	case run.Reading == "" && strings.ContainsFunc(run.Base, isKanji):
		return "kanji without a reading in " + run.Base
	case strings.ContainsAny(run.Base+run.Reading, "《》｜"):
		return "a mark that stands for nothing in " + run.Base
	case strings.ContainsFunc(run.Reading, func(r rune) bool { return (r < 'ぁ' || r > 'ん') && r != 'ー' }):
		return run.Base + " is read with something else than kana: " + run.Reading
	}
	return ""
}

// TestEasyRegisterIsWrittenApart holds that easy Japanese has spaces between
// its words, and that all three registers are there.
func TestEasyRegisterIsWrittenApart(t *testing.T) {
	for place, s := range residentSheets(t) {
		for _, r := range s.rows {
			easy := PlainText(s.cell(r, "easy"))
			if easy == "" || s.cell(r, "ja") == "" || s.cell(r, "en") == "" {
				t.Errorf("%s line %d: a register is empty", place, r.line)
			}
			if len([]rune(easy)) > 20 && !strings.Contains(easy, " ") {
				t.Errorf("%s line %d: easy Japanese without a space: %s", place, r.line, easy)
			}
		}
	}
}
