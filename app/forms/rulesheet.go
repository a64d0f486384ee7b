package forms

import (
	"fmt"
	"slices"

	"madoguchi/rules"
)

// RuleSheet is a whole rule set on paper, for the supervisor who signs it.
type RuleSheet struct {
	Set *rules.Set
	On  rules.Date // the day it was printed
}

// MakeRuleSheet prints every table of a rule set in Japanese words, with what
// each row rests on, the fingerprint, and boxes to sign. The cover counts the rows
// of every table by what they rest on. Every table begins a page of its own, so that
// one table can be handed on and signed by itself.
func MakeRuleSheet(fonts *Fonts, in RuleSheet, options Options) (*Document, error) {
	bases := basisWords(in.Set)
	options.Superseded = options.Superseded || in.Set.Superseded
	cover := ReportSection{Heading: "表ごとの行の数", Columns: append([]string{"表", "行の数"}, bases...)}
	r := Report{
		Title: "判定表の確認書", Subtitle: in.Set.Title, Made: in.On, Landscape: true,
		Signers: []string{"作成した人・日付", "確認した人・日付", "承認した人・日付"},
		Foot:    fmt.Sprintf("%s　版 %s", in.Set.Title, in.Set.Edition),
	}
	all := make([]int, len(bases)+1)
	r.Sections = []ReportSection{cover}
	for _, t := range in.Set.Sheet() {
		r.Sections = append(r.Sections, tableSection(t))
		counts := countRows(t, bases)
		for i, n := range counts {
			all[i] += n
		}
		r.Sections[0].Rows = append(r.Sections[0].Rows, countCells(fmt.Sprintf("%s (%s)", t.Title, t.File), counts))
	}
	r.Sections[0].Rows = append(r.Sections[0].Rows, countCells("合計", all))
	r.Facts = []ReportFact{
		{"自治体", string(in.Set.ID)}, {"印刷した日", dateIn(in.On, Japanese)},
		{"版(指紋)", in.Set.Edition}, {"判定する状況の数", fmt.Sprintf("%d通り", in.Set.Situations())},
	}
	return MakeReport(fonts, r, options)
}

// basisWords are what a row can rest on, in words, strongest first.
func basisWords(set *rules.Set) []string {
	var words []string
	for _, status := range []rules.Status{rules.Stated, rules.Inferred, rules.NotStated, rules.NotPossible} {
		words = append(words, set.Label("status", string(status)).Plain())
	}
	return words
}

// tableSection is one table, each row with its basis, its days and its lines.
func tableSection(t rules.SheetTable) ReportSection {
	section := ReportSection{NewPage: true, Heading: fmt.Sprintf("%s (%s)　%d行", t.Title, t.File, len(t.Rows)), Columns: append([]string{"番号"}, t.Columns...)}
	section.Columns = append(section.Columns, "根拠の種類", "期間", "出典")
	for _, row := range t.Rows {
		cells := append([]string{row.ID}, row.Cells...)
		section.Rows = append(section.Rows, append(cells, row.Basis, row.Period, row.Sources))
	}
	return section
}

// countRows counts the rows of a table, all and by basis.
func countRows(t rules.SheetTable, bases []string) []int {
	counts := make([]int, len(bases)+1)
	counts[0] = len(t.Rows)
	for _, row := range t.Rows {
		if i := slices.Index(bases, row.Basis); i >= 0 {
			counts[i+1]++
		}
	}
	return counts
}

func countCells(name string, counts []int) []string {
	cells := []string{name}
	for _, n := range counts {
		cells = append(cells, fmt.Sprint(n))
	}
	return cells
}
