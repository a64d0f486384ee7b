package rules

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// Situation keys have an order: the one in which a counter asks, and behind them by
// name the keys that are never a question. A set of keys is kept as the bits of their
// places in that order.

// keySet is a set of situation keys, as bits.
type keySet uint64

// mostKeys is how many keys there is room for.
const mostKeys = 64

// orderKeys gives every key that facts rest on, or that is a question, its place.
func (v *vocabulary) orderKeys() {
	var others []string
	for _, spec := range factSpecs {
		others = append(others, spec.keys...)
	}
	slices.Sort(others)
	v.keyPlaces = map[string]int{}
	add := func(key string) {
		if _, twice := v.keyPlaces[key]; !twice {
			v.keyPlaces[key] = len(v.keyNames)
			v.keyNames = append(v.keyNames, key)
		}
	}
	for _, q := range v.questions {
		add(q.Key)
	}
	for _, key := range others {
		add(key)
	}
	for key, place := range v.keyPlaces {
		if strings.HasPrefix(key, "pins.") {
			v.pinKeys |= 1 << place
		}
	}
}

// keys makes a set of keys that the vocabulary knows.
func (v *vocabulary) keys(names ...string) keySet {
	var keys keySet
	for _, name := range names {
		keys |= 1 << v.keyPlaces[name]
	}
	return keys
}

// order puts the most telling key first: the one that most tables wait for, then
// the order in which a counter asks. Several PINs are one question.
func (v *vocabulary) order(waiting *[mostKeys]uint8) []string {
	pins, best := 0, uint8(0)
	for left := v.pinKeys; left != 0; left &= left - 1 {
		if n := waiting[bits.TrailingZeros64(uint64(left))]; n > 0 {
			pins, best = pins+1, max(best, n)
		}
	}
	places := make([]uint8, 0, mostKeys)
	for place, n := range waiting[:len(v.keyNames)] {
		if n > 0 && (pins < 2 || v.pinKeys>>place&1 == 0) {
			places = append(places, uint8(place))
		}
	}
	if pins >= 2 {
		all := v.keyPlaces["pins"]
		waiting[all] = best
		places = append(places, uint8(all))
	}
	slices.SortFunc(places, func(a, b uint8) int {
		return cmp.Or(cmp.Compare(waiting[b], waiting[a]), cmp.Compare(a, b))
	})
	keys := make([]string, len(places))
	for i, place := range places {
		keys[i] = v.keyNames[place]
	}
	return keys
}
