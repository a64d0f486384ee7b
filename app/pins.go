package app

import (
	"fmt"

	"madoguchi/rules"
)

// PINs helps a holder choose a PIN. Nothing it is given is kept, logged or sent
// anywhere: a PIN lives for one call.
type PINs struct{ office *office }

// PINCheckView says whether the format is right, and in words what is missing.
type PINCheckView struct {
	OK      bool     `json:"ok"`
	Reasons []string `json:"reasons"`
}

// Check looks at a PIN's format only. Neither the PIN nor its length is kept or
// repeated in an error.
func (p *PINs) Check(kind, pin string) (PINCheckView, error) {
	return checkPIN(kind, pin)
}

func checkPIN(kind, pin string) (PINCheckView, error) {
	if len(pin) > mostText {
		return PINCheckView{}, fmt.Errorf("%w: too long", errBadAnswer)
	}
	format, ok := rules.FormatOf(rules.PINKind(kind))
	if !ok {
		return PINCheckView{}, fmt.Errorf("%w: kind of PIN", errBadAnswer)
	}
	reasons := rules.CheckPIN(format.Kind, pin)
	v := PINCheckView{OK: len(reasons) == 0, Reasons: make([]string, 0, len(reasons))}
	for _, r := range reasons {
		v.Reasons = append(v.Reasons, pinReasonWords(r, format, len([]rune(pin))))
	}
	return v, nil
}

// pinReasonWords says what is still missing, as the holder reads it.
func pinReasonWords(r rules.PINReason, format rules.PINFormat, length int) string {
	switch r {
	case rules.PINEmpty:
		return "入力してください"
	case rules.PINTooShort:
		if format.Shortest == format.Longest {
			return fmt.Sprintf("あと%d桁", format.Shortest-length)
		}
		return fmt.Sprintf("あと%d文字以上", format.Shortest-length)
	case rules.PINTooLong:
		if format.Shortest == format.Longest {
			return fmt.Sprintf("%d桁です", format.Longest)
		}
		return fmt.Sprintf("%d文字までです", format.Longest)
	case rules.PINLowerCase:
		return "英字は大文字にしてください"
	case rules.PINNotADigit:
		return "数字だけです"
	case rules.PINNotAlphanumeric:
		return "英字の大文字と数字だけです"
	case rules.PINNeedsLetter:
		return "英字が必要です"
	case rules.PINNeedsDigit:
		return "数字が必要です"
	case rules.PINFullWidth:
		return "半角で入力してください"
	}
	return "使えない文字があります"
}

// PINKindView is one PIN as it is explained to its holder, with furigana as
// 漢字《かんじ》 in Use and Format.
type PINKindView struct {
	Kind    string `json:"kind"`
	Label   string `json:"label"`
	Reading string `json:"reading"` // the label in kana
	Use     string `json:"use"`     // what it is for, in plain words
	Format  string `json:"format"`  // what it looks like
}

// Kinds explains the four PINs in their order.
func (p *PINs) Kinds() []PINKindView {
	uses := map[rules.PINKind][2]string{
		rules.PINSignature:            {"しょめいよう", "e-Tax など、インターネットで書類《しょるい》を送《おく》るとき"},
		rules.PINUserIdentification:   {"りようしゃしょうめいよう", "健康保険証《けんこうほけんしょう》、マイナポータル、コンビニ交付《こうふ》のとき"},
		rules.PINResidentRegistration: {"じゅうみんきほんだいちょうよう", "引《ひ》っ越《こ》しの届《とど》けなど、窓口《まどぐち》の手続《てつづき》のとき"},
		rules.PINCardInfoInput:        {"けんめんじこうにゅうりょくほじょよう", "住所《じゅうしょ》や氏名《しめい》を読《よ》み取《と》って書類《しょるい》に写《うつ》すとき"},
	}
	views := make([]PINKindView, 0, len(uses))
	for _, kind := range rules.PINKinds() {
		format, _ := rules.FormatOf(kind)
		words := fmt.Sprintf("数字《すうじ》%d桁《けた》", format.Shortest)
		if format.Letters {
			words = fmt.Sprintf("英数字《えいすうじ》%d〜%d桁《けた》(英字《えいじ》は大文字《おおもじ》。英字と数字を組《く》み合《あ》わせます)", format.Shortest, format.Longest)
		}
		views = append(views, PINKindView{Kind: string(kind), Label: pinLabel(kind), Reading: uses[kind][0], Use: uses[kind][1], Format: words})
	}
	return views
}
