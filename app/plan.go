package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"madoguchi/app/counter"
	"madoguchi/rules"
)

// basis is what a plan was made of; nothing where a plan was kept.
type basis struct {
	asked     Asked
	situation rules.Situation // the answers with what the card says laid over them
	card      *counter.CardSummary
}

// planView turns a plan into sections of lines, in the order a clerk reads them out.
func planView(a decider, p rules.Plan, of basis) PlanView {
	v := PlanView{
		Outcome: string(p.Outcome), OutcomeWords: outcomeWords(p), Detail: planDetail(p),
		Status: string(p.Status), StatusWords: statusWords(p.Status),
		Municipality: p.MunicipalityTitle, Edition: p.Edition, On: rules.InWords(p.On),
	}
	w := wording{basis: of, decider: a, municipality: p.Municipality, titles: a.SourceTitles(p.Municipality)}
	v.Sections = slices.DeleteFunc([]SectionView{
		{"reasons", "理由", w.lines("reason", p.Reasons)},
		{"requirements", "必要なもの", w.requirements(p.Requirements)},
		{"pins", "暗証番号", w.pins(p.PINs)},
		{"letters", "照会書・郵送", w.lines("step", p.Letters)},
		{"openPoints", "出典に書かれていないこと", w.lines("open", p.OpenPoints)},
		{"steps", "手順", w.lines("step", p.Steps)},
		{"dates", "期日", w.dates(p.Dates)},
		{"fees", "手数料", w.lines("note", p.Fees)},
		{"places", "受付できる場所", w.places(p.Places)},
		{"notes", "ご注意", w.lines("note", p.Notes)},
		{"contacts", "お問い合わせ", w.places(p.Contacts)},
	}, func(s SectionView) bool { return len(s.Lines) == 0 })
	return v
}

func outcomeWords(p rules.Plan) string {
	switch p.Outcome {
	case rules.Proceed:
		return "本日 受付できます"
	case rules.VisitAgain:
		if len(p.Letters) > 0 {
			return "照会書の郵送と再度の来庁が必要です"
		}
		return "再度の来庁が必要です"
	case rules.GoElsewhere:
		return "別の窓口をご案内します"
	case rules.OutcomeNever:
		return "受付できません"
	case rules.AskSupervisor:
		return "担当へ確認してください"
	case rules.NeedAnswers:
		return "うかがっています"
	}
	return ""
}

func planDetail(p rules.Plan) string {
	var parts []string
	if c := capacityLabel(p.Capacity); c != "" {
		parts = append(parts, c+"として")
	}
	if p.Visits > 0 && p.Outcome != rules.NeedAnswers {
		parts = append(parts, fmt.Sprintf("全部で%d回の来庁", p.Visits))
	}
	if p.Visit > 1 {
		parts = append(parts, fmt.Sprintf("今日は%d回目", p.Visit))
	}
	return strings.Join(parts, " ・ ")
}

// wording turns lines of one plan into words.
type wording struct {
	basis
	decider      decider
	municipality rules.MunicipalityID
	titles       map[string]string // of source documents, by file name
}

func (w wording) lines(mark string, lines []rules.Line) []LineView {
	views := make([]LineView, 0, len(lines))
	for _, l := range lines {
		views = append(views, w.line(l.ID, mark, l.Text, l.Status, l.Because, l.Sources))
	}
	return views
}

func (w wording) line(id, mark string, text rules.Text, status rules.Status, because []string, sources []rules.Source) LineView {
	return LineView{ID: id, Mark: mark, Text: rules.PlainText(text.Ja), Extra: []string{}, Status: string(status),
		StatusWords: statusWords(status), Because: w.because(because), Sources: w.sources(sources)}
}

