package app

import (
	"fmt"
	"slices"
	"strings"

	"madoguchi/app/counter"
	"madoguchi/app/history"
	"madoguchi/rules"
)

// ComparisonView is one thing to read aloud and compare at the second visit.
type ComparisonView struct {
	Label string `json:"label"`
	Value string `json:"value"`
	With  string `json:"with"`  // what it is compared with
	Wrong bool   `json:"wrong"` // it is already known not to fit
}

// comparisons are what the clerk compares, in the order of the papers on the
// table: who the letter is about, who brings it, and whether it is the right one
// and in time.
func comparisons(found counter.Case, today rules.Date) []ComparisonView {
	list := []ComparisonView{}
	add := func(label, value, with string) {
		if value != "" {
			list = append(list, ComparisonView{Label: label, Value: value, With: with})
		}
	}
	if !returning(found.State) {
		return list
	}
	holder, agent := personView(found.Holder), personView(found.Agent)
	add("ご本人のお名前", holder.Name, "回答書とご本人のカード")
	add("ご本人の通称", holder.Alias, "回答書とご本人のカード")
	add("ご本人の生年月日", holder.Birth, "回答書とご本人のカード")
	add("ご本人のご住所", strings.Join(holder.Address, " "), "回答書")
	add("代理人のお名前", agent.Name, "来庁者の本人確認書類")
	add("代理人の通称", agent.Alias, "来庁者の本人確認書類")
	add("代理人の生年月日", agent.Birth, "来庁者の本人確認書類")
	add("代理人のご住所", strings.Join(agent.Address, " "), "来庁者の本人確認書類")
	add("照会番号", found.LetterCode, "照会書の番号")
	if !found.ReplyBy.IsZero() {
		list = append(list, ComparisonView{Label: "回答期限", Value: rules.InWords(found.ReplyBy) + " " + inTimeWords(found.ReplyBy, today),
			With: "照会書の期限", Wrong: found.ReplyBy < today})
	}
	return list
}

func inTimeWords(until, today rules.Date) string {
	if until < today {
		return "(期限を過ぎています)"
	}
	return fmt.Sprintf("(期限内・あと%d日)", int(until)-int(today))
}

// agreedWords say what the visitor was told the last time; once the second visit is
// kept, at that one.
func agreedWords(a decider, found counter.Case) []string {
	who := ""
	if kind, ok := found.Situation.Visitor.Kind.Get(); ok {
		who = answeredView(a, found.Situation.Municipality, Answer{Key: "visitor.kind", Value: string(kind)}, nil).Words
	}
	words := []string{rules.InWords(found.OpenedOn) + " 受付", procedureNames(found.Procedure), who}
	switch told := outcomeWords(found.Plan); {
	case told == "":
	case found.Plan.Visit == 2:
		words = append(words, "2回目のご案内: "+told)
	default:
		words = append(words, "前回のご案内: "+told)
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// envelopeOrder is the order in which the letter is looked at.
func envelopeOrder() []string { return []string{"letter.sealed", "letter.complete", keyValidUntil} }

const keyValidUntil = "letter.validUntil"

// secondVisitQuestions puts the questions about the letter first, in their order:
// sealed, complete, in time. Until when it holds is asked where no case says so.
func secondVisitQuestions(s rules.Situation, open []QuestionView) []QuestionView {
	if visit, ok := s.Visit.Get(); !ok || visit != 2 {
		return open
	}
	if state, ok := s.Letter.State.Get(); ok && state == "issued" && !s.Letter.ValidUntil.Asked() {
		open = append(open, validUntilQuestion())
	}
	rank := func(q QuestionView) int {
		if at := slices.Index(envelopeOrder(), q.Key); at >= 0 {
			return at
		}
		return len(envelopeOrder())
	}
	slices.SortStableFunc(open, func(a, b QuestionView) int { return rank(a) - rank(b) })
	return open
}

func validUntilQuestion() QuestionView {
	return QuestionView{Key: keyValidUntil, Label: "照会書に印刷された回答期限はいつですか", Kind: "date",
		Choices: []ChoiceView{{Key: keyValidUntil, Value: "null", Label: "書かれていない・分からない", Code: "Slash", Cap: "/"}}}
}

// letterTooLate refuses a letter whose day is past: it may not be completed on.
func letterTooLate(s rules.Situation) error {
	until, ok := s.Letter.ValidUntil.Get()
	if visit, second := s.Visit.Get(); !ok || !second || visit != 2 || until >= s.On {
		return nil
	}
	return &history.Refusal{Reason: history.LetterExpired, On: until.String()}
}
