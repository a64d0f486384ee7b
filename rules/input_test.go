package rules

import (
	"errors"
	"testing"
)

func TestParseSituationsNamesTheFault(t *testing.T) {
	cases := []struct {
		name, data string
		want       InputError
	}{
		{"nothing", "", InputError{Fault: InputEmpty}},
		{"broken", "{\n\"municipality\": \"x\",,}", InputError{Fault: InputBroken, Line: 2}},
		{"cut off", `{"municipality": "x"`, InputError{Fault: InputBroken, Line: 1}},
		{"text behind", `{"municipality":"x","on":"2026-11-24"} more`, InputError{Fault: InputBehind, Line: 1}},
		{"wrong kind", "{\"visit\": \"one\"}", InputError{Fault: InputWrongKind, Line: 1, Key: "visit"}},
		{"unknown key", "{\n\"visiter\": {}}", InputError{Fault: InputUnknownKey, Line: 2, Key: "visiter"}},
		{"missing key", `{"on":"2026-11-24"}`, InputError{Fault: InputMissingKey, Key: "municipality"}},
		{"missing day", `{"municipality":"x"}`, InputError{Fault: InputMissingKey, Key: "on"}},
		{"unknown word", `[{"municipality":"x","on":"2026-11-24"},{"municipality":"x","on":"2026-11-24","visitor":{"kind":"boss"}}]`,
			InputError{Fault: InputUnknownWord, Line: 1, Situation: 2, Key: "visitor.kind", Value: "boss"}},
		{"no such day", "{\"municipality\":\"x\",\n\"on\":\"2026-02-30\"}", InputError{Fault: InputNotADate, Line: 2, Key: "on", Value: "2026-02-30"}},
		{"no date at all", `{"on": 5}`, InputError{Fault: InputNotADate, Line: 1, Key: "on", Value: "5"}},
		{"no time", `{"municipality":"x","on":"2026-11-24","time":"25:00"}`, InputError{Fault: InputNotATime, Line: 1, Key: "time", Value: "25:00"}},
		{"a number", "5", InputError{Fault: InputWrongKind, Line: 1, Value: "number"}},
		{"Shift_JIS", "{\"place\":\"\x93\x8c\"}", InputError{Fault: InputNotUTF8}},
		{"key twice", "{\"municipality\":\"x\",\n\"on\":\"2026-11-24\",\n\"on\":\"2026-11-25\"}", InputError{Fault: InputDoubledKey, Line: 3, Key: "on"}},
		{"key twice, once in capitals", `{"municipality":"x","on":"2026-11-24","visitor":{"kind":"holder","Kind":"other"}}`, InputError{Fault: InputDoubledKey, Line: 1, Key: "Kind"}},
		{"key twice behind a list", `[{"municipality":"x","on":"2026-11-24","procedure":["pin-reset"],"card":{"kind":"standard"},"on":"2026-11-24"}]`, InputError{Fault: InputDoubledKey, Line: 1, Key: "on"}},
		{"a class nobody knows", `{"municipality":"x","on":"2026-11-24","evidence":[{"class":"Z","of":"holder"}]}`, InputError{Fault: InputUnknownWord, Line: 1, Key: "evidence 1 class", Value: "Z"}},
		{"no word for a procedure", `{"municipality":"x","on":"2026-11-24","procedure":""}`, InputError{Fault: InputUnknownWord, Line: 1, Key: "procedure"}},
		{"paper of nobody", `{"municipality":"x","on":"2026-11-24","evidence":[{"class":"A"}]}`, InputError{Fault: InputPaper, Line: 1, Key: "evidence 1"}},
		{"no such day above the end", "\n\n{\"municipality\":\"x\",\n\"on\":\"2026-02-30\",\n\"visit\":1,\n\"time\":\"09:00\"\n}\n", InputError{Fault: InputNotADate, Line: 4, Key: "on", Value: "2026-02-30"}},
		{"no such day within", "{\"municipality\":\"x\",\"on\":\"2026-11-24\",\n\"holder\":{\n\"birthDate\":\"1980-13-01\"\n},\"visit\":1}", InputError{Fault: InputNotADate, Line: 3, Key: "holder.birthDate", Value: "1980-13-01"}},
		{"wrong kind within", "{\n\"municipality\":\"x\",\n\"on\":\"2026-11-24\",\n\"visitor\":{\n\"kind\":5\n}\n}", InputError{Fault: InputWrongKind, Line: 5, Key: "visitor.kind", Value: "number"}},
		{"an object where a word belongs", "{\n\"municipality\":{\n\"id\":\"x\"}\n}", InputError{Fault: InputWrongKind, Line: 2, Key: "municipality", Value: "object"}},
		{"the first of two faults", "{\"municipality\":\"x\",\n\"visit\":\"one\",\n\"on\":\"2026-02-30\"}", InputError{Fault: InputWrongKind, Line: 2, Key: "visit"}},
		{"cut off below", "{\n\"municipality\": \"x\",\n\"visitor\": {\n", InputError{Fault: InputBroken, Line: 3}},
		{"a line break in a word", "{\n\"municipality\": \"x\n\"}", InputError{Fault: InputBroken, Line: 2}},
		{"text behind, below", "{\"municipality\":\"x\",\"on\":\"2026-11-24\"}\n\nmore", InputError{Fault: InputBehind, Line: 3}},
		{"in the second of a list", "[{\"municipality\":\"x\",\"on\":\"2026-11-24\"},\n{\"municipality\":\"x\",\n\"on\":\"tomorrow\"}]", InputError{Fault: InputNotADate, Line: 3, Situation: 2, Key: "on", Value: "tomorrow"}},
		{"unknown word within", "{\"municipality\":\"boss\",\"on\":\"2026-11-24\",\n\"visitor\":{\n\"kind\":\"boss\"}}", InputError{Fault: InputUnknownWord, Line: 3, Key: "visitor.kind", Value: "boss"}},
		{"unknown word of a list", "{\"municipality\":\"x\",\"on\":\"2026-11-24\",\n\"procedure\":[\"pin-reset\",\n\"dance\"]}", InputError{Fault: InputUnknownWord, Line: 3, Key: "procedure", Value: "dance"}},
		{"unknown key named as a value", "{\"municipality\":\"visiter\",\n\"on\":\"2026-11-24\",\n\"visiter\":\n{}}", InputError{Fault: InputUnknownKey, Line: 3, Key: "visiter"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := ParseSituations([]byte(c.data))
			var got *InputError
			if !errors.As(err, &got) {
				t.Fatalf("got %v, want an *InputError", err)
			}
			if got.Fault != c.want.Fault || got.Line != c.want.Line || got.Situation != c.want.Situation || got.Key != c.want.Key {
				t.Errorf("got %+v, want %+v", *got, c.want)
			}
			if c.want.Value != "" && got.Value != c.want.Value {
				t.Errorf("got value %q, want %q", got.Value, c.want.Value)
			}
			if got.Error() == "" {
				t.Error("no sentence")
			}
		})
	}
}

// TestParseSituationsTakesAMark: Windows editors put a byte-order mark in front, and
// the same key may stand in two objects.
func TestParseSituationsTakesAMark(t *testing.T) {
	data := "\ufeff" + `[{"municipality":"x","on":"2026-11-24","certificates":{"signature":{"state":"none"},"user-identification":{"state":"valid"}}},
		{"municipality":"x","on":"2026-11-24","evidence":[{"class":"A","of":"holder"},{"class":"B","of":"holder"}]}]`
	got, list, err := ParseSituations([]byte(data))
	if err != nil || !list || len(got) != 2 {
		t.Errorf("%d situations, list %v: %v", len(got), list, err)
	}
}