func (w wording) requirements(list []rules.Requirement) []LineView {
	views := make([]LineView, 0, len(list))
	for _, r := range list {
		v := w.line(r.ID, "check", r.Text, r.Status, r.Because, r.Sources)
		if v.Text == "" {
			v.Text = partyLabel(r.Of) + alternativesWords(r.AnyOf)
		}
		if r.Satisfied != nil {
			v.Done = "no"
			if *r.Satisfied {
				v.Done = "yes"
			}
		}
		if len(r.Missing) > 0 {
			v.Extra = append(v.Extra, "あと "+classesWords(r.Missing)+" で足ります")
		}
		if w.liesThere(r.Missing) {
			v.Extra = append(v.Extra, "カードはリーダーで読みました。F4 で選ぶと数えます")
		}
		if len(r.Examples) > 0 {
			v.Extra = append(v.Extra, "例: "+strings.Join(r.Examples, "、"))
		}
		for _, class := range r.Classes() {
			if names := r.ExamplesOf[class]; len(names) > 0 {
				v.Extra = append(v.Extra, classLabel(class)+": "+strings.Join(names, "、"))
			}
		}
		if r.Judged {
			v.Extra = append(v.Extra, "一覧にない書類を、担当者の判断で数えています")
		}
		views = append(views, v)
	}
	return views
}

// liesThere reports whether the card on the reader is among what is missing.
func (w wording) liesThere(missing []rules.ClassCount) bool {
	return w.card != nil && w.card.Card.Kind == individualNumberCard &&
		slices.ContainsFunc(missing, func(c rules.ClassCount) bool { return c.Class == rules.ClassIndividualNumberCard })
}

func alternativesWords(anyOf [][]rules.ClassCount) string {
	parts := make([]string, len(anyOf))
	for i, all := range anyOf {
		parts[i] = classesWords(all)
	}
	return strings.Join(parts, " または ")
}

func classesWords(all []rules.ClassCount) string {
	parts := make([]string, len(all))
	for i, c := range all {
		parts[i] = fmt.Sprintf("%s %d点", classLabel(c.Class), c.Count)
	}
	return strings.Join(parts, " + ")
}

func (w wording) pins(list []rules.PINLine) []LineView {
	views := make([]LineView, 0, len(list))
	for _, p := range list {
		v := w.line("pin-"+string(p.Kind), "pin", p.Text, p.Status, p.Because, p.Sources)
		if v.Text == "" {
			v.Text = pinLabel(p.Kind) + ": " + entryWords(p.Entry)
		}
		views = append(views, v)
	}
	return views
}

func entryWords(e rules.PINEntry) string {
	switch e {
	case rules.EntryAtCounter:
		return "窓口で入力"
	case rules.EntryInLetter:
		return "照会書に記入(封をして持参)"
	case rules.EntrySetNew:
		return "新しく設定"
	}
	return string(e)
}

func (w wording) dates(list []rules.DateLine) []LineView {
	views := make([]LineView, 0, len(list))
	for _, d := range list {
		v := w.line(d.ID, "date", d.Text, d.Status, nil, d.Sources)
		v.Text += " " + rules.InWords(d.Date)
		if d.Confirm {
			v.StatusWords = "要確認"
		}
		views = append(views, v)
	}
	return views
}

func (w wording) places(list []rules.PlaceLine) []LineView {
	views := make([]LineView, 0, len(list))
	for _, p := range list {
		v := w.line(p.ID, "place", p.Text, p.Status, nil, p.Sources)
		for _, extra := range []string{servesWords(p.Serves), opensWords(p.Opens), p.Hours, p.Phone} {
			if extra != "" && extra != "*" && extra != "-" {
				v.Extra = append(v.Extra, extra)
			}
		}
		views = append(views, v)
	}
	return views
}

func servesWords(serves string) string {
	switch serves {
	case "no":
		return "この手続は扱いません"
	case "closed":
		return "いまの時間は閉まっています"
	case "by-appointment":
		return "予約が必要です"
	}
	return ""
}

// opensWords says when a place that is closed opens next: 次は11月25日(水) 08:30から.
func opensWords(opens string) string {
	text, hour, _ := strings.Cut(opens, " ")
	day, err := rules.ParseDate(text)
	if err != nil {
		return "" // not closed, or nobody knows
	}
	_, month, date := day.Split()
	return fmt.Sprintf("次は%d月%d日(%s) %sから", month, date, []string{"日", "月", "火", "水", "木", "金", "土"}[rules.Weekday(day)], hour)
}

func (w wording) sources(sources []rules.Source) []SourceView {
	views := make([]SourceView, 0, len(sources))
	for _, s := range sources {
		views = append(views, SourceView{Title: cmp.Or(w.titles[s.Seed], s.Seed), Lines: strings.ReplaceAll(s.Lines, "-", "〜") + "行目"})
	}
	return views
}
