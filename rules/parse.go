package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ParseSituations reads one situation or a list of them; list tells which it
// was. An error is one sentence: what, where, and what to do. Unknown keys and
// words are refused, so that a slip of the pen never passes as "not asked".
func ParseSituations(data []byte) (situations []Situation, list bool, err error) {
	trimmed := bytes.TrimSpace(data)
	if list = bytes.HasPrefix(trimmed, []byte("[")); list {
		err = decodeStrict(trimmed, &situations)
	} else {
		var one Situation
		err = decodeStrict(trimmed, &one)
		situations = []Situation{one}
	}
	if err != nil {
		return nil, list, err
	}
	for i := range situations {
		if err := situations[i].check(); err != nil {
			if list {
				err = fmt.Errorf("situation %d: %w", i+1, err)
			}
			return nil, list, err
		}
	}
	return situations, list, nil
}

func decodeStrict(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil && len(bytes.TrimSpace(data[d.InputOffset():])) > 0 {
		return fmt.Errorf("line %d: text behind the end of the JSON: remove it", lineOf(data, d.InputOffset()))
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case len(data) == 0:
		return errors.New("the file is empty: write a situation as JSON")
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d: the JSON is broken (%s): correct it", lineOf(data, syntax.Offset), syntax)
	case errors.As(err, &kind):
		return fmt.Errorf("line %d: key %q has a value of the wrong kind (%s)", lineOf(data, kind.Offset), kind.Field, kind.Value)
	}
	return fmt.Errorf("line %d: %s", lineOf(data, d.InputOffset()), strings.TrimPrefix(err.Error(), "json: "))
}

func lineOf(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n"))
}

// check refuses what no situation can be: missing keys, unknown words.
func (s *Situation) check() error {
	if s.Municipality == "" {
		return errors.New("key \"municipality\" is missing: name a rule set")
	}
	if s.On.IsZero() {
		return errors.New("key \"on\" is missing: write the day as YYYY-MM-DD")
	}
	for _, p := range s.Procedure {
		if !slices.Contains(factSpecs[factProcedure].words, string(p)) {
			return unknownWord("procedure", string(p), factSpecs[factProcedure].words)
		}
	}
	for _, w := range s.words() {
		if v, ok := w.value(); ok && !slices.Contains(w.words, v) {
			return unknownWord(w.key, v, w.words)
		}
	}
	if n, ok := s.Visit.Get(); ok && (n < 0 || n > 2) {
		return fmt.Errorf("visit: %d is not a visit: write 0, 1 or 2", n)
	}
	if s.Time != "" && !validTime(s.Time) {
		return fmt.Errorf("time: %q is not a time of day: write HH:MM", s.Time)
	}
	return s.checkPapers()
}

func (s *Situation) checkPapers() error {
	for i, p := range s.Evidence {
		if p.Of != OfHolder && p.Of != OfVisitor {
			return fmt.Errorf("evidence %d: \"of\" is %q: write holder or visitor", i+1, p.Of)
		}
		if (p.Document == "") == (p.Class == "") {
			return fmt.Errorf("evidence %d: name a document of the lists, or give the class the clerk judges it to be", i+1)
		}
	}
	return nil
}

func validTime(s string) bool {
	return len(s) == 5 && s[2] == ':' && s[:2] <= "23" && s[3:] <= "59" && strings.Trim(s, "0123456789:") == "" && s[:2] >= "00" && s[3:] >= "00"
}
