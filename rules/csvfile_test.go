package rules

import (
	"bytes"
	"io/fs"
	"testing"
)

// TestShippedTablesAreCanonical: loading and writing a shipped table gives the
// same bytes, so a diff of two editions shows decisions and nothing else.
func TestShippedTablesAreCanonical(t *testing.T) {
	for _, id := range BuiltinIDs() {
		files := memory(t, id)
		for name, f := range files {
			var faults Faults
			s, ok := parseSheet(name, f.Data, &faults)
			if !ok || len(faults) > 0 {
				t.Fatalf("%s: %v", name, faults)
			}
			got, err := s.bytes()
			if err != nil || !bytes.Equal(got, f.Data) {
				t.Errorf("%s/%s: not in canonical form (%v)", id, name, err)
			}
		}
	}
}

// FuzzSheet holds the law that what was read and written reads back the same,
// and is written the same.
func FuzzSheet(f *testing.F) {
	for _, id := range BuiltinIDs() {
		files := memory(f, id)
		names, _ := fs.Glob(files, "*.csv")
		for _, name := range names {
			f.Add(files[name].Data)
		}
	}
	f.Add([]byte("a,b\n\"x\ny\",\"\"\"\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var faults Faults
		s, ok := parseSheet("fuzz.csv", data, &faults)
		if !ok {
			if len(faults) == 0 {
				t.Fatal("refused without a fault")
			}
			return
		}
		first, err := s.bytes()
		if err != nil {
			t.Fatal(err)
		}
		var again Faults
		s2, ok := parseSheet("fuzz.csv", first, &again)
		if !ok {
			t.Fatalf("cannot read what was written: %v", again)
		}
		second, err := s2.bytes()
		if err != nil || !bytes.Equal(first, second) {
			t.Fatalf("written differently the second time: %v\n%q\n%q", err, first, second)
		}
	})
}

// FuzzCell: a condition cell is understood or refused, and never matches outside its domain.
func FuzzCell(f *testing.F) {
	for _, s := range []string{"*", "-", "<15", "15..17", ">=18", "7", "-|<90", "parent|other", "yes", "15..", "..3", "٣"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for id := range factCount {
			c, err := parseCell(id, text)
			if err != nil {
				continue
			}
			d := domain{fact: id, cuts: []int32{leastNumber, 0, 15, 18, 90}}
			if !factSpecs[id].numeric {
				d.cuts = nil
			}
			if m := c.mask(d); m&^d.all() != 0 {
				t.Fatalf("%q of %s: bits %b outside %b", text, factSpecs[id].name, m, d.all())
			}
		}
	})
}

// FuzzSituation: any text is a situation or gets one sentence.
func FuzzSituation(f *testing.F) {
	f.Add([]byte(`{"municipality":"kagoshima-center","procedure":"pin-reset","on":"2026-11-24","visitor":{"kind":"parent"}}`))
	f.Add([]byte(`[{"municipality":"kasugai","procedure":["pin-reset","certificate-renewal"],"on":"2026-11-24"}]`))
	f.Add([]byte(`{"on":"2026-02-30"}`))
	f.Add([]byte(``))
	sets, err := Builtin()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		situations, _, err := ParseSituations(data)
		if err != nil {
			if err.Error() == "" {
				t.Fatal("an error without a sentence")
			}
			return
		}
		for _, s := range situations {
			p := sets[0].Decide(s)
			if p.Outcome == "" || p.Status == "" || p.Questions == nil || p.Requirements == nil {
				t.Fatalf("half a plan: %+v", p)
			}
		}
	})
}
