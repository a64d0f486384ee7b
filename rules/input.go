package rules

import (
	"fmt"
	"strings"
)

// InputFault names what is wrong with a situation that was handed in.
type InputFault string

// The faults of a situation.
const (
	InputEmpty       InputFault = "empty"        // nothing was handed in
	InputNotUTF8     InputFault = "not-utf-8"    // Shift_JIS, UTF-16 and the like
	InputBroken      InputFault = "broken-json"  // no JSON
	InputBehind      InputFault = "text-behind"  // text behind the end of the JSON
	InputWrongKind   InputFault = "wrong-kind"   // a number where a word belongs, and the like
	InputDoubledKey  InputFault = "doubled-key"  // a key that stands twice in one object
	InputUnknownKey  InputFault = "unknown-key"  // no key of a situation
	InputMissingKey  InputFault = "missing-key"  // a key no situation can do without
	InputUnknownWord InputFault = "unknown-word" // a word outside the vocabulary
	InputNotADate    InputFault = "not-a-date"   // not YYYY-MM-DD, or a day that does not exist
	InputNotATime    InputFault = "not-a-time"   // not HH:MM
	InputNotAVisit   InputFault = "not-a-visit"  // a visit is 0, 1 or 2
	InputPaper       InputFault = "bad-paper"    // evidence without whose, or with neither or both of name and class
)

// InputError says what is wrong with a situation, where, and in Error, in
// developer English, what to do. Its fields let others say it in other words.
type InputError struct {
	Fault     InputFault
	Line      int      // of the file; 0 where that is not known
	Situation int      // which of a list, from 1; 0 for a single one
	Key       string   // situation key, or the file's own where it is unknown
	Value     string   // what stood there
	Words     []string // what can stand there
}

// Error says where and what, and what to do.
func (e *InputError) Error() string {
	var where []string
	if e.Line > 0 {
		where = append(where, fmt.Sprintf("line %d", e.Line))
	}
	if e.Situation > 0 {
		where = append(where, fmt.Sprintf("situation %d", e.Situation))
	}
	return strings.Join(append(where, e.what()), ": ")
}

func (e *InputError) what() string {
	switch e.Fault {
	case InputEmpty:
		return "the file is empty: write a situation as JSON"
	case InputNotUTF8:
		return "the file is not UTF-8: save it as UTF-8"
	case InputDoubledKey:
		return fmt.Sprintf("key %q stands twice: keep one", e.Key)
	case InputBroken:
		return fmt.Sprintf("the JSON is broken (%s): correct it", e.Value)
	case InputBehind:
		return "text behind the end of the JSON: remove it"
	case InputWrongKind:
		if e.Key == "" {
			return fmt.Sprintf("a %s stands where a situation belongs: write an object", e.Value)
		}
		return fmt.Sprintf("key %q has a value of the wrong kind (%s)", e.Key, e.Value)
	case InputUnknownKey:
		return fmt.Sprintf("%q is not a key of a situation: remove or correct it", e.Key)
	case InputMissingKey:
		return fmt.Sprintf("key %q is missing: add it", e.Key)
	case InputNotADate:
		return strings.TrimPrefix(fmt.Sprintf("%s: %q is not a date: write YYYY-MM-DD, a day that exists", e.Key, e.Value), ": ")
	case InputNotATime:
		return fmt.Sprintf("%s: %q is not a time of day: write HH:MM", e.Key, e.Value)
	case InputNotAVisit:
		return fmt.Sprintf("%s: %s is not a visit: write 0, 1 or 2", e.Key, e.Value)
	case InputPaper:
		return fmt.Sprintf("%s: say whose it is (holder or visitor), and name a document of the lists or the class the clerk judges it to be", e.Key)
	}
	return fmt.Sprintf("%s: %q is not a word of the vocabulary: use one of %s", e.Key, e.Value, strings.Join(e.Words, ", "))
}

func unknownWord(key, value string, words []string) error {
	return &InputError{Fault: InputUnknownWord, Key: key, Value: value, Words: words}
}
