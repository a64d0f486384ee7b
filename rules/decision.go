package rules

import (
	"math/bits"
	"slices"
)

// decision is one procedure decided with one set: which row of every table holds,
// or which rows still may.
type decision struct {
	set       *Set
	in        *Situation
	procedure Procedure
	v         vector
	may       [tableCount][]*row // the rows that agree with what is known, where they are several
	hit       [tableCount]*row   // the row, once every row that may hold says the same
}

// run works the tables in their order of dependence.
func (s *Set) run(in *Situation, procedure Procedure) (d decision) {
	d = decision{set: s, in: in, procedure: procedure, v: s.vector(in, procedure)}
	d.match(tableCapacity)
	d.v[factCapacity] = d.capacities()
	d.match(tablePINs)
	d.v[factNeededPinsLost] = d.neededPinsLost()
	for id := tableBlocks; id < tableCount; id++ {
		if id != tablePINs {
			d.match(id)
		}
	}
	return d
}

// stops reports whether a table's answer is that the source is silent or rules it out.
func (d *decision) stops(id tableID) bool {
	r := d.hit[id]
	return r != nil && r.silent()
}

// silent reports whether a row says that the source does not say, or says no.
func (r *row) silent() bool { return r.basis == NotStated || r.basis == NotPossible }

// match collects the rows of a table that agree with what is known.
func (d *decision) match(id tableID) {
	t := d.set.tables[id]
	var one *row
	var several []*row
	same := true
	for word := range t.words {
		for rows := t.agreeing(word, &d.v); rows != 0; rows &= rows - 1 {
			r := t.rows[word*64+bits.TrailingZeros64(rows)]
			if one == nil {
				one = r
				continue
			}
			if several == nil {
				several = append(make([]*row, 0, 8), one)
			}
			several = append(several, r)
			same = same && one.answer == r.answer
			if r.id < one.id && same {
				one = r
			}
		}
	}
	d.may[id] = several
	if same {
		d.hit[id] = one
	}
}

// indexRows notes for every value of every column the rows that hold for it, 64 rows
// in a word.
func (t *table) indexRows(set *Set) {
	t.words = (len(t.rows) + 63) / 64
	t.holding = make([][]uint64, len(t.columns))
	for c, f := range t.columns {
		t.holding[c] = make([]uint64, set.domains[f].size()*t.words)
		for i, r := range t.rows {
			for values := r.masks[c]; values != 0; values &= values - 1 {
				t.holding[c][bits.TrailingZeros64(values)*t.words+i/64] |= 1 << (i % 64)
			}
		}
	}
}

// agreeing are the rows of a word that agree with what is known: those that hold, in
// every column, for a value the fact can have.
func (t *table) agreeing(word int, v *vector) uint64 {
	rows := ^uint64(0)
	for c, f := range t.columns {
		var hold uint64
		for values := v[f]; values != 0; values &= values - 1 {
			hold |= t.holding[c][bits.TrailingZeros64(values)*t.words+word]
		}
		if rows &= hold; rows == 0 {
			break
		}
	}
	return rows
}

// numberAnswers gives the rows that decide the same, whatever they rest on, the same
// number.
func (t *table) numberAnswers() {
	for i, r := range t.rows {
		same := func(o *row) bool { return r.basis == o.basis && slices.Equal(r.out, o.out) }
		r.answer = slices.IndexFunc(t.rows[:i+1], same)
	}
}

// rows are the rows of a table that hold or may hold.
func (d *decision) rows(id tableID) []*row {
	if d.may[id] != nil {
		return d.may[id]
	}
	if d.hit[id] != nil {
		return []*row{d.hit[id]}
	}
	return nil
}

// capacities are the capacities that are possible; all of them where the source
// does not say, so that the rows of a procedure it does not know are still found.
func (d *decision) capacities() uint64 {
	capacity := d.set.domains[factCapacity]
	if r := d.hit[tableCapacity]; r != nil && r.effect.capacity == "" {
		return capacity.all()
	}
	var m uint64
	for _, r := range d.rows(tableCapacity) {
		m |= capacity.bit(string(r.effect.capacity))
	}
	return m
}

// neededPinsLost says whether a PIN is lost that has to be entered, at the
// counter or in the letter.
func (d *decision) neededPinsLost() uint64 {
	var m uint64
	for _, r := range d.rows(tablePINs) {
		m |= d.loses(r)
	}
	return m
}

// loses says the same for one row of the PINs.
func (d *decision) loses(r *row) uint64 {
	need := make([]Fact[PINState], 0, 4)
	for i, how := range r.effect.pins {
		if how == "enter" || how == "letter" {
			need = append(need, d.in.PINs.pin(i))
		}
	}
	return anyLost(need...)
}
