package simulation

import (
	"strings"

	"madoguchi/rules"
)

// Outcomes are what a visitor can be told, in the order of the window.
func Outcomes() []rules.Outcome {
	return []rules.Outcome{rules.Proceed, rules.VisitAgain, rules.GoElsewhere, rules.OutcomeNever, rules.AskSupervisor}
}

// OutcomeWords is how an outcome is told.
func OutcomeWords(o rules.Outcome) string {
	words := map[rules.Outcome]string{
		rules.Proceed:       "本日受付できる",
		rules.VisitAgain:    "もう一度来庁していただく",
		rules.GoElsewhere:   "別の窓口を案内する",
		rules.OutcomeNever:  "受付できない",
		rules.AskSupervisor: "担当へ確認する",
		rules.NeedAnswers:   "まだ聞くことがある",
	}
	if w, ok := words[o]; ok {
		return w
	}
	return "なし"
}

func partyWords(p rules.Party) string {
	if p == rules.OfHolder {
		return "本人の"
	}
	return "来庁者の"
}

// classWords are the names of the document classes (contracts §1).
func classWords(class string) string {
	words := map[string]string{
		"A": "A書類", "B": "B書類", "photo-official": "官公署発行の顔写真付き書類", "non-photo-official": "公的機関発行の顔写真なし書類",
		"any-id": "本人確認書類 (A又はB)", "individual-number-card": "マイナンバーカード", "family-register": "戸籍謄本",
		"guardianship-register": "登記事項証明書", "authority-schedule": "代理行為目録", "parenthood-proof": "戸籍謄本・母子健康手帳等",
		"household-oath": "誓約書", "letter": "照会書兼回答書", "power-of-attorney": "委任状", "application": "申請書",
		"card-application": "個人番号カード交付申請書", "new-residence-card": "新しい在留カード",
	}
	if w, ok := words[class]; ok {
		return w
	}
	return class
}

// words say a paper in Japanese.
func (a atom) words() string {
	var ways []string
	for way := range strings.SplitSeq(a.anyOf, "|") {
		var all []string
		for class := range strings.SplitSeq(way, "+") {
			all = append(all, classWords(class))
		}
		ways = append(ways, strings.Join(all, "と"))
	}
	return partyWords(a.of) + strings.Join(ways, " 又は ")
}

// pinWords is how a PIN is called.
func pinWords(kind rules.PINKind) string {
	return map[rules.PINKind]string{
		rules.PINSignature: "署名用", rules.PINUserIdentification: "利用者証明用",
		rules.PINResidentRegistration: "住民基本台帳用", rules.PINCardInfoInput: "券面事項入力補助用",
	}[kind]
}

func (p PIN) words() string {
	entries := map[rules.PINEntry]string{
		rules.EntryAtCounter: "窓口で入力", rules.EntryInLetter: "回答書に記入", rules.EntrySetNew: "新しく設定",
	}
	return pinWords(p.Kind) + " " + entries[p.Entry]
}

// Title is how a paper of the bag is called: by what it looks like, else by its
// document's name, else by its class.
func (p BagPaper) Title() string {
	if p.Looks != "" {
		return p.Looks
	}
	if p.Document != "" {
		return p.Document
	}
	return classWords(string(p.Class))
}

func (p BagPaper) words(acceptable bool) string {
	if acceptable {
		return "受け付けられます"
	}
	faults := map[PaperFault]string{
		FaultDamaged: "破損・汚損", FaultOldAddress: "記載が最新でない", FaultCopy: "写し",
		FaultOtherPerson: "別の人のもの", FaultUnsealed: "封がされていない",
	}
	if w, ok := faults[p.Fault]; ok {
		return w
	}
	return "期限などの条件に合わない"
}

// KeyWords is how a situation key is asked for, in the words of the rule set;
// what no rule ever asks has words of its own.
func KeyWords(set Decider, key string) string {
	if q, known := set.Question(key); known {
		return rules.PlainText(q.Text.Ja)
	}
	words := map[string]string{
		"municipality": "自治体", "procedure": "手続", "on": "日付", "visit": "何回目の来庁ですか", "booked": "予約はありますか",
		"place": "受付の場所", "time": "受付の時刻", "card.expiresOn": "カードの有効期限",
		"certificates.signature.expiresOn": "署名用電子証明書の有効期限は", "letter.validUntil": "照会書の回答期限は",
	}
	if w, known := words[key]; known {
		return w
	}
	return "この手続にない質問"
}

// ValueWords is how an answer is called, in the words of the question's choices.
func ValueWords(set Decider, key, value string) string {
	if q, known := set.Question(key); known {
		for _, c := range q.Choices {
			if c.Value == value {
				return rules.PlainText(c.Text.Ja)
			}
		}
	}
	words := map[string]string{"yes": "はい", "no": "いいえ", "null": "なし"}
	if w, known := words[value]; known {
		return w
	}
	if d, err := rules.ParseDate(value); err == nil {
		return rules.InWords(d)
	}
	if key == "visit" {
		return value + "回目"
	}
	return value
}

// first is the first wording; a seed of 0 says it.
func (w Words) first() string {
	if len(w) == 0 {
		return ""
	}
	return w[0]
}

// say chooses a wording by a seed.
func (w Words) say(seed int64) string {
	if len(w) == 0 {
		return ""
	}
	return w[uint64(seed)%uint64(len(w))]
}

// Words is how a topic is called.
func (t Topic) Words() string {
	words := map[Topic]string{
		TopicOutcome: "結論", TopicPaper: "書類", TopicPIN: "暗証番号", TopicVisits: "来庁回数", TopicLetter: "照会書",
		TopicDeadline: "期日", TopicBag: "書類の確認", TopicEvent: "出来事", TopicQuestion: "質問", TopicTry: "カードの照合",
		TopicHint: "ヒント", TopicPrint: "印刷", TopicClose: "終了",
	}
	return words[t]
}

// Words is how a verdict is called.
func (v Verdict) Words() string {
	words := map[Verdict]string{
		Right: "正しい", Missing: "不足", TooMuch: "求めすぎ", Wrong: "違う", Penalty: "減点", NotAsked: "聞き漏らし",
	}
	return words[v]
}
