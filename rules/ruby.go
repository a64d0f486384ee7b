package rules

import "strings"

// RubyRun is a stretch of text with its reading. Reading is empty where none is
// given.
type RubyRun struct {
	Base    string
	Reading string
}

// Ruby cuts a text into stretches with and without furigana. A reading stands
// in 《》 after the run of kanji it belongs to (暗証番号《あんしょうばんごう》); ｜
// marks where that run begins when it is not only kanji (｜券面《けんめん》). A
// 《 that nothing stands before is kept as text.
func Ruby(s string) []RubyRun {
	var runs []RubyRun
	for s != "" {
		open := strings.Index(s, "《")
		end := -1
		if open >= 0 {
			end = strings.Index(s[open:], "》")
		}
		if end < 0 {
			return appendRun(runs, dropMarks(s), "")
		}
		before, reading := s[:open], s[open+len("《"):open+end]
		s = s[open+end+len("》"):]
		start := rubyStart(before)
		if start == len(before) {
			runs = appendRun(runs, dropMarks(before)+"《"+reading+"》", "")
			continue
		}
		runs = appendRun(runs, dropMarks(before[:start]), "")
		runs = append(runs, RubyRun{Base: dropMarks(before[start:]), Reading: reading})
	}
	return runs
}

// PlainText is the text without its furigana.
func PlainText(s string) string {
	if !strings.ContainsAny(s, "《｜") {
		return s
	}
	var b strings.Builder
	for _, run := range Ruby(s) {
		b.WriteString(run.Base)
	}
	return b.String()
}

// rubyStart finds where the run that a reading belongs to begins.
func rubyStart(before string) int {
	if mark := strings.LastIndex(before, "｜"); mark >= 0 {
		return mark
	}
	start := len(before)
	for i, r := range before {
		switch {
		case !isKanji(r):
			start = len(before)
		case start == len(before):
			start = i
		}
	}
	return start
}

// isKanji reports han characters, the iteration mark and variation selectors.
func isKanji(r rune) bool {
	return r >= 0x3400 && r <= 0x9FFF || r == '々' || r == '〆' || r == 'ヶ' ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF ||
		r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF
}

// dropMarks removes the marks that begin a run.
func dropMarks(s string) string { return strings.ReplaceAll(s, "｜", "") }

func appendRun(runs []RubyRun, base, reading string) []RubyRun {
	if base == "" {
		return runs
	}
	return append(runs, RubyRun{Base: base, Reading: reading})
}

// Plain is the Japanese text without its furigana.
func (t Text) Plain() string { return PlainText(t.Ja) }
