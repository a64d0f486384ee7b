package history

import (
	"fmt"

	"madoguchi/rules"
)

// RefusalReason names why an action on a case is not done.
type RefusalReason string

// The reasons.
const (
	NoSuchCase          RefusalReason = "no-such-case"
	NotACaseNumber      RefusalReason = "not-a-case-number"
	WrongCheckCharacter RefusalReason = "wrong-check-character"
	UnknownState        RefusalReason = "unknown-state"
	NoSuchTransition    RefusalReason = "no-such-transition"
	IndividualNumber    RefusalReason = "individual-number"
	NotACase            RefusalReason = "not-a-case"
	AlreadyPurged       RefusalReason = "already-purged"
	LetterSuperseded    RefusalReason = "letter-superseded"
	LetterExpired       RefusalReason = "letter-expired"
	LetterNotMade       RefusalReason = "letter-not-made"
	LetterUnknown       RefusalReason = "letter-unknown"
	LetterUsed          RefusalReason = "letter-used"
	TooShort            RefusalReason = "too-short"
	NumberTaken         RefusalReason = "number-taken"
	Diverged            RefusalReason = "diverged"
	NotOpen             RefusalReason = "not-open"
)

// Refusal says that an action was not done, why, and what to do. Nothing was
// changed. It carries no personal data.
type Refusal struct {
	Reason RefusalReason
	Number Number
	State  State
	To     State
	Field  string // for IndividualNumber and NotACase: which field
	Text   string
	On     string // a day, where one belongs to the reason
}

// Error is for developers; Title and Action are for people.
func (r *Refusal) Error() string {
	s := string(r.Reason)
	for _, part := range []struct{ name, value string }{
		{"case", string(r.Number)}, {"state", string(r.State)}, {"to", string(r.To)},
		{"field", r.Field}, {"text", r.Text}, {"on", r.On},
	} {
		if part.value != "" {
			s += fmt.Sprintf(" %s=%s", part.name, part.value)
		}
	}
	return s
}

// Is matches refusals for the same reason.
func (r *Refusal) Is(target error) bool {
	other, ok := target.(*Refusal)
	return ok && other.Reason == r.Reason
}

// Title says in one Japanese sentence what was not done and why.
func (r *Refusal) Title() string {
	switch r.Reason {
	case NoSuchTransition:
		return fmt.Sprintf("「%s」の受付を「%s」にすることはできません。", StateLabel(r.State), StateLabel(r.To))
	case IndividualNumber, NotACase:
		return refusalWords[r.Reason].title + "(項目: " + r.Field + ")"
	case LetterExpired:
		return fmt.Sprintf("この照会書は、回答期限(%s)を過ぎています。", rules.TextInWords(r.On))
	}
	return refusalWords[r.Reason].title
}

// Action says in Japanese what to do now.
func (r *Refusal) Action() string {
	if r.Reason != NoSuchTransition {
		return refusalWords[r.Reason].action
	}
	next := r.State.Next()
	if len(next) == 0 {
		return "この受付は終わっています。新しい受付を作ってください。"
	}
	words := ""
	for i, s := range next {
		if i > 0 {
			words += "、"
		}
		words += StateLabel(s)
	}
	return "次に選べるのは " + words + " です。"
}

var refusalWords = map[RefusalReason]struct{ title, action string }{
	NoSuchCase:          {"この番号の受付はありません。", "番号を確かめるか、お名前・生年月日で探してください。ほかの窓口で受け付けた可能性もあります。"},
	NotACaseNumber:      {"受付番号が正しくありません。", "受付番号(例 KG26-000017)を1文字ずつ確かめるか、照会書のコードを読み取ってください。"},
	WrongCheckCharacter: {"受付番号に打ち間違いがあります。", "番号を1文字ずつ確かめてください。"},
	UnknownState:        {"状態の名前が正しくありません。", "一覧にある状態を指定してください。"},
	IndividualNumber:    {"個人番号(マイナンバー)と思われる12桁の数字は登録できません。", "その数字を消してから、もう一度登録してください。何も記録していません。"},
	NotACase:            {"受付の内容が正しくありません。", "内容を確認してください。何も記録していません。"},
	AlreadyPurged:       {"この受付の個人情報は、保存期間が過ぎたため消去されています。", "手続の記録だけが残っています。必要なら新しい受付を作ってください。"},
	LetterSuperseded:    {"この照会書は、作り直す前の古いものです。", "新しい照会書で手続してください。お手元になければ、もう一度郵送します。"},
	LetterExpired:       {"この照会書は、回答期限を過ぎています。", "この照会書では手続できません。受付を「期限切れ」とし、新しい受付で照会書を送り直してください。"},
	LetterNotMade:       {"この受付では、まだ照会書を作っていません。", "受付番号を確かめてください。"},
	LetterUnknown:       {"この照会書は、このパソコンの記録より新しいものです。", "照会書を作り直した窓口のパソコンから、受付を取り込んでください。"},
	LetterUsed:          {"この照会書の受付は、すでに終わっています。", "受付の記録を開いて、結果を確かめてください。"},
	TooShort:            {"探す文字が短すぎます。", "お名前は2文字以上で入力してください。"},
	NumberTaken:         {"同じ受付番号の、別の受付がすでにあります。", "窓口ごとに番号の記号(設定の「受付番号の記号」)を分けてください。取り込みは行っていません。"},
	Diverged:            {"この受付は、両方のパソコンで別々に進められています。", "どちらの記録が正しいか責任者が確かめ、片方を取り下げてください。取り込みは行っていません。"},
	NotOpen:             {"この受付はすでに終わっています。", "終わった受付は持ち出せません。"},
}

// StateLabel is the Japanese word for a state.
func StateLabel(s State) string {
	if label, ok := stateLabels[s]; ok {
		return label
	}
	return string(s)
}

var stateLabels = map[State]string{
	Opened: "受付", Decided: "ご案内済み", LetterMade: "照会書作成済み", Mailed: "発送済み",
	ReturnedUndelivered: "返戻", AwaitingReply: "回答待ち", SecondVisit: "2回目の来庁",
	EnvelopeOpened: "開封済み", Done: "完了", SentBack: "差戻し", Expired: "期限切れ",
	Withdrawn: "取下げ", NotHoldersWish: "本人の意思でない",
}
