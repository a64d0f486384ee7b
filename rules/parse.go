package rules

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// ParseSituations reads one situation or a list of them; list tells which it
// was. An error is one sentence: what, where, and what to do. Unknown keys and
// words are refused, so that a slip of the pen never passes as "not asked".
func ParseSituations(data []byte) (situations []Situation, list bool, err error) {
	if list = bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(data, byteOrderMark)), []byte("[")); list {
		err = DecodeStrict(data, &situations)
	} else {
		var one Situation
		err = DecodeStrict(data, &one)
		situations = []Situation{one}
	}
	if err != nil {
		return nil, list, err
	}
	if len(situations) == 0 {
		return nil, list, &InputError{Fault: InputEmpty}
	}
	for i := range situations {
		if err := situations[i].check(); err != nil {
			if wrong := (*InputError)(nil); errors.As(err, &wrong) {
				if list {
					wrong.Situation = i + 1
				}
				wrong.Line = lineOfValue(bytes.TrimPrefix(data, byteOrderMark), wrong)
			}
			return nil, list, err
		}
	}
	return situations, list, nil
}

// byteOrderMark stands before what Windows editors save.
var byteOrderMark = []byte("\ufeff")

// DecodeStrict reads a file of JSON that people write: a byte-order mark is passed
// over; an unknown or doubled key, another encoding and anything behind the end
// are refused. The error is an *InputError.
func DecodeStrict(data []byte, into any) error {
	data = bytes.TrimRight(bytes.TrimPrefix(data, byteOrderMark), " \t\r\n")
	if !utf8.Valid(data) {
		return &InputError{Fault: InputNotUTF8}
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	syntax := (*json.SyntaxError)(nil)
	switch {
	case err == nil:
		rest := bytes.TrimLeft(data[d.InputOffset():], " \t\r\n")
		if len(rest) > 0 {
			return &InputError{Fault: InputBehind, Line: lineOf(data, int64(len(data)-len(rest)))}
		}
		return onceEach(data)
	case len(data) == 0:
		return &InputError{Fault: InputEmpty}
	case errors.As(err, &syntax):
		return &InputError{Fault: InputBroken, Line: lineOf(data, syntax.Offset-1), Value: syntax.Error()}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &InputError{Fault: InputBroken, Line: lineOf(data, int64(len(data))), Value: err.Error()}
	}
	at, first, found := firstRefused(data, reflect.TypeOf(into).Elem())
	if !found {
		return refused(err, place{}) // no line rather than a wrong one
	}
	return refused(first, at)
}

// refused says of a value what the decoder says, and where it stands.
func refused(err error, at place) error {
	var (
		own  *InputError
		kind *json.UnmarshalTypeError
	)
	e := &InputError{Fault: InputBroken, Line: at.line, Situation: at.situation, Key: at.path, Value: strings.TrimPrefix(err.Error(), "json: ")}
	switch key, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); {
	case unknown:
		e.Fault, e.Line, e.Key, e.Value = InputUnknownKey, at.keyLine, strings.Trim(key, `"`), ""
	case errors.As(err, &own):
		e.Fault, e.Value, e.Words = own.Fault, own.Value, own.Words
	case errors.As(err, &kind):
		e.Fault, e.Key, e.Value = InputWrongKind, cmp.Or(at.path, kind.Field), kind.Value
	}
	return e
}

// onceEach refuses a key that stands twice in one object: the second would win, and
// nobody would know. The text is JSON already.
func onceEach(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	type level struct {
		keys map[string]bool // nil in a list
		key  bool            // a key comes next
	}
	var open []level
	for {
		token, err := d.Token()
		if err != nil {
			return nil // the end
		}
		in := len(open) - 1
		if text, isText := token.(string); in >= 0 && open[in].key && isText {
			key := strings.ToLower(text)
			if open[in].keys[key] {
				return &InputError{Fault: InputDoubledKey, Line: lineOf(data, d.InputOffset()), Key: text}
			}
			open[in].keys[key], open[in].key = true, false
			continue
		}
		switch token {
		case json.Delim('{'):
			open = append(open, level{map[string]bool{}, true})
			continue
		case json.Delim('['):
			open = append(open, level{})
			continue
		case json.Delim('}'), json.Delim(']'):
			open, in = open[:in], in-1
		}
		if in >= 0 {
			open[in].key = open[in].keys != nil
		}
	}
}

// lineOf is the line of a byte of a file.
func lineOf(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(max(int(offset), 0), len(data))], []byte("\n"))
}

// check refuses what no situation can be: missing keys, unknown words.
func (s *Situation) check() error {
	if s.Municipality == "" {
		return &InputError{Fault: InputMissingKey, Key: "municipality"}
	}
	if s.On.IsZero() {
		return &InputError{Fault: InputMissingKey, Key: "on"}
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
		return &InputError{Fault: InputNotAVisit, Key: "visit", Value: fmt.Sprint(n)}
	}
	if s.Time != "" && !validTime(s.Time) {
		return &InputError{Fault: InputNotATime, Key: "time", Value: s.Time}
	}
	return s.checkPapers()
}

func (s *Situation) checkPapers() error {
	for i, p := range s.Evidence {
		if p.Of != OfHolder && p.Of != OfVisitor {
			return &InputError{Fault: InputPaper, Key: fmt.Sprintf("evidence %d", i+1)}
		}
		if (p.Document == "") == (p.Class == "") {
			return &InputError{Fault: InputPaper, Key: fmt.Sprintf("evidence %d", i+1)}
		}
		if p.Class != "" && !slices.Contains(documentClasses, p.Class) {
			return &InputError{Fault: InputUnknownWord, Key: fmt.Sprintf("evidence %d class", i+1), Value: string(p.Class), Words: classWords()}
		}
	}
	return nil
}

func classWords() []string {
	words := make([]string, len(documentClasses))
	for i, c := range documentClasses {
		words[i] = string(c)
	}
	return words
}

func validTime(s string) bool {
	return len(s) == 5 && s[2] == ':' && s[:2] <= "23" && s[3:] <= "59" && strings.Trim(s, "0123456789:") == "" && s[:2] >= "00" && s[3:] >= "00"
}
