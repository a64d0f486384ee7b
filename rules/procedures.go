package rules

import "encoding/json"

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

// UnmarshalJSON reads a string or a list of strings.
func (p *Procedures) UnmarshalJSON(data []byte) error {
	var one Procedure
	if err := json.Unmarshal(data, &one); err == nil {
		*p = nil
		if one != "" {
			*p = Procedures{one}
		}
		return nil
	}
	return json.Unmarshal(data, (*[]Procedure)(p))
}
