package counter

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"madoguchi/rules"
)

// inputProblem says what is wrong with a file that was handed in, and where.
func inputProblem(err error) (Problem, bool) {
	e, ok := as[*InputError](err)
	if !ok {
		return no()
	}
	if p, ok := unreadProblem(e); ok {
		return p, true
	}
	name := e.Name
	if name == "-" {
		name = "標準入力"
	}
	says, action := inputWords(e.Err)
	return Problem{"bad-input", name + ": " + says, action + "。何も記録していません", "D-010", ClassData}, true
}

// inputWords are title and action for the reason of an InputError.
func inputWords(err error) (says, action string) {
	if e, ok := as[*rules.InputError](err); ok {
		says, action = situationWords(e)
		return whereWords(e) + says, action
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, errNoSituation):
		return "キー \"situation\" がありません", "situation に状況を書いてください"
	case errors.Is(err, errOneSituation):
		return "situation に状況が複数あります", "受付1件に状況は1つにしてください"
	case errors.As(err, &syntax):
		return fmt.Sprintf("JSON が壊れています (%d文字目の付近)", syntax.Offset), "その付近の括弧・引用符・読点を直してください"
	case errors.As(err, &kind):
		return fmt.Sprintf("キー %q の値の種類が違います", kind.Field), "値の書き方を直してください"
	}
	if _, key, found := strings.Cut(err.Error(), "unknown field "); found {
		return fmt.Sprintf("知らないキー %s があります", key), "つづりを直すか、消してください"
	}
	return "内容を読み取れません", "JSON の書き方を確かめてください"
}

// whereWords say line and number of a situation, as far as they are known.
func whereWords(e *rules.InputError) string {
	var where strings.Builder
	if e.Line > 0 {
		fmt.Fprintf(&where, "%d行目: ", e.Line)
	}
	if e.Situation > 0 {
		fmt.Fprintf(&where, "%d件目: ", e.Situation)
	}
	return where.String()
}

func situationWords(e *rules.InputError) (says, action string) {
	if rules.HasIndividualNumber(e.Value) {
		hidden := *e
		hidden.Value = "(12桁の数字)" // an individual number is not even repeated
		e = &hidden
	}
	switch e.Fault {
	case rules.InputEmpty:
		return "内容がありません", "JSON で書いてください"
	case rules.InputNotUTF8:
		return "UTF-8 の文字ではありません", "UTF-8 で保存し直してください"
	case rules.InputDoubledKey:
		return fmt.Sprintf("キー %q が2度あります", e.Key), "どちらか一方を消してください"
	case rules.InputBroken:
		return "JSON が壊れています", "その行の括弧・引用符・読点を直してください"
	case rules.InputBehind:
		return "JSON の終わりのあとに文字があります", "余分な文字を消してください"
	case rules.InputWrongKind:
		if e.Key == "" {
			return fmt.Sprintf("{ } ではなく %s が書かれています", e.Value), "内容を { } の中に書いてください"
		}
		return fmt.Sprintf("キー %q の値の種類が違います (%s)", e.Key, e.Value), "値の書き方を直してください"
	case rules.InputUnknownKey:
		return fmt.Sprintf("知らないキー %q があります", e.Key), "つづりを直すか、消してください"
	case rules.InputMissingKey:
		return fmt.Sprintf("キー %q がありません", e.Key), "そのキーを書き足してください"
	case rules.InputNotADate:
		return strings.TrimSpace(fmt.Sprintf("%s %q は日付ではありません", e.Key, e.Value)), "実在する日を YYYY-MM-DD で書いてください"
	case rules.InputNotATime:
		return fmt.Sprintf("%s %q は時刻ではありません", e.Key, e.Value), "HH:MM で書いてください"
	case rules.InputNotAVisit:
		return fmt.Sprintf("%s の %s は来庁の回ではありません", e.Key, e.Value), "0 (電話)、1、2 のどれかを書いてください"
	case rules.InputPaper:
		return e.Key + " の書類の書き方が違います", "of に holder か visitor を、document か class のどちらか一方を書いてください"
	}
	return fmt.Sprintf("%s に知らない言葉 %q があります", e.Key, e.Value), "次のどれかを書いてください: " + strings.Join(e.Words, "、")
}
