package rules

import (
	"math/bits"
	"slices"
)

// The questions of a plan are the situation keys that can still change it. A
// fact can change a table's answer when two of the rows that may hold say
// different things and differ in that fact alone: then there are two visitors,
// alike in everything else, who are told different things.

// asking are the tables whose answer is worth a question; the others only add lines.
var asking = []tableID{tableCapacity, tableBlocks, tablePINs, tablePapers, tableProofs, tableExtras, tableVisits}

// openQuestions are the keys that can still change this plan. Where whatever may
// block it does block it, only the reason is open: papers and letters wait.
func (d *decision) openQuestions() []string {
	blocks := d.may[tableBlocks]
	goesOn := func(r *row) bool { return r.effect.outcome == "" }
	if len(blocks) > 0 && !slices.ContainsFunc(blocks, goesOn) {
		if keys := d.questions(tableCapacity, tableBlocks); len(keys) > 0 {
			return keys
		}
	}
	return d.questions(asking...)
}

func (d *decision) questions(tables ...tableID) []string {
	var waiting [mostKeys]uint8 // how many tables wait for a key
	for _, id := range tables {
		var keys keySet
		if d.hit[id] == nil {
			keys = d.keysOfAll(d.turning(id))
		}
		if id == tablePINs {
			keys |= d.pinKeys("enter", "reset", "letter-reset")
		}
		for ; keys != 0; keys &= keys - 1 {
			waiting[bits.TrailingZeros64(uint64(keys))]++
		}
	}
	return d.set.words.order(&waiting)
}

// factSet is a set of facts, as bits.
type factSet uint32

// turning are the facts that alone can move a table from one answer to another.
func (d *decision) turning(id tableID) factSet {
	var facts factSet
	t := d.set.tables[id]
	for i, a := range d.may[id] {
		for _, b := range d.may[id][i+1:] {
			if a.answer == b.answer {
				continue
			}
			if f, only := t.onlyApart(a, b, &d.v); only {
				facts |= 1 << f
			}
		}
	}
	return facts
}

// onlyApart is the one fact in which two rows are apart, where they meet in all others.
func (t *table) onlyApart(a, b *row, v *vector) (apart factID, only bool) {
	for i, f := range t.columns {
		if a.masks[i]&b.masks[i]&v[f] != 0 {
			continue
		}
		if only {
			return 0, false
		}
		apart, only = f, true
	}
	return apart, only
}

func (d *decision) keysOfAll(facts factSet) keySet {
	var keys keySet
	for f := range factCount {
		if facts>>f&1 != 0 {
			keys |= d.keysOf(f)
		}
	}
	return keys
}

// keysOf are the situation keys behind a fact that were not asked yet.
func (d *decision) keysOf(f factID) keySet {
	switch f {
	case factCapacity:
		return d.keysOfAll(d.turning(tableCapacity) &^ (1 << factCapacity))
	case factNeededPinsLost:
		keys := d.keysOfAll(d.turning(tablePINs))
		for _, r := range d.rows(tablePINs) {
			if bits.OnesCount64(d.loses(r)) > 1 {
				keys |= d.rowKeys(r, "enter", "letter")
			}
		}
		return keys
	case factLetterFit:
		if !d.in.Letter.State.Asked() {
			return d.set.words.keys("letter.state")
		}
		return d.unasked("letter.complete", d.in.Letter.Complete.Asked()) | d.unasked("letter.sealed", d.in.Letter.Sealed.Asked())
	case factJPKIPinsLost:
		return d.unaskedPIN(0) | d.unaskedPIN(1)
	case factOtherPinsLost:
		return d.unaskedPIN(2) | d.unaskedPIN(3)
	}
	return d.set.words.keys(factSpecs[f].keys...)
}

func (d *decision) unasked(key string, asked bool) keySet {
	if asked {
		return 0
	}
	return d.set.words.keys(key)
}

func (d *decision) unaskedPIN(i int) keySet {
	return d.unasked(pinBecause[i][0], d.in.PINs.pin(i).Asked())
}

// pinKeys are the PINs not asked about that come in in one of the given ways.
func (d *decision) pinKeys(ways ...string) keySet {
	var keys keySet
	for _, r := range d.rows(tablePINs) {
		keys |= d.rowKeys(r, ways...)
	}
	return keys
}

func (d *decision) rowKeys(r *row, ways ...string) keySet {
	var keys keySet
	for i, how := range r.effect.pins {
		if slices.Contains(ways, how) {
			keys |= d.unaskedPIN(i)
		}
	}
	return keys
}
