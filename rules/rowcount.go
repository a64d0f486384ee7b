package rules

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// A row that a spreadsheet loses from a decision table is a gap. A row lost from a
// list (papers, hours, offices, examples, the letter) would be missed by nobody, so
// about.csv keeps how many rows each of these files has, as a ledger keeps its sum:
//
//	rows,documents=57|examples=55|hours=8

// counted are the files about.csv may keep the number of rows of.
var counted = []string{"documents", "examples", "hours", "letter", "offices", "sources", "words"}

// checkRowCounts holds the files against the numbers kept of them.
func (l *loader) checkRowCounts() {
	if l.set.About["rows"] == "" {
		return // reported as missing
	}
	kept := map[string]string{}
	for _, part := range strings.Split(l.set.About["rows"], "|") {
		name, n, found := strings.Cut(part, "=")
		if !found || !slices.Contains(counted, name) || kept[name] != "" {
			l.rowCountFault(fmt.Sprintf("%q is not file=number: write, where no row is lost, %s", part, l.countAll()))
			return
		}
		kept[name] = n
	}
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		if n, ok := l.countRows(name + ".csv"); !ok || fmt.Sprint(n) != kept[name] {
			l.rowCountFault(fmt.Sprintf("%s.csv has %d rows, not %s: where no row is lost or too many, write %s=%d", name, n, kept[name], name, n))
		}
	}
}

func (l *loader) rowCountFault(detail string) {
	l.faults.add(Fault{Kind: FaultRowCount, File: "about.csv", Line: l.lines["about.csv rows"], Column: 2, Detail: detail})
}

// countAll is what about.csv would keep of the folder as it is.
func (l *loader) countAll() string {
	var parts []string
	for _, name := range counted {
		if n, ok := l.countRows(name + ".csv"); ok {
			parts = append(parts, fmt.Sprintf("%s=%d", name, n))
		}
	}
	return strings.Join(parts, "|")
}

// countRows counts the rows under the header; ok is false where the file cannot be
// read, which is reported elsewhere for every file a set must have.
func (l *loader) countRows(file string) (n int, ok bool) {
	data, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		return 0, false
	}
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	return max(len(records)-1, 0), err == nil
}

// checkUnusedWords names the words and places that no row uses: what is left over
// where a row was lost.
func (l *loader) checkUnusedWords() {
	if l.own == nil {
		return // no words.csv: reported
	}
	own := l.own
	used := map[string]bool{}
	for _, t := range l.set.tables {
		if t == nil {
			return // a table that cannot be read is reported; its words are not known
		}
		for _, r := range t.rows {
			for _, out := range r.out {
				for _, w := range listWords(out) {
					used[w] = true
				}
			}
		}
	}
	for _, r := range own.rows {
		if id := own.cell(r, "id"); !used[id] {
			l.faults.add(Fault{Kind: FaultUnusedWord, File: own.file, Line: r.line, Column: own.column("id") + 1, Detail: fmt.Sprintf("no row uses %q", id)})
		}
	}
	for _, o := range l.set.offices {
		if o.Kind != "contact" && !used[o.ID] {
			l.faults.add(Fault{Kind: FaultUnusedWord, File: "offices.csv", Line: l.lines["offices.csv "+o.ID], Column: 1, Detail: fmt.Sprintf("no row of places.csv names %q", o.ID)})
		}
	}
}
