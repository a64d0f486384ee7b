package app

import (
	"context"
	"errors"
	"fmt"

	"madoguchi/app/counter"
	"madoguchi/rules"
)

// readerSearching is the state before the readers said anything; the others are
// counter's.
const readerSearching = "searching"

// cardState is the last thing the reader said.
type cardState struct {
	state   string
	reader  string
	summary *counter.CardSummary
	problem *counter.Problem
}

// Reader shows the card on the reader. Nothing bound here can spend a try.
type Reader struct{ office *office }

// Card is what the reader says now. Changes come by themselves as the event "card".
func (r *Reader) Card() CardView { return r.office.cardView() }

// summary is the card on the reader, or nil.
func (o *office) summary() *counter.CardSummary {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.card.summary
}

func (o *office) cardView() CardView {
	o.mu.Lock()
	card, open := o.card, o.actions
	o.mu.Unlock()
	var today rules.Date
	if open != nil {
		today = open.Today()
	}
	return cardView(card, today)
}

// watch follows the readers until ctx ends.
func (o *office) watch(ctx context.Context, a cardWatcher) {
	err := a.WatchCards(ctx, o.cardEvent)
	if err != nil && !errors.Is(err, context.Canceled) {
		p := problemOf(err)
		o.cardEvent(counter.CardEvent{Kind: counter.CardFailed, Problem: &p})
	}
}

func (o *office) cardEvent(e counter.CardEvent) {
	o.mu.Lock()
	o.card = cardState{state: e.Kind, reader: e.Reader, summary: e.Summary, problem: e.Problem}
	ev, a := o.events, o.actions
	o.mu.Unlock()
	if a != nil {
		a.Log(counter.LogReader, readerCodes(e)...)
	}
	if ev != nil {
		ev.cardChanged(o.cardView())
	}
}

// readerCodes are what the log keeps of an event: how the reader is, not who
// comes with a card.
func readerCodes(e counter.CardEvent) []string {
	if e.Problem != nil {
		return []string{e.Kind, e.Problem.Ref, e.Problem.Code}
	}
	return []string{"ready"}
}

func cardView(c cardState, today rules.Date) CardView {
	v := CardView{State: c.state, Reader: c.reader, PINs: []PINView{}, Certificates: []CertificateView{}}
	v.ReaderWords, v.Action = readerWords(c)
	if c.summary == nil {
		return v
	}
	v.Kind, v.KindWords = c.summary.Card.Kind, cardKindWords(c.summary.Card.Kind)
	if v.Kind != individualNumberCard {
		v.State, v.ReaderWords, v.Action = "foreign-card", "マイナンバーカードではありません", "置いたカードを確かめてください"
	}
	if c.summary.Card.PerhapsFaceVerification {
		v.Action = "顔認証カードかもしれません。追記欄の表示を確かめてください"
	}
	if d := c.summary.Card.ExpiresOn; !d.IsZero() {
		v.ExpiresWords = rules.InWords(d) + "まで"
		if d < today {
			v.ExpiresWords = rules.InWords(d) + "に切れています"
		}
	}
	for _, p := range c.summary.PINs {
		v.PINs = append(v.PINs, pinView(p))
	}
	for _, cert := range c.summary.Certificates {
		v.Certificates = append(v.Certificates, certificateView(cert, today))
	}
	return v
}

func readerWords(c cardState) (words, action string) {
	if c.problem != nil {
		return c.problem.Title, c.problem.Action + "(" + c.problem.Ref + ")"
	}
	switch c.state {
	case counter.CardHere:
		return "カードを読みました", ""
	case counter.CardGone, counter.ReaderEmpty:
		return "リーダー 正常", "カードを置いてください"
	case counter.ReaderGone:
		return "リーダーが見つかりません", "USB の接続を確かめてください。つながると自動で読みます"
	case readerSearching:
		return "リーダーを探しています", ""
	}
	return "リーダーが使えません", "リーダーをつなぎ直してください"
}

// individualNumberCard is the kind of card this counter is for.
const individualNumberCard = "individual-number-card"

func cardKindWords(kind string) string {
	switch kind {
	case individualNumberCard:
		return "マイナンバーカード"
	case "smartphone":
		return "スマートフォン用電子証明書"
	case "juki-card":
		return "住民基本台帳カード"
	case "none":
		return "カードなし"
	}
	return "別のカード"
}

func pinView(p counter.PINCounter) PINView {
	v := PINView{Kind: string(p.Kind), Label: pinLabel(p.Kind), State: p.State, Remaining: -1, Limit: p.Limit}
	if p.Remaining != nil {
		v.Remaining = *p.Remaining
	}
	switch p.State {
	case "ok":
		v.Words = fmt.Sprintf("あと%d回", v.Remaining)
	case "last-try":
		v.Words = "あと1回"
	case "locked":
		v.Words = "ロック"
	case "unset":
		v.Words = "未設定"
	default:
		v.State, v.Words = "unknown", "不明"
	}
	return v
}

func certificateView(c counter.CardCertificate, today rules.Date) CertificateView {
	v := CertificateView{Kind: string(c.Kind), Label: pinLabel(c.Kind) + "電子証明書", State: c.State}
	switch c.State {
	case "valid":
		v.Words, v.Renewal = rules.InWords(c.ExpiresOn)+"まで", renewalWords(c.ExpiresOn, today)
	case "expired":
		v.Words = "期限切れ " + rules.InWords(c.ExpiresOn)
	case "revoked":
		v.Words = "失効"
	case "none":
		v.Words = "なし"
	default:
		v.State, v.Words = "unknown", "不明(統合端末で確認)"
	}
	return v
}

// renewalWords says since when a certificate can be renewed.
func renewalWords(expires, today rules.Date) string {
	if expires.IsZero() {
		return ""
	}
	opens := rules.RenewalOpens(expires)
	words := rules.InWords(opens) + "から更新できます"
	if opens <= today {
		words = "更新できます(" + rules.InWords(opens) + "から)"
	}
	if rules.RenewalOpensUnsafe(expires) {
		words += "【要確認】"
	}
	return words
}
