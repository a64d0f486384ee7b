package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// FaultKind names what is wrong with a rule set.
type FaultKind string

// The faults the loader finds. All faults of a folder are reported at once.
const (
	FaultUnreadable  FaultKind = "unreadable"         // a file that cannot be read as CSV
	FaultMissing     FaultKind = "missing-file"       // a table the set must have
	FaultHeader      FaultKind = "bad-header"         // a column that is unknown, doubled or missing
	FaultUnknownWord FaultKind = "unknown-word"       // a word outside the closed vocabulary
	FaultDuplicate   FaultKind = "duplicate-id"       // two rows with one id
	FaultGap         FaultKind = "gap"                // a situation no row answers
	FaultOverlap     FaultKind = "overlap"            // a situation two rows answer
	FaultDayGap      FaultKind = "gap-on-a-day"       // a gap that begins or ends with a row's dates
	FaultDayOverlap  FaultKind = "overlap-on-a-day"   // an overlap that exists only on some days
	FaultUnusedWord  FaultKind = "unused-word"        // a word or place that no row uses
	FaultRowCount    FaultKind = "row-count"          // a list has another number of rows than about.csv keeps
	FaultLetter      FaultKind = "bad-letter"         // letter.csv, which those who print letters read
	FaultUnusedFact  FaultKind = "unused-fact"        // a condition column that decides nothing
	FaultUncited     FaultKind = "uncited-row"        // a stated row without a source
	FaultDangling    FaultKind = "dangling-citation"  // a source or line that does not exist
	FaultUncovered   FaultKind = "uncovered-row"      // a row no example reaches
	FaultExample     FaultKind = "example-disagrees"  // an example decided differently from what it says
	FaultDamage      FaultKind = "spreadsheet-damage" // what a spreadsheet did to the file
)

// Fault is one fault of a rule set: where it is and what it is, in developer
// English; Situation puts a gap or an overlap in Japanese words.
type Fault struct {
	Kind      FaultKind `json:"kind"`
	File      string    `json:"file"`
	Line      int       `json:"line"`   // 1-based; 0 for the whole file
	Column    int       `json:"column"` // 1-based field number; 0 for the whole line
	Detail    string    `json:"detail"`
	Situation string    `json:"situation,omitempty"`
}

// Error writes file:line:column: kind: detail.
func (f Fault) Error() string {
	where := f.File
	if f.Line > 0 {
		where += fmt.Sprintf(":%d", f.Line)
		if f.Column > 0 {
			where += fmt.Sprintf(":%d", f.Column)
		}
	}
	text := fmt.Sprintf("%s: %s: %s", where, f.Kind, f.Detail)
	if f.Situation != "" {
		text += " (" + f.Situation + ")"
	}
	return text
}

// Faults is what [Load] returns for a folder that is not sound.
type Faults []Fault

// Error lists every fault, one a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

func (fs *Faults) add(f Fault) { *fs = append(*fs, f) }

func (fs Faults) sort() {
	slices.SortStableFunc(fs, func(a, b Fault) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}
