package app

import (
	"cmp"
	"fmt"
	"slices"

	"madoguchi/app/simulation"
	"madoguchi/rules"
)

// DebriefView is a finished drill, line by line with what each line rests on.
type DebriefView struct {
	Title   string        `json:"title"`
	Trainee string        `json:"trainee"`
	Points  int           `json:"points"`
	Of      int           `json:"of"`
	Percent int           `json:"percent"`
	Perfect bool          `json:"perfect"`
	Time    string        `json:"time"`
	Keys    int           `json:"keystrokes"`
	Teaches string        `json:"teaches"`
	Edition string        `json:"edition"`
	Lines   []DebriefLine `json:"lines"`
	Kept    bool          `json:"kept"` // under the trainee's name
	Run     int           `json:"run"`  // which of the trainee's runs it is, from 1; 0 when it was not kept
	Next    bool          `json:"next"` // another visitor of the course or queue is to come
	Queue   QueueView     `json:"queue"`
}

// DebriefLine is one line of a debrief.
type DebriefLine struct {
	Topic   string       `json:"topic"`
	Verdict string       `json:"verdict"` // right, missing, too-much, wrong, penalty or not-asked
	Words   string       `json:"words"`   // the verdict in words
	Points  int          `json:"points"`
	Of      int          `json:"of"`
	Text    string       `json:"text"`
	Sources []SourceView `json:"sources"`
}

// debrief is the finished drill; only while mu is held.
func (r *drill) debrief(a actions) DebriefView {
	result := r.kept.Result
	v := DebriefView{Title: result.Title, Trainee: r.choice.Trainee, Points: result.Points, Of: result.Of, Percent: result.Percent,
		Perfect: result.Perfect, Time: timeTaken(result.Seconds), Keys: result.Keys, Teaches: result.Teaches,
		Edition: shortEdition(result.Edition), Kept: r.choice.Trainee != "", Next: r.line.at+1 < len(r.line.visits), Queue: r.line.view(a.Now())}
	if runs, err := a.Results().Of(r.choice.Trainee); err == nil && v.Kept {
		v.Run = len(runs)
	}
	v.Lines = debriefLines(a, r.scenario.Municipality, result)
	return v
}

func debriefLines(a decider, m rules.MunicipalityID, result simulation.Result) []DebriefLine {
	w := wording{decider: a, municipality: m, titles: a.SourceTitles(m)}
	lines := make([]DebriefLine, 0, len(result.Lines))
	for _, l := range result.Lines {
		lines = append(lines, DebriefLine{Topic: l.Topic.Words(), Verdict: string(l.Verdict), Words: l.Verdict.Words(), Points: l.Points,
			Of: l.Of, Text: rules.PlainText(l.Text), Sources: w.sources(l.Sources)})
	}
	// What went wrong comes first: it is what trainer and trainee talk about.
	slices.SortStableFunc(lines, func(a, b DebriefLine) int { return cmp.Compare(rank(a), rank(b)) })
	return lines
}

func rank(l DebriefLine) int {
	if l.Verdict == string(simulation.Right) {
		return 1
	}
	return 0
}

func timeTaken(seconds int) string { return fmt.Sprintf("%d分%d秒", seconds/60, seconds%60) }
