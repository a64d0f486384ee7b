package rules

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
)

// memory copies a rule set into memory, so that a test can break it.
func memory(t testing.TB, id MunicipalityID) fstest.MapFS {
	t.Helper()
	files, err := BuiltinFiles(id)
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(files, "*")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files in %s: %v", id, err)
	}
	copied := fstest.MapFS{}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		copied[name] = &fstest.MapFile{Data: data}
	}
	return copied
}

func records(t testing.TB, files fstest.MapFS, name string) [][]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(files[name].Data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func csvBytes(t testing.TB, records [][]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(records); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// structural are the faults that show a broken partition; a mutant must not be
// caught by its examples alone.
var structural = []FaultKind{FaultGap, FaultDayGap, FaultOverlap, FaultDayOverlap}

// TestEveryMutantIsReported deletes, duplicates and widens every single row of
// every table of every shipped set.
func TestEveryMutantIsReported(t *testing.T) {
	withoutRaces(t)
	for _, id := range BuiltinIDs() {
		t.Run(string(id), func(t *testing.T) {
			t.Parallel()
			files := memory(t, id)
			// A broken partition must show without any example's help.
			files["examples.csv"] = &fstest.MapFile{Data: []byte("name,on\n")}
			words, err := loadVocabulary()
			if err != nil {
				t.Fatal(err)
			}
			whole := readTables(files, words)
			mutants := 0
			try := func(id tableID, rows [][]string, what string) {
				file := tableSpecs[id].file
				mutants++
				var faults Faults
				if _, err := whole.mutant(id, file, csvBytes(t, rows)).finish(); !errors.As(err, &faults) {
					t.Errorf("%s: %s: not reported (%v)", file, what, err)
					return
				}
				if !slices.ContainsFunc(faults, func(f Fault) bool { return slices.Contains(structural, f.Kind) && f.Situation != "" }) {
					t.Errorf("%s: %s: no gap or overlap named: %v", file, what, faults[0])
				}
			}
			for id, spec := range tableSpecs {
				mutate(records(t, files, spec.file), func(rows [][]string, what string) { try(tableID(id), rows, what) })
			}
			if mutants < 300 {
				t.Fatalf("only %d mutants", mutants)
			}
			t.Logf("%d mutants, every one reported", mutants)
		})
	}
}

// TestEveryMutantOfAListIsReported deletes and duplicates every single row of every
// file of every shipped set that is no decision table: words, papers, offices,
// hours, examples, sources, the letter, and what about.csv says.
func TestEveryMutantOfAListIsReported(t *testing.T) {
	withoutRaces(t)
	for _, id := range BuiltinIDs() {
		t.Run(string(id), func(t *testing.T) {
			t.Parallel()
			files, mutants := memory(t, id), 0
			words, err := loadVocabulary()
			if err != nil {
				t.Fatal(err)
			}
			whole := readTables(files, words)
			if len(whole.faults) > 0 {
				t.Fatal(whole.faults)
			}
			for name := range files {
				if slices.ContainsFunc(tableSpecs[:], func(s tableSpec) bool { return s.file == name }) {
					continue
				}
				rows := records(t, files, name)
				for i := 1; i < len(rows); i++ {
					for what, mutant := range map[string][][]string{"delete": slices.Delete(slices.Clone(rows), i, i+1), "duplicate": append(slices.Clone(rows), rows[i])} {
						mutants++
						changed := overlay{FS: files, name: name, file: fstest.MapFS{name: &fstest.MapFile{Data: csvBytes(t, mutant)}}}
						if listFaults(whole, changed) > 0 {
							continue
						}
						var faults Faults
						if _, err := loadWith(changed, words); !errors.As(err, &faults) {
							t.Errorf("%s: %s %s: not reported (%v)", name, what, rows[i][0], err)
						}
					}
				}
			}
			if mutants < 100 {
				t.Fatalf("only %d mutants", mutants)
			}
			t.Logf("%d mutants, every one reported", mutants)
		})
	}
}

// listFaults counts the faults that a load of a changed folder meets first: the
// numbers of rows, then the cells. A load has all of them, and more.
func listFaults(whole *loader, changed fs.FS) int {
	counted := *whole
	counted.fsys, counted.faults = changed, slices.Clone(whole.faults)
	counted.checkRowCounts()
	if len(counted.faults) > 0 {
		return len(counted.faults)
	}
	return len(readTables(changed, whole.words).faults)
}

// mutant is a folder as it was read, with one table read anew: the other files
// need not be read for every mutant.
func (l *loader) mutant(id tableID, file string, data []byte) *loader {
	changed, set := *l, *l.set
	changed.set = &set
	changed.faults = slices.Clone(l.faults)
	changed.fsys = overlay{FS: l.fsys, name: file, file: fstest.MapFS{file: &fstest.MapFile{Data: data}}}
	set.tables[id] = changed.parseTable(id)
	return &changed
}

// overlay is a folder with one file in the place of another.
type overlay struct {
	fs.FS
	name string
	file fs.FS
}

func (o overlay) Open(name string) (fs.File, error) {
	if name == o.name {
		return o.file.Open(name)
	}
	return o.FS.Open(name)
}

func mutate(rows [][]string, try func(rows [][]string, what string)) {
	header := rows[0]
	for i := 1; i < len(rows); i++ {
		id := rows[i][0]
		try(slices.Delete(slices.Clone(rows), i, i+1), "delete "+id)
		double := slices.Clone(rows[i])
		double[0] += "-double"
		try(append(slices.Clone(rows), double), "duplicate "+id)
		for c, name := range header {
			everything := "*"
			if name == "from" || name == "until" {
				everything = ""
			} else if _, isFact := factByName(name); !isFact {
				continue
			}
			if rows[i][c] == everything {
				continue
			}
			wide := slices.Clone(rows[i])
			wide[c] = everything
			widened := slices.Clone(rows)
			widened[i] = wide
			try(widened, "widen "+name+" of "+id)
		}
	}
}

// TestFaultsAreNamed breaks one thing at a time and expects its name.
func TestFaultsAreNamed(t *testing.T) {
	edit := func(file, from, to string) func(fstest.MapFS) {
		return func(files fstest.MapFS) {
			files[file] = &fstest.MapFile{Data: bytes.Replace(files[file].Data, []byte(from), []byte(to), 1)}
		}
	}
	cases := []struct {
		name string
		edit func(fstest.MapFS)
		want FaultKind
		file string
	}{
		{"unknown word in a condition", edit("papers.csv", ",certificate-issue", ",certificate-isue"), FaultUnknownWord, "papers.csv"},
		{"an id that is no folder name", edit("about.csv", "\nid,kagoshima-center", "\nid,../kagoshima"), FaultUnknownWord, "about.csv"},
		{"no id", edit("about.csv", "\nid,kagoshima-center", "\nid,"), FaultHeader, "about.csv"},
		{"a doubled key", edit("about.csv", "\nid,", "\nid,x,\nid,"), FaultDuplicate, "about.csv"},
		{"a lost row of a list", edit("about.csv", "documents=0", "documents=1"), FaultRowCount, "about.csv"},
		{"no sense in the counts", edit("about.csv", "documents=0", "documents"), FaultRowCount, "about.csv"},
		{"a word nobody uses", edit("words.csv", "id,ja,easy,en\n", "id,ja,easy,en\nkgc/nobody,x,x,x\n"), FaultUnusedWord, "words.csv"},
		{"an office nobody names", edit("offices.csv", "\ncall-center,contact,", "\ncall-center,counter,"), FaultUnusedWord, "offices.csv"},
		{"a doubled office", edit("offices.csv", "\ncall-center,", "\ncenter,"), FaultDuplicate, "offices.csv"},
		{"a doubled source", edit("sources.csv", "\n", "\n000_25ff70f4c1f46c7d.txt,x,1,x,2026-11-22\n"), FaultDuplicate, "sources.csv"},
		{"unknown requirement", edit("papers.csv", "holder-card|visitor-a1,", "holder-card|visitor-a9,"), FaultUnknownWord, "papers.csv"},
		{"unknown outcome", edit("blocks.csv", ",visit-again,kgc/too-early", ",come-again,kgc/too-early"), FaultUnknownWord, "blocks.csv"},
		{"number that is none", edit("proofs.csv", "<15", "under15"), FaultUnknownWord, "proofs.csv"},
		{"unknown column", edit("papers.csv", "card-kind,requirements", "card-colour,requirements"), FaultHeader, "papers.csv"},
		{"missing column", edit("papers.csv", "basis,", "bases,"), FaultHeader, "papers.csv"},
		{"missing table", func(files fstest.MapFS) { delete(files, "visits.csv") }, FaultMissing, "visits.csv"},
		{"uncited row", edit("papers.csv", "paper-issue-holder,stated,32-38", "paper-issue-holder,stated,"), FaultUncited, "papers.csv"},
		{"line that is not there", edit("papers.csv", "stated,32-38", "stated,32-380"), FaultDangling, "papers.csv"},
		{"source that is not there", edit("papers.csv", "stated,32-38", "stated,2:32-38"), FaultDangling, "papers.csv"},
		{"gap on a day", edit("papers.csv", "stated,32-38,,", "stated,32-38,2026-04-01,"), FaultDayGap, "papers.csv"},
		{"byte-order mark", edit("papers.csv", "id,", "\xef\xbb\xbfid,"), FaultDamage, "papers.csv"},
		{"not UTF-8", edit("papers.csv", "-", "\x83\x7d"), FaultDamage, "papers.csv"},
		{"rewritten date", edit("papers.csv", "stated,32-38,,", "stated,32-38,2026/4/1,"), FaultDamage, "papers.csv"},
		{"full-width digit", edit("proofs.csv", "<15", "＜１５"), FaultDamage, "proofs.csv"},
		{"lost zero", edit("offices.csv", "099-833-9019", "998339019"), FaultDamage, "offices.csv"},
		{"a broken line", edit("papers.csv", "paper-issue-holder", "\"paper-issue-holder"), FaultUnreadable, "papers.csv"},
		{"an example that disagrees", edit("examples.csv", ",stated,proceed,1,", ",stated,proceed,2,"), FaultExample, "examples.csv"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			files := memory(t, "kagoshima-center")
			before := string(files[c.file].Data)
			c.edit(files)
			if now, ok := files[c.file]; ok && string(now.Data) == before {
				t.Fatal("the edit changed nothing")
			}
			var faults Faults
			if _, err := Load(files); !errors.As(err, &faults) {
				t.Fatalf("not reported: %v", err)
			}
			if !slices.ContainsFunc(faults, func(f Fault) bool { return f.Kind == c.want && f.File == c.file }) {
				t.Errorf("want %s in %s, got\n%v", c.want, c.file, faults)
			}
			wholeFile := []FaultKind{FaultMissing, FaultUnreadable, FaultDamage}
			for _, f := range faults {
				if f.Line == 0 && !slices.Contains(wholeFile, f.Kind) {
					t.Errorf("no line: %v", f)
				}
			}
		})
	}
}

// TestOverlapOnADay splits a row in two by date so that they meet on one day.
func TestOverlapOnADay(t *testing.T) {
	files := memory(t, "kagoshima-center")
	rows := records(t, files, "fees.csv")
	until, from := slices.Clone(rows[1]), slices.Clone(rows[1])
	until[0], until[4] = "fee-old", "2026-04-01"
	from[0], from[3] = "fee-new", "2026-04-01"
	files["fees.csv"] = &fstest.MapFile{Data: csvBytes(t, [][]string{rows[0], until, from})}
	var faults Faults
	if _, err := Load(files); !errors.As(err, &faults) || faults[0].Kind != FaultDayOverlap {
		t.Fatalf("want %s, got %v", FaultDayOverlap, err)
	}
}

func TestUnusedFact(t *testing.T) {
	files := memory(t, "kagoshima-center")
	rows := records(t, files, "fees.csv")
	for i := range rows {
		cell := "*"
		if i == 0 {
			cell = "face-full"
		}
		rows[i] = append(rows[i], cell)
	}
	files["fees.csv"] = &fstest.MapFile{Data: csvBytes(t, rows)}
	var faults Faults
	if _, err := Load(files); !errors.As(err, &faults) || faults[0].Kind != FaultUnusedFact {
		t.Fatalf("want %s, got %v", FaultUnusedFact, err)
	}
}

// withoutRaces leaves a test that tries everything, one after the other, to the run
// without the race detector: it would only be slower here.
func withoutRaces(t *testing.T) {
	t.Helper()
	if raced {
		t.Skip("run without -race: the unit tests do so next")
	}
}
