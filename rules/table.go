package rules

import (
	"fmt"
	"slices"
	"strings"
)

// A decision table: condition columns headed with fact names, output columns,
// and for every row an id, its basis, what it cites and the days it holds.

type tableID uint8

const (
	tableCapacity tableID = iota
	tableBlocks
	tablePINs
	tablePapers
	tableProofs
	tableExtras
	tableVisits
	tablePlaces
	tableFees
	tableDates
	tableSteps
	tableNotes
	tableCount
)

type outputKind uint8

const (
	outCapacity     outputKind = iota // a capacity, or - where the source does not say
	outOutcome                        // an outcome, or -
	outRequirements                   // requirement words, or -
	outPIN                            // how a PIN comes in
	outNumber                         // 0..3
	outLines                          // line words, or -
)

type outputSpec struct {
	name string
	kind outputKind
}

type tableSpec struct {
	file    string
	outputs []outputSpec
}

var tableSpecs = [tableCount]tableSpec{
	tableCapacity: {"capacity.csv", []outputSpec{{"capacity-is", outCapacity}, {"lines", outLines}}},
	tableBlocks:   {"blocks.csv", []outputSpec{{"outcome", outOutcome}, {"lines", outLines}}},
	tablePINs: {"pins.csv", []outputSpec{{"signature", outPIN}, {"user-identification", outPIN},
		{"resident-registration", outPIN}, {"card-info-input", outPIN}}},
	tablePapers: {"papers.csv", []outputSpec{{"requirements", outRequirements}, {"lines", outLines}}},
	tableProofs: {"proofs.csv", []outputSpec{{"requirements", outRequirements}}},
	tableExtras: {"extras.csv", []outputSpec{{"requirements", outRequirements}}},
	tableVisits: {"visits.csv", []outputSpec{{"visits", outNumber}, {"letters", outLines}, {"outcome", outOutcome}, {"lines", outLines}}},
	tablePlaces: {"places.csv", []outputSpec{{"lines", outLines}}},
	tableFees:   {"fees.csv", []outputSpec{{"lines", outLines}}},
	tableDates:  {"dates.csv", []outputSpec{{"lines", outLines}}},
	tableSteps:  {"steps.csv", []outputSpec{{"lines", outLines}}},
	tableNotes:  {"notes.csv", []outputSpec{{"lines", outLines}}},
}

var rowColumns = []string{"id", "basis", "cites", "from", "until"}

// pinWords are the outputs of pins.csv: not asked for, entered with the number
// that is set, set anew where it was lost, set anew always, and the same three
// through the letter; unstated where the source leaves it open.
var pinWords = []string{none, "enter", "reset", "new", "letter", "letter-reset", "letter-new", "unstated"}

type table struct {
	id      tableID
	sheet   *sheet
	columns []factID // conditions, `on` last
	rows    []*row
	cells   [][]*cell  // per row, per column
	words   int        // for the rows, 64 in a word
	holding [][]uint64 // per column, the rows that hold for each value of its fact, as words
}

type row struct {
	table   tableID
	id      string
	line    int
	basis   Status
	sources []Source
	masks   []uint64 // per column of its table
	out     []string // per output column, as written
	effect  effect   // the outputs, ready for a plan
	because []string // situation keys behind the conditions that are not *
	answer  int      // the same for all rows of the table that decide the same
}

// parseTable reads the cells of a table; bands are cut later, when all tables are known.
func (l *loader) parseTable(id tableID) *table {
	spec := tableSpecs[id]
	s, ok := readSheet(l.fsys, spec.file, &l.faults)
	if !ok {
		return nil
	}
	t := &table{id: id, sheet: s}
	required := slices.Clone(rowColumns)
	for _, o := range spec.outputs {
		required = append(required, o.name)
	}
	for i, h := range s.header {
		f, isFact := factByName(h)
		if slices.Contains(required, h) {
			continue
		}
		if !isFact || f == factOn {
			l.faults.add(Fault{Kind: FaultHeader, File: s.file, Line: 1, Column: i + 1, Detail: fmt.Sprintf("column %q is neither a fact nor an output of this table", h)})
			continue
		}
		t.columns = append(t.columns, f)
	}
	t.columns = append(t.columns, factOn)
	if !s.need(&l.faults, required, t.factNames()...) {
		return nil
	}
	seen := map[string]bool{}
	for _, r := range s.rows {
		l.parseRow(t, r, seen)
	}
	return t
}

