package rules

import "testing"

// Run with: go test -bench . -run '^$' ./rules
//
// One decision is one situation through all twelve tables into a whole plan. The
// limit to hold it against is what generated Go needs for tables of this size:
// about a microsecond; a general expression library needs about fifty.

func BenchmarkDecide(b *testing.B) {
	sets, err := Builtin()
	if err != nil {
		b.Fatal(err)
	}
	type one struct {
		set *Set
		in  Situation
	}
	var all []one
	for _, set := range sets {
		for _, e := range set.Examples() {
			all = append(all, one{set, e.Situation})
		}
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		c := all[i%len(all)]
		c.set.Decide(c.in)
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
}

func BenchmarkLoadAndCheck(b *testing.B) {
	files, err := BuiltinFiles("kagoshima-center")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Load(files); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkQuestions decides with nothing known but the procedure: the longest
// way through the tables.
func BenchmarkQuestions(b *testing.B) {
	sets, err := Builtin()
	if err != nil {
		b.Fatal(err)
	}
	in := Situation{Municipality: sets[0].ID, Procedure: Procedures{PINReset}}
	in.On, _ = ParseDate("2026-11-24")
	b.ReportAllocs()
	for b.Loop() {
		sets[0].Decide(in)
	}
}
