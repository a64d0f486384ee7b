package rules

import (
	"bytes"
	"encoding/json"
)

// Procedures is one procedure or several that are settled in one visit. In
// JSON a single one is a string, several are a list.
type Procedures []Procedure

// IsZero reports whether no procedure was named yet.
func (p Procedures) IsZero() bool { return len(p) == 0 }

// MarshalJSON writes a single procedure as a string and several as a list.
func (p Procedures) MarshalJSON() ([]byte, error) {
	switch len(p) {
	case 0:
		return []byte("null"), nil
	case 1:
		return json.Marshal(p[0])
	}
	return json.Marshal([]Procedure(p))
}

// UnmarshalJSON reads a string, a list of strings, or null for not named yet.
func (p *Procedures) UnmarshalJSON(data []byte) error {
	if bytes.Equal(bytes.TrimSpace(data), []byte("null")) {
		*p = nil
		return nil
	}
	var one Procedure
	if err := json.Unmarshal(data, &one); err == nil {
		*p = Procedures{one}
		return nil
	}
	return json.Unmarshal(data, (*[]Procedure)(p))
}
