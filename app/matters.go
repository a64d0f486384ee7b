package app

import (
	"slices"
	"strings"
)

// Several matters in one visit: the answer to the question for the procedure is
// then all of them, as the rules take a list. The window passes on what stands
// here and makes no list itself.
const (
	keyProcedure = "procedure"
	andAlso      = "|"
)

const severalHelp = "2つ以上なら、続けて Shift+番号 で足します"

// matters are the procedures chosen so far.
func matters(answers []Answer) []string {
	at := slices.IndexFunc(answers, func(a Answer) bool { return a.Key == keyProcedure })
	if at < 0 {
		return nil
	}
	return strings.Split(answers[at].Value, andAlso)
}

// alsoChoices are the procedures that can be added to those chosen or taken away
// from them, on the keys of the question itself. The value of each is the whole
// answer it leads to. The last one is not taken away: that is undoing.
func alsoChoices(procedure QuestionView, chosen []string) []ChoiceView {
	list := []ChoiceView{}
	for _, c := range procedure.Choices {
		var together []string
		for _, other := range procedure.Choices {
			if slices.Contains(chosen, other.Value) != (other.Value == c.Value) {
				together = append(together, other.Value)
			}
		}
		if len(together) == 0 {
			continue
		}
		c.Value = strings.Join(together, andAlso)
		list = append(list, c)
	}
	return list
}

// valueWords are the words of an answer: of several matters, all of them.
func valueWords(q QuestionView, value string) string {
	var words []string
	for _, part := range strings.Split(value, andAlso) {
		at := slices.IndexFunc(q.Choices, func(c ChoiceView) bool { return c.Value == part })
		if at < 0 {
			return value
		}
		words = append(words, q.Choices[at].Label)
	}
	return strings.Join(words, " と ")
}
