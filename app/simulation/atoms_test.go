package simulation

import (
	"testing"

	"madoguchi/rules"
)

func paper(of rules.Party, alternatives ...[]rules.ClassCount) Paper {
	return Paper{Of: of, AnyOf: alternatives}
}

func n(class rules.DocumentClass, count int) rules.ClassCount {
	return rules.ClassCount{Class: class, Count: count}
}

// Two ways to write the same papers are the same.
func TestAtomsAreOneForOneMeaning(t *testing.T) {
	cases := []struct {
		name string
		a, b []Paper
		same bool
	}{
		{"two of one, one and one", []Paper{paper("visitor", []rules.ClassCount{n("A", 2)})},
			[]Paper{paper("visitor", []rules.ClassCount{n("A", 1)}), paper("visitor", []rules.ClassCount{n("A", 1)})}, true},
		{"A or B is any identity paper", []Paper{paper("holder", []rules.ClassCount{n("A", 1)}, []rules.ClassCount{n("B", 1)})},
			[]Paper{paper("holder", []rules.ClassCount{n("any-id", 1)})}, true},
		{"what every alternative holds stands alone", []Paper{paper("visitor", []rules.ClassCount{n("A", 2)}, []rules.ClassCount{n("A", 1), n("B", 1)})},
			[]Paper{paper("visitor", []rules.ClassCount{n("any-id", 1)}), paper("visitor", []rules.ClassCount{n("A", 1)})}, true},
		{"the order of alternatives", []Paper{paper("visitor", []rules.ClassCount{n("letter", 1)}, []rules.ClassCount{n("A", 1), n("B", 1)})},
			[]Paper{paper("visitor", []rules.ClassCount{n("B", 1), n("A", 1)}, []rules.ClassCount{n("letter", 1)})}, true},
		{"whose it is counts", []Paper{paper("holder", []rules.ClassCount{n("A", 1)})}, []Paper{paper("visitor", []rules.ClassCount{n("A", 1)})}, false},
		{"one is not two", []Paper{paper("visitor", []rules.ClassCount{n("A", 1)})}, []Paper{paper("visitor", []rules.ClassCount{n("A", 2)})}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, missing, extra := compareAtoms(atomsOf(c.a), atomsOf(c.b))
			if got := len(missing)+len(extra) == 0; got != c.same {
				t.Errorf("missing %v, extra %v", missing, extra)
			}
		})
	}
}
