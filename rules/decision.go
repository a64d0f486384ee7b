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
	may       [tableCount][]*row // the rows that agree with what is known
	hit       [tableCount]*row   // the row, once every row that may hold says the same
}

// run works the tables in their order of dependence.
func (s *Set) run(in *Situation, procedure Procedure) decision {
	d := decision{set: s, in: in, procedure: procedure, v: s.vector(in, procedure)}
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
	for _, r := range t.rowsFor(d.v[factProcedure]) {
		if !t.agrees(r, &d.v) {
			continue
		}
		switch {
		case one == nil:
			one = r
		case several == nil:
			several = []*row{one, r}
		default:
			several = append(several, r)
		}
		same = same && one.saysWhat(r)
		if r.id < one.id && same {
			one = r
		}
	}
	if several == nil && one != nil {
		d.hit[id] = one
		return
	}
	d.may[id] = several
	if same {
		d.hit[id] = one
	}
}

// sortByProcedure keeps the rows of each procedure together: a decision is about one,
// and need not look at the others' rows.
func (t *table) sortByProcedure() {
	at := slices.Index(t.columns, factProcedure)
	if at < 0 {
		return
	}
	t.of = make([][]*row, len(factSpecs[factProcedure].words))
	for i := range t.of {
		for _, r := range t.rows {
			if r.masks[at]>>i&1 != 0 {
				t.of[i] = append(t.of[i], r)
			}
		}
	}
}

// rowsFor are the rows that can hold for what is known of the procedure.
func (t *table) rowsFor(procedure uint64) []*row {
	if t.of == nil || bits.OnesCount64(procedure) != 1 {
		return t.rows
	}
	return t.of[bits.TrailingZeros64(procedure)]
}

func (t *table) agrees(r *row, v *vector) bool {
	for i, f := range t.columns {
		if r.masks[i]&v[f] == 0 {
			return false
		}
	}
	return true
}

// saysWhat reports whether two rows decide the same, whatever they rest on.
func (r *row) saysWhat(o *row) bool {
	return r == o || r.basis == o.basis && slices.Equal(r.out, o.out)
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
