package rules

import (
	"fmt"
	"io/fs"
	"slices"
)

// Question is what the clerk asks for one situation key.
type Question struct {
	Key     string   `json:"key"`
	Kind    string   `json:"kind"` // choice, flag, date, pins
	Text    Text     `json:"text"`
	Choices []Choice `json:"choices"` // for choice and flag, in the order of the counter
}

// Choice is one answer to a question: the value for [Situation.Set] and its words.
type Choice struct {
	Value string `json:"value"`
	Text  Text   `json:"text"`
}

// Question returns the words and choices of a situation key.
func (s *Set) Question(key string) (Question, bool) {
	i := s.words.place(key)
	if i == len(s.words.questions) {
		return Question{}, false
	}
	return s.words.questions[i], true
}

// Label is how a word of the vocabulary is called, e.g. Label("procedure", "pin-reset").
func (s *Set) Label(fact, word string) Text { return s.words.labels[fact+"/"+word] }

// place is a key's position in the order in which a counter asks.
func (v *vocabulary) place(key string) int {
	i := slices.IndexFunc(v.questions, func(q Question) bool { return q.Key == key })
	if i < 0 {
		return len(v.questions)
	}
	return i
}

func (v *vocabulary) readQuestions(fsys fs.FS, faults *Faults) {
	s, ok := readSheet(fsys, "questions.csv", faults)
	if !ok || !s.need(faults, []string{"key", "kind", "choices", "ja", "easy", "en"}) {
		return
	}
	for _, r := range s.rows {
		q := Question{Key: s.cell(r, "key"), Kind: s.cell(r, "kind"), Text: textOf(s, r), Choices: []Choice{}}
		for _, w := range choiceWords(s.cell(r, "choices")) {
			label, known := v.labels[s.cell(r, "choices")+"/"+w]
			if !known {
				label, known = v.labels["answer/"+w]
			}
			if !known {
				faults.add(Fault{Kind: FaultUnknownWord, File: s.file, Line: r.line, Column: 3, Detail: fmt.Sprintf("no label for %q", w)})
			}
			q.Choices = append(q.Choices, Choice{Value: w, Text: label})
		}
		v.questions = append(v.questions, q)
	}
}

// choiceWords are the words of a fact or of one of the vocabularies no table asks about.
func choiceWords(name string) []string {
	switch name {
	case "pin-state":
		return pinStateWords
	case "guardianship":
		return guardianshipWords
	}
	if f, ok := factByName(name); ok {
		return factSpecs[f].words
	}
	return nil
}
