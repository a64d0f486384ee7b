package forms

import (
	"fmt"

	"madoguchi/rules"
)

// TrainingRecord is what one drill came to. It is always marked 訓練.
type TrainingRecord struct {
	Trainee  string
	Title    string // of the scenario
	Scenario string
	Seed     int64
	On       rules.Date
	Edition  string // of the rule set that judged
	Points   int
	Of       int
	Percent  int
	Seconds  int
	Lines    []TrainingLine
	Teaches  string
}

// TrainingLine is one line of the debrief.
type TrainingLine struct {
	Topic   string // in Japanese
	Verdict string // in Japanese
	Points  int
	Of      int
	Text    string
	Sources []rules.Source
}

// MakeTrainingRecord prints the record of a drill for trainee and trainer to sign.
func MakeTrainingRecord(fonts *Fonts, in TrainingRecord, options Options) (*Document, error) {
	options.Training = true
	section := ReportSection{Heading: "ふりかえり", Columns: []string{"項目", "結果", "点", "内容", "出典"}}
	for _, l := range in.Lines {
		sources := ""
		for i, s := range l.Sources {
			if i > 0 {
				sources += "\n"
			}
			sources += s.Seed + " " + s.Lines
		}
		section.Rows = append(section.Rows, []string{l.Topic, l.Verdict, fmt.Sprintf("%d / %d", l.Points, l.Of), l.Text, sources})
	}
	r := Report{
		Title: "窓口訓練の記録", Subtitle: in.Title, Made: in.On,
		Facts: []ReportFact{
			{"受けた人", in.Trainee}, {"日付", dateIn(in.On, Japanese)},
			{"点数", fmt.Sprintf("%d点 / %d点(%d%%)", in.Points, in.Of, in.Percent)}, {"時間", fmt.Sprintf("%d分%d秒", in.Seconds/60, in.Seconds%60)},
			{"課題", in.Scenario}, {"課題の番号(シード)", fmt.Sprint(in.Seed)},
		},
		Sections: []ReportSection{section},
		Signers:  []string{"受けた人", "指導した人"},
		Foot:     "判定表の版 " + in.Edition,
	}
	if in.Teaches != "" {
		r.Sections = append(r.Sections, ReportSection{Heading: "この課題で学ぶこと", Notes: []string{in.Teaches}})
	}
	return MakeReport(fonts, r, options)
}
