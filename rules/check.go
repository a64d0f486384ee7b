package rules

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"
)

// A table is sound when its rows cut the space of all situations into pieces
// that neither meet nor leave anything open. Rows are boxes: in every column a
// set of values. So overlaps are found pair by pair, and where there are none
// the sizes of the boxes must add up to the size of the space.

// box is one set of values per column.
type box []uint64

func (t *table) space(set *Set) box {
	b := make(box, len(t.columns))
	for i, f := range t.columns {
		b[i] = set.domains[f].all()
	}
	return b
}

func (b box) volume() uint64 {
	n := uint64(1)
	for _, m := range b {
		n *= uint64(bits.OnesCount64(m))
	}
	return n
}

func (b box) meet(o box) (box, bool) {
	both := make(box, len(b))
	for i := range b {
		if both[i] = b[i] & o[i]; both[i] == 0 {
			return nil, false
		}
	}
	return both, true
}

// without cuts o out of b: the pieces of b that lie outside o.
func (b box) without(o box) []box {
	if _, ok := b.meet(o); !ok {
		return []box{b}
	}
	var pieces []box
	rest := slices.Clone(b)
	for i := range rest {
		if outside := rest[i] &^ o[i]; outside != 0 {
			piece := slices.Clone(rest)
			piece[i] = outside
			pieces = append(pieces, piece)
		}
		rest[i] &= o[i]
	}
	return pieces
}

// checkTables reports overlaps, gaps and condition columns that decide nothing.
func (l *loader) checkTables() {
	for _, t := range l.readable() {
		overlapping := l.checkOverlaps(t)
		l.checkGaps(t, overlapping)
		l.checkUnused(t)
	}
}

func (l *loader) checkOverlaps(t *table) bool {
	found := false
	for i, a := range t.rows {
		for _, b := range t.rows[i+1:] {
			both, ok := box(a.masks).meet(box(b.masks))
			if !ok {
				continue
			}
			found = true
			kind := FaultOverlap
			if t.bounded(both, l.set) {
				kind = FaultDayOverlap
			}
			l.faults.add(Fault{Kind: kind, File: t.sheet.file, Line: b.line,
				Detail:    fmt.Sprintf("rows %s (line %d) and %s both answer", a.id, a.line, b.id),
				Situation: l.inWords(t, both)})
		}
	}
	return found
}

// bounded reports whether a box holds only on some days.
func (t *table) bounded(b box, set *Set) bool {
	return b[len(b)-1] != set.domains[factOn].all()
}

// mostGaps bounds how many pieces of one hole are reported.
const mostGaps = 5

func (l *loader) checkGaps(t *table, overlapping bool) {
	var covered uint64
	for _, r := range t.rows {
		covered += box(r.masks).volume()
	}
	space := t.space(l.set)
	if !overlapping && covered == space.volume() {
		return
	}
	open := []box{space}
	for _, r := range t.rows {
		var rest []box
		for _, b := range open {
			rest = append(rest, b.without(box(r.masks))...)
		}
		open = rest
	}
	for i, b := range open {
		if i == mostGaps {
			l.faults.add(Fault{Kind: FaultGap, File: t.sheet.file, Detail: fmt.Sprintf("and %d more pieces no row answers", len(open)-i)})
			break
		}
		kind := FaultGap
		if t.bounded(b, l.set) {
			kind = FaultDayGap
		}
		l.faults.add(Fault{Kind: kind, File: t.sheet.file, Line: len(t.rows) + 1, Detail: fmt.Sprintf("no row answers %d situations of this table", b.volume()), Situation: l.inWords(t, b)})
	}
}

func (l *loader) checkUnused(t *table) {
	for i, f := range t.columns {
		if f == factOn {
			continue
		}
		used := slices.ContainsFunc(t.rows, func(r *row) bool { return r.masks[i] != l.set.domains[f].all() })
		if !used {
			l.faults.add(Fault{Kind: FaultUnusedFact, File: t.sheet.file, Line: 1, Column: t.sheet.column(factSpecs[f].name) + 1,
				Detail: fmt.Sprintf("column %q decides nothing: every row says *", factSpecs[f].name)})
		}
	}
}

// inWords puts a box in Japanese words: every column that does not hold everything.
func (l *loader) inWords(t *table, b box) string {
	var parts []string
	for i, f := range t.columns {
		d := l.set.domains[f]
		if b[i] == d.all() {
			continue
		}
		label := l.words.labels["fact/"+factSpecs[f].name].Plain()
		parts = append(parts, label+"="+strings.Join(l.words.valuesInWords(d, b[i]), "・"))
	}
	if len(parts) == 0 {
		return "すべての場合"
	}
	return strings.Join(parts, " / ")
}

// Situations is how many situations the tables of the set tell apart, summed over
// the tables: the number the exhaustive check covers.
func (s *Set) Situations() uint64 {
	var n uint64
	for _, t := range s.tables {
		n += t.space(s).volume()
	}
	return n
}
