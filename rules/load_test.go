package rules

import (
	"slices"
	"testing"
)

func TestBuiltinSetsAreSound(t *testing.T) {
	for _, id := range BuiltinIDs() {
		t.Run(string(id), func(t *testing.T) {
			files, err := BuiltinFiles(id)
			if err != nil {
				t.Fatal(err)
			}
			set, err := Load(files)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: %d situations told apart, edition %s", set.Title, set.Situations(), set.Edition)
		})
	}
}

// TestEverySituationHasOneRow walks every situation the tables of the shipped sets
// tell apart and counts the rows that answer it. The loader proves the same by the
// sizes of boxes; this is the slow way, which knows no boxes.
func TestEverySituationHasOneRow(t *testing.T) {
	withoutRaces(t)
	var total uint64
	for id, set := range builtinByID(t) {
		var walked uint64
		for _, table := range set.tables {
			walked += table.walk(t, set)
		}
		if walked != set.Situations() {
			t.Errorf("%s: walked %d situations, the check covers %d", id, walked, set.Situations())
		}
		total += walked
	}
	if total < 100000 {
		t.Fatalf("only %d situations", total)
	}
	t.Logf("%d situations, each answered by one row", total)
}

// walk counts the situations of a table, one value a column at a time.
func (t *table) walk(tt *testing.T, set *Set) (walked uint64) {
	at := make([]int, len(t.columns))
	for {
		walked++
		answers := 0
		for _, r := range t.rows {
			outside := slices.ContainsFunc(t.columns, func(f factID) bool {
				i := slices.Index(t.columns, f)
				return r.masks[i]>>at[i]&1 == 0
			})
			if !outside {
				answers++
			}
		}
		if answers != 1 {
			tt.Fatalf("%s: %d rows answer %v of %v", t.sheet.file, answers, at, t.factNames())
		}
		i := 0
		for ; i < len(at); i++ {
			if at[i]++; at[i] < set.domains[t.columns[i]].size() {
				break
			}
			at[i] = 0
		}
		if i == len(at) {
			return walked
		}
	}
}
