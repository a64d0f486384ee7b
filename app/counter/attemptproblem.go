package counter

import "madoguchi/reader"

// attemptProblem says what became of a PIN that was sent, or was not. It stands
// before cardProblem: an answer that was lost tells more than why it was lost.
func attemptProblem(err error) (Problem, bool) {
	if half, ok := as[*reader.HalfDone](err); ok {
		return Problem{"pin-half-changed", "住民基本台帳用の暗証番号は、2か所のうち1か所だけ変更されました" + becauseOf(half.Err),
			"カードを置き直し、残りの1か所の変更を続けてください (madoctl card change --kind resident-registration --finish)。続けられないときは統合端末で再設定してください", "R-031", ClassCard}, true
	}
	if half, ok := as[*reader.HalfRight](err); ok {
		return Problem{"pin-halves-differ", "住民基本台帳用の暗証番号は、2か所のうち1か所だけ一致しました" + becauseOf(half.Err),
			"カードの状態を読み直して残り回数を確かめ、統合端末で再設定してください", "R-032", ClassCard}, true
	}
	if _, ok := as[*reader.NotLeft](err); ok {
		return Problem{"pin-done-not-left", "暗証番号の操作は正しく終わりましたが、カードの使用を終えられませんでした",
			"カードをリーダーから外してください。もう一度送る必要はありません", "R-036", ClassCard}, true
	}
	if _, ok := as[*reader.Unclear](err); ok {
		return Problem{"pin-unclear", "暗証番号を送りましたが、カードの答えが分かりません",
			"もう一度送らず、カードを置き直して残り回数を確かめてください", "R-030", ClassCard}, true
	}
	if _, ok := as[*reader.BadForm](err); ok {
		return Problem{"pin-form", "暗証番号の形式が違います", "形式を確かめて入れ直してください。カードには送っていません", "R-033", ClassNo}, true
	}
	if wrong, ok := as[*reader.WrongPIN](err); ok {
		return Problem{"pin-wrong", wrongWords(wrong.Remaining), "残り回数を確かめてから続けてください", "R-034", ClassNo}, true
	}
	if denied, ok := as[*reader.PINDenied](err); ok {
		return Problem{"pin-" + string(denied.Why), deniedWords(denied.Why), "カードの状態を確かめてください", "R-035", ClassNo}, true
	}
	return no()
}

// becauseOf says in brackets what the second half answered.
func becauseOf(err error) string {
	if wrong, ok := as[*reader.WrongPIN](err); ok {
		return " (もう1か所は番号が違います: " + wrongWords(wrong.Remaining) + ")"
	}
	return ""
}
