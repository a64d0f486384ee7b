package forms

import "fmt"

// MissingGlyphError reports a character that none of the fonts has. The form is
// not made.
type MissingGlyphError struct {
	Field   string // field whose value holds the character
	Cluster string // the character as it was written
}

// Error names the field, the character and its code points.
func (e *MissingGlyphError) Error() string {
	return fmt.Sprintf("field %s: no font has %s (%s)", e.Field, e.Cluster, codePoints(e.Cluster))
}

// Character is the character with its code points, for people.
func (e *MissingGlyphError) Character() string {
	return fmt.Sprintf("%s (%s)", e.Cluster, codePoints(e.Cluster))
}

// Character is the character with its code points, for people.
func (e *VariationError) Character() string {
	return fmt.Sprintf("%s (%s)", e.Cluster, codePoints(e.Cluster))
}

// VariationError reports a character whose written variation no font has,
// though one has the base form. Printing the base form needs consent
// ([Options.AcceptBaseForms]).
type VariationError struct {
	Field   string
	Cluster string
}

// Error names the field, the character and its code points.
func (e *VariationError) Error() string {
	return fmt.Sprintf("field %s: no font has this variation of %s (%s); only its base form can be printed",
		e.Field, e.Cluster, codePoints(e.Cluster))
}

// OverflowError reports a value that does not fit its box at the smallest size
// the form allows.
type OverflowError struct {
	Field string
}

// Error names the field.
func (e *OverflowError) Error() string {
	return fmt.Sprintf("field %s does not fit its box at the smallest size; shorten it", e.Field)
}

// codePoints writes the code points of s as "U+8FBB U+E0100".
func codePoints(s string) string {
	out := ""
	for _, r := range s {
		if out != "" {
			out += " "
		}
		out += fmt.Sprintf("U+%04X", r)
	}
	return out
}