func (t *table) factNames() []string {
	names := make([]string, len(t.columns))
	for i, f := range t.columns {
		names[i] = factSpecs[f].name
	}
	return names
}

func (l *loader) parseRow(t *table, r sheetRow, seen map[string]bool) {
	s := t.sheet
	s.checkDamage(&l.faults, r, s.header...)
	out := &row{table: t.id, id: s.cell(r, "id"), line: r.line}
	if out.id == "" || seen[out.id] {
		l.faults.add(Fault{Kind: FaultDuplicate, File: s.file, Line: r.line, Column: s.column("id") + 1, Detail: fmt.Sprintf("row id %q is empty or stands twice in this table", out.id)})
	}
	seen[out.id] = true
	out.basis = l.parseBasis(s, r)
	out.sources = l.parseCites(s, r, out.basis)
	cells := make([]*cell, len(t.columns))
	for i, f := range t.columns {
		if f == factOn {
			cells[i] = l.parsePeriod(s, r)
			continue
		}
		name := factSpecs[f].name
		text := s.cell(r, name)
		c, err := parseCell(f, text)
		if err != nil {
			l.unknownWord(s, r, name, err)
		}
		if cells[i] = l.share(name+" "+text, c); !c.any {
			out.because = append(out.because, factSpecs[f].keys...)
		}
	}
	for _, o := range tableSpecs[t.id].outputs {
		text := s.cell(r, o.name)
		l.checkOutput(s, r, o, text)
		out.out = append(out.out, text)
	}
	t.rows = append(t.rows, out)
	t.cells = append(t.cells, cells)
}

// share keeps one of the cells that read the same.
func (l *loader) share(text string, c cell) *cell {
	if l.cells == nil {
		l.cells = map[string]*cell{}
	}
	if l.cells[text] == nil {
		l.cells[text] = &c
	}
	return l.cells[text]
}

func (l *loader) unknownWord(s *sheet, r sheetRow, column string, err error) {
	l.faults.add(Fault{Kind: FaultUnknownWord, File: s.file, Line: r.line, Column: s.column(column) + 1, Detail: err.Error()})
}

func (l *loader) parseBasis(s *sheet, r sheetRow) Status {
	b := Status(s.cell(r, "basis"))
	if !slices.Contains([]Status{Stated, Inferred, NotStated, NotPossible}, b) {
		l.unknownWord(s, r, "basis", fmt.Errorf("basis %q: use stated, inferred, not-stated or not-possible", b))
	}
	return b
}

// parsePeriod reads the days a row holds: from and until, both included, empty
// for unbounded.
func (l *loader) parsePeriod(s *sheet, r sheetRow) *cell {
	c := cell{spans: []span{{leastNumber, greatestNumber}}}
	read := func(column string, to *int32) {
		text := s.cell(r, column)
		if text == "" {
			return
		}
		d, err := ParseDate(text)
		if err != nil {
			l.unknownWord(s, r, column, err)
			return
		}
		*to = int32(d)
	}
	read("from", &c.spans[0].from)
	read("until", &c.spans[0].to)
	return l.share(s.cell(r, "from")+".."+s.cell(r, "until"), c)
}

func (l *loader) checkOutput(s *sheet, r sheetRow, o outputSpec, text string) {
	bad := func(format string, args ...any) {
		l.unknownWord(s, r, o.name, fmt.Errorf(format, args...))
	}
	switch o.kind {
	case outCapacity:
		if text != none && !slices.Contains(factSpecs[factCapacity].words, text) {
			bad("capacity %q is unknown", text)
		}
	case outOutcome:
		if !slices.Contains([]string{none, string(VisitAgain), string(GoElsewhere), string(OutcomeNever), string(AskSupervisor)}, text) {
			bad("outcome %q is unknown", text)
		}
	case outPIN:
		if !slices.Contains(pinWords, text) {
			bad("PIN entry %q is unknown: use one of %s", text, strings.Join(pinWords, ", "))
		}
	case outNumber:
		if !slices.Contains([]string{"0", "1", "2", "3"}, text) {
			bad("%q is not a number of visits", text)
		}
	case outRequirements, outLines:
		for _, w := range listWords(text) {
			if !l.knows(o.kind, w) {
				bad("word %q is defined neither in words.csv nor in the vocabulary", w)
			}
		}
	}
}

// listWords splits an output cell that names several words.
func listWords(text string) []string {
	if text == none {
		return nil
	}
	return strings.Split(text, "|")
}
