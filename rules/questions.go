package rules

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
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
	score := map[string]int{}
	for _, id := range tables {
		keys := map[string]bool{}
		if d.hit[id] == nil {
			for f := range factCount {
				if d.matters(id, f) {
					d.keysOf(f, keys)
				}
			}
		}
		if id == tablePINs {
			d.pinKeys(keys, "enter", "reset", "letter-reset")
		}
		for k := range keys {
			score[k]++
		}
	}
	return d.order(score)
}

// matters reports whether a fact alone can move a table from one answer to another.
func (d *decision) matters(id tableID, f factID) bool {
	t := d.set.tables[id]
	at := slices.Index(t.columns, f)
	if at < 0 {
		return false
	}
	rows := d.may[id]
	for i, a := range rows {
		for _, b := range rows[i+1:] {
			if !a.saysWhat(b) && t.onlyApart(a, b, at, &d.v) {
				return true
			}
		}
	}
	return false
}

// onlyApart reports whether two rows are apart in one column and meet in all others.
func (t *table) onlyApart(a, b *row, at int, v *vector) bool {
	for i, f := range t.columns {
		meet := a.masks[i]&b.masks[i]&v[f] != 0
		if meet == (i == at) {
			return false
		}
	}
	return true
}

// keysOf adds the situation keys behind a fact that were not asked yet.
func (d *decision) keysOf(f factID, keys map[string]bool) {
	switch f {
	case factCapacity:
		for g := range factCount {
			if g != factCapacity && d.matters(tableCapacity, g) {
				d.keysOf(g, keys)
			}
		}
	case factNeededPinsLost:
		for _, r := range d.rows(tablePINs) {
			if bits.OnesCount64(d.loses(r)) > 1 {
				d.rowKeys(r, keys, "enter", "letter")
			}
		}
		for g := range factCount {
			if d.matters(tablePINs, g) {
				d.keysOf(g, keys)
			}
		}
	case factLetterFit:
		if !d.in.Letter.State.Asked() {
			keys["letter.state"] = true
			return
		}
		addUnasked(keys, "letter.complete", d.in.Letter.Complete.Asked())
		addUnasked(keys, "letter.sealed", d.in.Letter.Sealed.Asked())
	case factJPKIPinsLost:
		addUnasked(keys, "pins.signature", d.in.PINs.Signature.Asked())
		addUnasked(keys, "pins.user-identification", d.in.PINs.UserIdentification.Asked())
	case factOtherPinsLost:
		addUnasked(keys, "pins.resident-registration", d.in.PINs.ResidentRegistration.Asked())
		addUnasked(keys, "pins.card-info-input", d.in.PINs.CardInfoInput.Asked())
	default:
		for _, k := range factSpecs[f].keys {
			keys[k] = true
		}
	}
}

func addUnasked(keys map[string]bool, key string, asked bool) {
	if !asked {
		keys[key] = true
	}
}

// pinKeys adds the PINs that come in in one of the given ways.
func (d *decision) pinKeys(keys map[string]bool, ways ...string) {
	for _, r := range d.rows(tablePINs) {
		d.rowKeys(r, keys, ways...)
	}
}

func (d *decision) rowKeys(r *row, keys map[string]bool, ways ...string) {
	for i, how := range r.effect.pins {
		if slices.Contains(ways, how) {
			addUnasked(keys, pinBecause[i][0], d.in.PINs.pin(i).Asked())
		}
	}
}

// order puts the most telling key first: the one that most tables wait for, then
// the order in which a counter asks. Several PINs are one question.
func (d *decision) order(score map[string]int) []string {
	keys := make([]string, 0, len(score))
	pins, best := 0, 0
	for k := range score {
		if strings.HasPrefix(k, "pins.") {
			pins++
			best = max(best, score[k])
		}
	}
	for k := range score {
		if pins < 2 || !strings.HasPrefix(k, "pins.") {
			keys = append(keys, k)
		}
	}
	if pins >= 2 {
		score["pins"] = best
		keys = append(keys, "pins")
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(d.set.words.place(a)-score[a]*100, d.set.words.place(b)-score[b]*100), strings.Compare(a, b))
	})
	return keys
}
