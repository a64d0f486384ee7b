package main

import (
	"fmt"
	"io"

	"madoguchi/app/counter"
	"madoguchi/rules"
)

// writeSummary says in words what a card says.
func writeSummary(w io.Writer, s counter.CardSummary) {
	fmt.Fprintf(w, "リーダー  %s\nカード    %s\n", s.Reader, cardName(s.Card))
	if !s.Card.ExpiresOn.IsZero() {
		fmt.Fprintf(w, "有効期限  %s\n", s.Card.ExpiresOn)
	}
	for _, pin := range s.PINs {
		fmt.Fprintf(w, "%s: %s\n", pinName(pin.Kind), leftWords(pin.State, pin.Remaining))
		for _, half := range pin.Halves {
			fmt.Fprintf(w, "  うち %s: %s\n", halfName(half.Application), leftWords(half.State, half.Remaining))
		}
	}
	for _, c := range s.Certificates {
		fmt.Fprintf(w, "%s電子証明書: %s", pinName(c.Kind), certificateWords(c))
		if !c.ExpiresOn.IsZero() {
			fmt.Fprintf(w, " (%sまで)", c.ExpiresOn)
		}
		fmt.Fprintln(w)
	}
	if s.Card.PerhapsFaceVerification {
		fmt.Fprintln(w, "顔認証マイナンバーカードの可能性があります。暗証番号は意図してロックされています。追記欄の「顔認証」を確かめてください")
	}
}

// cardName names the card as the counter calls it.
func cardName(c counter.CardFace) string {
	switch c.Kind {
	case "individual-number-card":
		return "マイナンバーカード"
	case "smartphone":
		return "スマートフォン (カードではありません)"
	case "juki-card":
		return "住民基本台帳カード (マイナンバーカードではありません)"
	case "none":
		return "ありません"
	}
	name, ok := map[string]string{"driver-licence": "運転免許証", "residence-card": "在留カード・特別永住者証明書",
		"passport": "旅券", "payment-card": "クレジットカード等"}[c.Other]
	if !ok {
		name = "不明なカード"
	}
	return name + " (マイナンバーカードではありません)"
}

func pinName(kind rules.PINKind) string {
	switch kind {
	case rules.PINSignature:
		return "署名用"
	case rules.PINUserIdentification:
		return "利用者証明用"
	case rules.PINResidentRegistration:
		return "住民基本台帳用"
	case rules.PINCardInfoInput:
		return "券面事項入力補助用"
	}
	return string(kind)
}

func halfName(application string) string {
	if application == "common" {
		return "共通カードAP"
	}
	return "住基AP"
}

func leftWords(state string, left *int) string {
	switch {
	case state == "locked":
		return "ロック"
	case state == "unset":
		return "未設定"
	case left != nil:
		return fmt.Sprintf("あと%d回", *left)
	}
	return "不明"
}

func certificateWords(c counter.CardCertificate) string {
	switch c.State {
	case "valid":
		return "有効"
	case "expired":
		return "期限切れ"
	case "none":
		return "なし"
	}
	if c.Present != nil && *c.Present {
		return "あり (期限は暗証番号を入れると読めます)"
	}
	return "不明"
}
