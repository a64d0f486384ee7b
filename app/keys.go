package app

import (
	"madoguchi/app/counter"
	"madoguchi/rules"
)

// Keys do not move: the same answer to the same question always has the same
// key. Procedures have the digits, visitors the upper row of letters without Y
// (which means yes), everything else the middle row.

const (
	digitRow  = "123456789"
	upperRow  = "QWERTUIOP"
	middleRow = "ASDFGHJKL"
)

// choices gives every answer of a question its key.
func choices(q counter.Question) []ChoiceView {
	row := middleRow
	switch q.Key {
	case "procedure":
		row = digitRow
	case "visitor.kind":
		row = upperRow
	}
	list, hasUnknown := make([]ChoiceView, 0, len(q.Choices)+3), false
	for i, c := range q.Choices {
		v := ChoiceView{Key: q.Key, Value: c.Value, Label: rules.PlainText(c.Label)}
		v.Code, v.Cap = keyOf(row, i)
		if c.Value == "unknown" {
			v.Label, v.Code, v.Cap, hasUnknown = "分からない", "Slash", "/", true
		}
		list = append(list, v)
	}
	if q.Kind == "flag" {
		list = append(list,
			ChoiceView{Key: q.Key, Value: "yes", Label: "はい", Code: "KeyY", Cap: "Y"},
			ChoiceView{Key: q.Key, Value: "no", Label: "いいえ", Code: "KeyN", Cap: "N"})
	}
	if q.Key == "holder.movedInOn" {
		list = append(list, ChoiceView{Key: q.Key, Value: "null", Label: "なし(転入ではない)", Code: "Minus", Cap: "-"})
	}
	if row == middleRow && !hasUnknown {
		list = append(list, ChoiceView{Key: q.Key, Value: valueUnknown, Label: "分からない", Code: "Slash", Cap: "/"})
	}
	return list
}

func keyOf(row string, position int) (code, cap string) {
	if position >= len(row) {
		return "", ""
	}
	cap = row[position : position+1]
	if row == digitRow {
		return "Digit" + cap, cap
	}
	return "Key" + cap, cap
}
