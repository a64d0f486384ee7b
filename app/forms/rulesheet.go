package forms

import (
	"fmt"

	"madoguchi/rules"
)

// RuleSheet is a whole rule set on paper, for the supervisor who signs it.
type RuleSheet struct {
	Set *rules.Set
	On  rules.Date // the day it was printed
}

// MakeRuleSheet prints every table of a rule set in Japanese words, with what
// each row rests on, the fingerprint, and boxes to sign. Every table begins a page
// of its own, so that one table can be handed on and signed by itself.
func MakeRuleSheet(fonts *Fonts, in RuleSheet, options Options) (*Document, error) {
	tables := in.Set.Sheet()
	rows, open := 0, 0
	r := Report{
		Title: "判定表の確認書", Subtitle: in.Set.Title, Made: in.On, Landscape: true,
		Signers: []string{"作成した人・日付", "確認した人・日付", "承認した人・日付"},
		Foot:    fmt.Sprintf("%s　版 %s", in.Set.Title, in.Set.Edition),
	}
	notStated := in.Set.Label("status", string(rules.NotStated)).Ja
	for _, t := range tables {
		section := ReportSection{NewPage: true, Heading: fmt.Sprintf("%s (%s)", t.Title, t.File), Columns: append([]string{"番号"}, t.Columns...)}
		section.Columns = append(section.Columns, "根拠の種類", "期間", "出典")
		for _, row := range t.Rows {
			cells := append([]string{row.ID}, row.Cells...)
			section.Rows = append(section.Rows, append(cells, row.Basis, row.Period, row.Sources))
			rows++
			if row.Basis == rules.PlainText(notStated) {
				open++
			}
		}
		r.Sections = append(r.Sections, section)
	}
	r.Facts = []ReportFact{
		{"自治体", string(in.Set.ID)}, {"印刷した日", dateIn(in.On, Japanese)},
		{"版(指紋)", in.Set.Edition}, {"行の数", fmt.Sprintf("%d行(うち資料に記載のないもの %d行)", rows, open)},
	}
	return MakeReport(fonts, r, options)
}
