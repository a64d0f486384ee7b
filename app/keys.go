package app

import "madoguchi/app/counter"

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
	list := make([]ChoiceView, 0, len(q.Choices)+1)
	for _, c := range q.Choices {
		v := ChoiceView{Key: q.Key, Value: c.Value, Label: c.Label}
		v.Code, v.Cap = keyOf(c.Value, row, len(list))
		list = append(list, v)
	}
	return list
}

// unknownChoice is the answer that is always possible.
func unknownChoice(key string) ChoiceView {
	return ChoiceView{Key: key, Value: valueUnknown, Label: "わからない", Code: "Slash", Cap: "/"}
}

func keyOf(value, row string, position int) (code, cap string) {
	switch value {
	case "yes":
		return "KeyY", "Y"
	case "no":
		return "KeyN", "N"
	case "null":
		return "Minus", "-"
	}
	if position >= len(row) {
		return "", ""
	}
	cap = row[position : position+1]
	if row == digitRow {
		return "Digit" + cap, cap
	}
	return "Key" + cap, cap
}
