package rules

import (
	"fmt"
	"slices"
	"strings"
)

// SheetTable is one table of a rule set in Japanese words, for the supervisor who
// signs it: every row with its conditions, what it decides, and what it rests on.
type SheetTable struct {
	File    string     `json:"file"`
	Title   string     `json:"title"`
	Columns []string   `json:"columns"` // conditions first, then outputs
	Rows    []SheetRow `json:"rows"`
}

// SheetRow is one row of a [SheetTable].
type SheetRow struct {
	ID      string   `json:"id"`
	Cells   []string `json:"cells"` // in the order of the table's columns
	Basis   string   `json:"basis"`
	Period  string   `json:"period"`
	Sources string   `json:"sources"`
}

// Sheet writes every table of the set in Japanese words: the decisions in the order
// in which they are worked, then the lists they lean on.
func (s *Set) Sheet() []SheetTable {
	var sheets []SheetTable
	for _, t := range s.tables {
		sheets = append(sheets, s.sheetOf(t))
	}
	return append(sheets, s.documentSheet(), s.officeSheet(), s.hoursSheet(), s.sourceSheet())
}

func (s *Set) sheetOf(t *table) SheetTable {
	name := strings.TrimSuffix(t.sheet.file, ".csv")
	out := SheetTable{File: t.sheet.file, Title: s.Label("table", name).Plain(), Rows: []SheetRow{}}
	for _, f := range t.columns[:len(t.columns)-1] {
		out.Columns = append(out.Columns, s.Label("fact", factSpecs[f].name).Plain())
	}
	for _, o := range tableSpecs[t.id].outputs {
		out.Columns = append(out.Columns, s.Label("output", o.name).Plain())
	}
	for i, r := range t.rows {
		row := SheetRow{ID: r.id, Basis: s.Label("status", string(r.basis)).Plain(), Sources: sourcesInWords(r.sources)}
		for c, f := range t.columns[:len(t.columns)-1] {
			row.Cells = append(row.Cells, s.cellInWords(f, t.cells[i][c]))
		}
		for o, spec := range tableSpecs[t.id].outputs {
			row.Cells = append(row.Cells, s.outputInWords(spec.kind, r.out[o]))
		}
		row.Period = periodInWords(t.cells[i][len(t.columns)-1].spans[0])
		out.Rows = append(out.Rows, row)
	}
	return out
}

func (s *Set) cellInWords(f factID, c *cell) string {
	if c.any {
		return "―"
	}
	var parts []string
	for _, w := range c.words {
		label := s.Label(factSpecs[f].name, w)
		if label.Ja == "" {
			label = s.Label("answer", w)
		}
		parts = append(parts, label.Plain())
	}
	for _, sp := range c.spans {
		parts = append(parts, sp.inWords())
	}
	if c.none {
		parts = append(parts, "なし")
	}
	return strings.Join(parts, "・")
}

func (sp span) inWords() string {
	switch {
	case sp.from == leastNumber:
		return fmt.Sprintf("%d未満", sp.to+1)
	case sp.to == greatestNumber:
		return fmt.Sprintf("%d以上", sp.from)
	case sp.from == sp.to:
		return fmt.Sprint(sp.from)
	}
	return fmt.Sprintf("%d〜%d", sp.from, sp.to)
}

func periodInWords(sp span) string {
	switch {
	case sp.from == leastNumber && sp.to == greatestNumber:
		return ""
	case sp.from == leastNumber:
		return InEra(Date(sp.to)) + "まで"
	case sp.to == greatestNumber:
		return InEra(Date(sp.from)) + "から"
	}
	return InEra(Date(sp.from)) + "から" + InEra(Date(sp.to)) + "まで"
}

func sourcesInWords(sources []Source) string {
	var parts []string
	for _, src := range sources {
		parts = append(parts, src.Lines)
	}
	if len(parts) == 0 {
		return "―"
	}
	return strings.Join(parts, ", ") + "行"
}

func (s *Set) outputInWords(kind outputKind, text string) string {
	name := map[outputKind]string{outCapacity: "capacity", outOutcome: "outcome", outPIN: "pin-entry"}[kind]
	switch kind {
	case outCapacity, outOutcome, outPIN:
		if text == none {
			return "―"
		}
		return s.Label(name, text).Plain()
	case outNumber:
		return text + "回"
	}
	var parts []string
	for _, w := range listWords(text) {
		parts = append(parts, s.wordInWords(kind, w))
	}
	if len(parts) == 0 {
		return "―"
	}
	return strings.Join(parts, " / ")
}

func (s *Set) wordInWords(kind outputKind, word string) string {
	if kind == outRequirements {
		return s.words.requirements[word].text.Plain()
	}
	if i := slices.IndexFunc(s.offices, func(o Office) bool { return o.ID == word }); i >= 0 {
		return s.offices[i].Title.Plain()
	}
	return s.words.lines[word].Plain()
}

// valuesInWords names the values of a fact that a set of bits holds.
func (v *vocabulary) valuesInWords(d domain, mask uint64) []string {
	spec := factSpecs[d.fact]
	var out []string
	for i, w := range spec.words {
		if mask&(1<<i) == 0 {
			continue
		}
		label, ok := v.labels[spec.name+"/"+w]
		if !ok {
			label = v.labels["answer/"+w]
		}
		if label.Ja == "" {
			label.Ja = w
		}
		out = append(out, label.Plain())
	}
	for i, low := range d.cuts {
		if mask&(1<<i) != 0 {
			out = append(out, d.bandInWords(i, low))
		}
	}
	if spec.hasNone && mask&d.noneBit() != 0 {
		out = append(out, "なし")
	}
	return out
}

func (d domain) bandInWords(i int, low int32) string {
	write := func(n int32) string {
		if d.fact == factOn {
			return Date(n).String()
		}
		return fmt.Sprint(n)
	}
	switch {
	case low == leastNumber && i+1 == len(d.cuts):
		return "すべて"
	case low == leastNumber:
		return write(d.cuts[i+1]) + "より前"
	case i+1 == len(d.cuts):
		return write(low) + "以後"
	}
	return write(low) + "〜" + write(d.cuts[i+1]-1)
}
