package app

import (
	"strings"
	"testing"

	"madoguchi/app/history"
	"madoguchi/rules"
)

// A procedure is called in lists as in the question, without what stands in
// brackets there.
func TestProceduresAreCalledAsTheQuestionCallsThem(t *testing.T) {
	a, err := trainingOffice(t, "standard").now()
	if err != nil {
		t.Fatal(err)
	}
	set, err := a.Rules("kagoshima-center")
	if err != nil {
		t.Fatal(err)
	}
	question, ok := set.Question(keyProcedure)
	if !ok || len(question.Choices) < 9 {
		t.Fatalf("question %+v", question)
	}
	for _, c := range question.Choices {
		want, _, _ := strings.Cut(c.Text.Plain(), "(")
		if got := procedureLabel(rules.Procedure(c.Value)); got != want {
			t.Errorf("%s: got %s, want %s", c.Value, got, want)
		}
	}
}

// What happened to a case is told in sentences, and every step has words of its own.
func TestEventsAndStepsHaveWords(t *testing.T) {
	kinds := []string{}
	for _, s := range history.States() {
		kinds = append(kinds, string(s))
		for _, next := range s.Next() {
			if words := stepLabel(string(next)); !strings.HasSuffix(words, "る") && !strings.HasSuffix(words, "す") {
				t.Errorf("%s to %s: %q", s, next, words)
			}
		}
	}
	for _, k := range []history.EventKind{history.EventCorrected, history.EventPrinted, history.EventCompared, history.EventPurged,
		history.EventExported, history.EventImported, history.EventReissued} {
		kinds = append(kinds, string(k))
	}
	for _, kind := range kinds {
		words, _, _ := strings.Cut(caseEventLabel(kind), "(")
		if !strings.HasSuffix(words, "した") {
			t.Errorf("%s: %q", kind, words)
		}
	}
}

func TestNotesAreWrittenOut(t *testing.T) {
	for note, want := range map[string]string{
		"letter=SIM-KG26-000017-2 reply-by=2026-12-22": "照会番号 SIM-KG26-000017-2 回答期限 2026年12月22日",
		"form=letter pages=2":                          "照会書 2枚",
		"closed=2026-11-24":                            "終了 2026年11月24日",
		"from=0a1b2c3d":                                "",
	} {
		if got := noteWords(note); got != want {
			t.Errorf("%s: got %q, want %q", note, got, want)
		}
	}
}
