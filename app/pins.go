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
		return fmt.Sprintf("あと%d文字以上", format.Shortest-length)
	case rules.PINTooLong:
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

// PINKindView is one PIN as it is explained to its holder.
type PINKindView struct {
	Kind   string `json:"kind"`
	Label  string `json:"label"`
	Use    string `json:"use"`    // what it is for, in plain words
	Format string `json:"format"` // what it looks like
}

// Kinds explains the four PINs in their order.
func (p *PINs) Kinds() []PINKindView {
	uses := map[rules.PINKind]string{
		rules.PINSignature:            "e-Tax など、インターネットで書類を送るとき",
		rules.PINUserIdentification:   "健康保険証、マイナポータル、コンビニ交付のとき",
		rules.PINResidentRegistration: "引っ越しの届けなど、窓口の手続のとき",
		rules.PINCardInfoInput:        "住所や氏名を読み取って書類に写すとき",
	}
	views := make([]PINKindView, 0, len(uses))
	for _, kind := range rules.PINKinds() {
		format, _ := rules.FormatOf(kind)
		words := fmt.Sprintf("数字 %d文字", format.Shortest)
		if format.Letters {
			words = fmt.Sprintf("英字(大文字)と数字をまぜて %d〜%d文字", format.Shortest, format.Longest)
		}
		views = append(views, PINKindView{Kind: string(kind), Label: pinLabel(kind), Use: uses[kind], Format: words})
	}
	return views
}
