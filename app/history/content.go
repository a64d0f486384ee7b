package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"madoguchi/rules"
)

// facts are the few things that lists and counts need of a situation and a plan.
type facts struct {
	municipality string
	procedure    string
	visitor      string
	outcome      string
	edition      string
	visits       int64
}

// situationFacts reads a situation that may be of any version: what is kept is
// the text, and a key that is not known here does no harm.
func situationFacts(raw json.RawMessage) (facts, error) {
	var s struct {
		Municipality string           `json:"municipality"`
		Procedure    rules.Procedures `json:"procedure"`
		Visitor      struct {
			Kind *string `json:"kind"`
		} `json:"visitor"`
	}
	if err := json.Unmarshal(raw, &s); err != nil {
		return facts{}, &Refusal{Reason: NotACase, Field: "situation"}
	}
	f := facts{municipality: s.Municipality, visits: 1}
	words := make([]string, len(s.Procedure))
	for i, p := range s.Procedure {
		words[i] = string(p)
	}
	f.procedure = strings.Join(words, ",")
	if s.Visitor.Kind != nil {
		f.visitor = *s.Visitor.Kind
	}
	if f.municipality == "" {
		return facts{}, &Refusal{Reason: NotACase, Field: "situation.municipality"}
	}
	return f, nil
}

// withPlan adds what the plan says; no plan leaves the facts as they are.
func (f facts) withPlan(raw json.RawMessage) (facts, error) {
	if len(raw) == 0 {
		return f, nil
	}
	var p struct {
		Outcome string `json:"outcome"`
		Edition string `json:"edition"`
		Visits  int64  `json:"visits"`
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return facts{}, &Refusal{Reason: NotACase, Field: "plan"}
	}
	f.outcome, f.edition = p.Outcome, p.Edition
	f.visits = max(p.Visits, 1)
	return f, nil
}

// refuseIndividualNumbers looks through everything a person can have typed. A
// plan is made by the program from its tables and is not looked through: the
// fingerprint in it may hold any digits.
func refuseIndividualNumbers(t Told) error {
	if err := scanJSON("situation", t.Situation); err != nil {
		return err
	}
	for field, p := range map[string]*Person{"holder": t.Holder, "agent": t.Agent} {
		if p == nil {
			continue
		}
		raw, err := json.Marshal(p)
		if err != nil {
			return fmt.Errorf("reading %s: %w", field, err)
		}
		if err := scanJSON(field, raw); err != nil {
			return err
		}
		if rules.HasIndividualNumber(strings.Join(p.Address, "\n")) {
			return &Refusal{Reason: IndividualNumber, Field: field + ".address"}
		}
	}
	if t.Memo != nil && rules.HasIndividualNumber(*t.Memo) {
		return &Refusal{Reason: IndividualNumber, Field: "memo"}
	}
	return nil
}

// scanJSON looks for individual numbers in every text, number and key of a JSON
// value, and names the field that has one.
func scanJSON(field string, raw json.RawMessage) error {
	if len(raw) == 0 {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err != nil {
		return &Refusal{Reason: NotACase, Field: field}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return &Refusal{Reason: NotACase, Field: field}
	}
	return scanValue(field, value)
}

func scanValue(field string, value any) error {
	switch v := value.(type) {
	case string:
		if rules.HasIndividualNumber(v) {
			return &Refusal{Reason: IndividualNumber, Field: field}
		}
	case json.Number:
		return scanValue(field, v.String())
	case []any:
		for _, item := range v {
			if err := scanValue(field, item); err != nil {
				return err
			}
		}
	case map[string]any:
		for key, item := range v {
			if rules.HasIndividualNumber(key) {
				return &Refusal{Reason: IndividualNumber, Field: field}
			}
			if err := scanValue(field+"."+key, item); err != nil {
				return err
			}
		}
	}
	return nil
}

// longestMemo is the most characters a memo may have: a memo is a note for the
// second visit, not a file.
const longestMemo = 1000

func checkLengths(t Told) error {
	if t.Memo != nil && len([]rune(*t.Memo)) > longestMemo {
		return &Refusal{Reason: NotACase, Field: "memo"}
	}
	return nil
}
