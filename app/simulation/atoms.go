package simulation

import (
	"cmp"
	"slices"
	"strings"

	"madoguchi/rules"
)

// Two ways to write the same papers must score the same. So requirements are
// taken apart into atoms: what every alternative holds is an atom of its own, one
// a paper; what is left of the alternatives is one atom together. A×2 or A+B is
// one A and, beside it, A or B; and A or B is any-id.

// atom is one paper that is asked for: whose, and the alternatives left open.
type atom struct {
	of    rules.Party
	anyOf string // "A", "any-id", or sorted alternatives "A+A|B"
}

// atomsOf takes requirements apart, in a fixed order.
func atomsOf(list []Paper) []atom {
	var out []atom
	for _, p := range list {
		common, rest := factor(p.AnyOf)
		for _, class := range common {
			out = append(out, atom{p.Of, class})
		}
		if rest != "" {
			out = append(out, atom{p.Of, rest})
		}
	}
	slices.SortFunc(out, func(a, b atom) int {
		return cmp.Or(cmp.Compare(a.of, b.of), cmp.Compare(a.anyOf, b.anyOf))
	})
	return out
}

// factor splits alternatives into the classes all of them hold and the rest.
func factor(anyOf [][]rules.ClassCount) (common []string, rest string) {
	lists := make([][]string, 0, len(anyOf))
	for _, alternative := range anyOf {
		lists = append(lists, spread(alternative))
	}
	if len(lists) == 0 {
		return nil, ""
	}
	for _, class := range slices.Clone(lists[0]) {
		if !slices.ContainsFunc(lists, func(l []string) bool { return !slices.Contains(l, class) }) {
			common = append(common, class)
			for i := range lists {
				at := slices.Index(lists[i], class)
				lists[i] = slices.Delete(lists[i], at, at+1)
			}
		}
	}
	return common, alternatives(lists)
}

// alternatives writes what is left open; nothing where one alternative needs no more.
func alternatives(lists [][]string) string {
	words := make([]string, 0, len(lists))
	for _, l := range lists {
		if len(l) == 0 {
			return ""
		}
		words = append(words, strings.Join(l, "+"))
	}
	slices.Sort(words)
	words = slices.Compact(words)
	if slices.Equal(words, []string{"A", "B"}) {
		return string(rules.ClassAnyID)
	}
	return strings.Join(words, "|")
}

func spread(alternative []rules.ClassCount) []string {
	var out []string
	for _, c := range alternative {
		for range max(c.Count, 0) {
			out = append(out, string(c.Class))
		}
	}
	slices.Sort(out)
	return out
}

// compareAtoms splits what was said into right, missing and extra, each atom once.
func compareAtoms(want, got []atom) (right, missing, extra []atom) {
	left := slices.Clone(got)
	for _, w := range want {
		if i := slices.Index(left, w); i >= 0 {
			right = append(right, w)
			left = slices.Delete(left, i, i+1)
			continue
		}
		missing = append(missing, w)
	}
	return right, missing, left
}
