package rules

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestBadSituationsGetOneSentence(t *testing.T) {
	cases := map[string]struct{ text, want string }{
		"empty":              {``, "empty"},
		"broken":             {"{\n\"municipality\": \"kasugai\",\n", "line"},
		"no municipality":    {`{"on":"2026-11-24"}`, `"municipality" is missing`},
		"no day":             {`{"municipality":"kasugai"}`, `"on" is missing`},
		"day that is none":   {`{"municipality":"kasugai","on":"2026-02-29"}`, "2026-02-29"},
		"unknown key":        {`{"municipality":"kasugai","on":"2026-11-24","visiter":{}}`, "visiter"},
		"unknown word":       {`{"municipality":"kasugai","on":"2026-11-24","visitor":{"kind":"uncle"}}`, "uncle"},
		"unknown procedure":  {`{"municipality":"kasugai","on":"2026-11-24","procedure":"marriage"}`, "marriage"},
		"wrong kind":         {`{"municipality":"kasugai","on":"2026-11-24","visit":"one"}`, "visit"},
		"no such visit":      {`{"municipality":"kasugai","on":"2026-11-24","visit":3}`, "3 is not a visit"},
		"time":               {`{"municipality":"kasugai","on":"2026-11-24","time":"25:00"}`, "25:00"},
		"paper of nobody":    {`{"municipality":"kasugai","on":"2026-11-24","evidence":[{"class":"A"}]}`, "evidence 1"},
		"paper without name": {`{"municipality":"kasugai","on":"2026-11-24","evidence":[{"of":"holder"}]}`, "evidence 1"},
		"second of a list":   {`[{"municipality":"kasugai","on":"2026-11-24"},{"municipality":"kasugai"}]`, "situation 2"},
		"text behind":        {`{"municipality":"kasugai","on":"2026-11-24"} x`, "behind the end"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, _, err := ParseSituations([]byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want one sentence with %q", err, c.want)
			}
		})
	}
}

// TestSituationRoundTrip: a situation that was kept is decided again as it was.
func TestSituationRoundTrip(t *testing.T) {
	for file, c := range workedCases(t) {
		first, _, err := ParseSituations(c.Situation)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := json.Marshal(first[0])
		if err != nil {
			t.Fatal(err)
		}
		again, _, err := ParseSituations(kept)
		if err != nil {
			t.Fatalf("%s: %v\n%s", file, err, kept)
		}
		second, err := json.Marshal(again[0])
		if err != nil || string(second) != string(kept) {
			t.Errorf("%s: kept as\n%s\nand read back as\n%s", file, kept, second)
		}
	}
}

func TestSetAnswers(t *testing.T) {
	var s Situation
	for key, value := range map[string]string{
		"municipality": "kasugai", "on": "2026-11-24", "procedure": "pin-reset|certificate-renewal", "visit": "0",
		"visitor.kind": "parent", "holder.birthDate": "2015-03-10", "visitor.sameHousehold": "null", "card.faceFull": "no", "pins": "forgotten",
	} {
		if err := s.Set(key, value); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.Procedure) != 2 || s.On.String() != "2026-11-24" {
		t.Errorf("%+v", s)
	}
	if _, known := s.Visitor.SameHousehold.Get(); known || !s.Visitor.SameHousehold.Asked() {
		t.Error("null must be asked and have no value")
	}
	if state, _ := s.PINs.CardInfoInput.Get(); state != "forgotten" {
		t.Errorf("pins answers for all four: %v", state)
	}
	for key, value := range map[string]string{"visitor.kind": "uncle", "visit": "7", "on": "tomorrow", "card.faceFull": "perhaps", "nothing": "yes", "procedure": "x", "pins": "x"} {
		if err := s.Set(key, value); err == nil {
			t.Errorf("Set(%s, %s) passes", key, value)
		}
	}
}
