package rules

import (
	"bytes"
	"encoding/json"
)

// Fact is one answer in a situation. It tells three states apart: not asked
// yet (the zero value, left out of JSON), asked and there is none (null), and a
// value.
type Fact[T any] struct {
	value T
	state factState
}

type factState uint8

const (
	notAsked factState = iota
	askedNone
	hasValue
)

// Known makes a fact that has a value.
func Known[T any](v T) Fact[T] { return Fact[T]{value: v, state: hasValue} }

// None makes a fact that was asked and has no value: null.
func None[T any]() Fact[T] { return Fact[T]{state: askedNone} }

// Get returns the value and whether there is one.
func (f Fact[T]) Get() (T, bool) { return f.value, f.state == hasValue }

// Asked reports whether the question was put, whatever the answer.
func (f Fact[T]) Asked() bool { return f.state != notAsked }

// IsZero reports whether the question was not put; encoding/json's omitzero uses it.
func (f Fact[T]) IsZero() bool { return f.state == notAsked }

// MarshalJSON writes the value, or null where there is none.
func (f Fact[T]) MarshalJSON() ([]byte, error) {
	if f.state != hasValue {
		return []byte("null"), nil
	}
	return json.Marshal(f.value)
}

// UnmarshalJSON reads a value or null.
func (f *Fact[T]) UnmarshalJSON(data []byte) error {
	if bytes.Equal(bytes.TrimSpace(data), []byte("null")) {
		*f = None[T]()
		return nil
	}
	f.state = hasValue
	return json.Unmarshal(data, &f.value)
}
