package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Set is one municipality's rule set, loaded, checked and compiled. It does not
// change after [Load]; any number of goroutines may decide with it.
type Set struct {
	ID         MunicipalityID
	Title      string
	Edition    string // fingerprint: SHA-256 in hex over all tables
	Superseded bool   // for training and archive only
	About      map[string]string

	tables    [tableCount]*table
	domains   [factCount]domain
	words     *vocabulary
	offices   []Office
	hours     []openingHours
	documents []Document
	sources   []sourceDocument
	titles    map[string]string            // of the source documents, by seed
	contacts  []PlaceLine                  // of every plan
	unasked   vector                       // before anything is asked: every fact can be everything
	examples  []map[DocumentClass][]string // per band of days
	pinTexts  [len(pinOrder)]map[PINEntry]Text
	sample    []Example
}

// loader carries what one Load collects.
type loader struct {
	fsys    fs.FS
	faults  Faults
	words   *vocabulary
	own     *sheet           // words.csv
	cells   map[string]*cell // one of those that read the same, by what they read
	lines   map[string]int   // where the rows of about.csv and offices.csv stand, by file and key
	sources []sourceDocument
	set     *Set
}

type sourceDocument struct {
	seed      string
	lines     int
	title     string
	published string
	readOn    string
}

// Load reads, checks and compiles the rule set in a folder. Where it is not
// sound the error is [Faults]: every fault of the folder, not the first.
func Load(fsys fs.FS) (*Set, error) {
	words, err := loadVocabulary()
	if err != nil {
		return nil, fmt.Errorf("reading the vocabulary: %w", err)
	}
	return loadWith(fsys, words)
}

// loadWith loads a set over a vocabulary that was read before.
func loadWith(fsys fs.FS, words *vocabulary) (*Set, error) {
	return readTables(fsys, words).finish()
}

// readTables reads a folder; what is wrong in a cell is in the loader's faults.
func readTables(fsys fs.FS, words *vocabulary) *loader {
	l := &loader{fsys: fsys, set: &Set{}, words: words}
	l.readAbout()
	l.readSources()
	l.readWords()
	l.readOffices()
	l.readHours()
	l.readDocuments()
	for id := range tableCount {
		l.set.tables[id] = l.parseTable(id)
	}
	return l
}

// finish compiles what was read, proves it whole, and decides its examples.
func (l *loader) finish() (*Set, error) {
	l.compile()
	l.checkTables()
	l.checkUnusedWords()
	l.checkRowCounts()
	l.readExamples()
	if len(l.faults) == 0 {
		l.checkExamples()
	}
	if len(l.faults) > 0 {
		l.faults.sort()
		return nil, l.faults
	}
	l.set.forget()
	edition, err := fingerprint(l.fsys)
	l.set.Edition = edition
	return l.set, err
}

// forget lets go of what only the loading needs.
func (s *Set) forget() {
	for _, t := range s.tables {
		t.sheet.rows = nil
	}
	for i := range s.sample {
		s.sample[i].expect = nil
	}
}

func (l *loader) readAbout() {
	s, ok := readSheet(l.fsys, "about.csv", &l.faults)
	if !ok || !s.need(&l.faults, []string{"key", "value"}, "cites") {
		return
	}
	l.set.About = map[string]string{}
	for _, r := range s.rows {
		l.once(s, r, l.set.About, s.cell(r, "key"), s.cell(r, "value"))
	}
	for _, key := range aboutKeys {
		missing := fmt.Sprintf("key %q is missing", key)
		if key == "rows" {
			missing += ": it keeps how many rows the lists have, such as " + l.countAll()
		}
		if value, ok := l.set.About[key]; !ok || value == "" && !slices.Contains([]string{"letter-title", "short-title"}, key) {
			l.faults.add(Fault{Kind: FaultHeader, File: s.file, Line: max(l.lines[s.file+" "+key], 1), Column: 1, Detail: missing})
		}
	}
	if id := l.set.About["id"]; id != "" && !setName.MatchString(id) {
		l.faults.add(Fault{Kind: FaultUnknownWord, File: s.file, Line: l.lines[s.file+" id"], Column: 2, Detail: fmt.Sprintf("id %q: use lower-case letters, digits and hyphens", id)})
	}
	l.set.ID, l.set.Title = MunicipalityID(l.set.About["id"]), l.set.About["title"]
	l.set.Superseded = l.set.About["superseded"] == "yes"
}

// setName is the form of a set's id: it is the name of a folder too.
var setName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// aboutKeys are the keys about.csv must have.
var aboutKeys = []string{"id", "title", "short-title", "superseded", "ask", "letter-title", "letter-has", "rows"}

// once keeps a value under its key; a key that stands twice is a fault.
func (l *loader) once(s *sheet, r sheetRow, into map[string]string, key, value string) {
	if _, twice := into[key]; twice || key == "" {
		l.faults.add(Fault{Kind: FaultDuplicate, File: s.file, Line: r.line, Column: 1, Detail: fmt.Sprintf("%q is empty or stands twice", key)})
	}
	into[key] = value
	if l.lines == nil {
		l.lines = map[string]int{}
	}
	l.lines[s.file+" "+key] = r.line
}

func (l *loader) readSources() {
	s, ok := readSheet(l.fsys, "sources.csv", &l.faults)
	if !ok || !s.need(&l.faults, []string{"seed", "title", "lines", "published", "read-on"}) {
		return
	}
	l.set.titles = map[string]string{}
	for _, r := range s.rows {
		s.checkDamage(&l.faults, r, "seed", "lines", "read-on")
		n, err := strconv.Atoi(s.cell(r, "lines"))
		if err != nil || n < 1 {
			l.unknownWord(s, r, "lines", fmt.Errorf("%q is not the number of lines of the source", s.cell(r, "lines")))
		}
		l.sources = append(l.sources, sourceDocument{s.cell(r, "seed"), n, s.cell(r, "title"), s.cell(r, "published"), s.cell(r, "read-on")})
		l.once(s, r, l.set.titles, s.cell(r, "seed"), s.cell(r, "title"))
	}
	l.set.sources = l.sources
}

// SourceTitles names the source documents of the set for people, by their seed.
func (s *Set) SourceTitles() map[string]string { return s.titles }

// parseCites reads `93-95|99`, lines of the set's first source, or `2:10-12`,
// lines of its second.
func (l *loader) parseCites(s *sheet, r sheetRow, basis Status) []Source {
	text := s.cell(r, "cites")
	if text == "" {
		if basis != NotStated {
			l.faults.add(Fault{Kind: FaultUncited, File: s.file, Line: r.line, Column: s.column("cites") + 1, Detail: fmt.Sprintf("a row that is %s must say which lines it rests on", basis)})
		}
		return []Source{}
	}
	sources := []Source{}
	for part := range strings.SplitSeq(text, "|") {
		src, err := l.parseCite(part)
		if err != nil {
			l.faults.add(Fault{Kind: FaultDangling, File: s.file, Line: r.line, Column: s.column("cites") + 1, Detail: err.Error()})
			continue
		}
		sources = append(sources, src)
	}
	return sources
}

func (l *loader) parseCite(part string) (Source, error) {
	number, lines, found := strings.Cut(part, ":")
	if !found {
		number, lines = "1", part
	}
	i, err := strconv.Atoi(number)
	if err != nil || i < 1 || i > len(l.sources) {
		return Source{}, fmt.Errorf("%q cites a source that sources.csv does not list", part)
	}
	doc := l.sources[i-1]
	from, to, isRange := strings.Cut(lines, "-")
	if !isRange {
		to = from
	}
	a, errA := strconv.Atoi(from)
	b, errB := strconv.Atoi(to)
	if errA != nil || errB != nil || a < 1 || b < a || b > doc.lines {
		return Source{}, fmt.Errorf("%q is not a range of the %d lines of %s", part, doc.lines, doc.seed)
	}
	return Source{Seed: doc.seed, Lines: lines}, nil
}

func (l *loader) readWords() {
	s, ok := readSheet(l.fsys, "words.csv", &l.faults)
	if !ok || !s.need(&l.faults, []string{"id", "ja", "easy", "en"}) {
		return
	}
	l.own = s
	own := l.words.clone()
	for _, r := range s.rows {
		id := s.cell(r, "id")
		if _, twice := own.lines[id]; twice || id == "" {
			l.faults.add(Fault{Kind: FaultDuplicate, File: s.file, Line: r.line, Column: 1, Detail: fmt.Sprintf("word %q is empty, stands twice, or is in the vocabulary already", id)})
		}
		own.lines[id] = textOf(s, r)
	}
	l.words = own
}

func (l *loader) knows(kind outputKind, word string) bool {
	if kind == outRequirements {
		_, ok := l.words.requirements[word]
		return ok
	}
	if _, ok := l.words.lines[word]; ok {
		return true
	}
	return slices.ContainsFunc(l.set.offices, func(o Office) bool { return o.ID == word })
}

// fingerprint is the SHA-256 over the names and contents of all tables; line
// ends do not count, so that a checkout on Windows has the same edition.
func fingerprint(fsys fs.FS) (string, error) {
	names, err := fs.Glob(fsys, "*.csv")
	if err != nil {
		return "", fmt.Errorf("listing tables: %w", err)
	}
	slices.Sort(names)
	h := sha256.New()
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return "", fmt.Errorf("reading %s: %w", name, err)
		}
		text := strings.ReplaceAll(string(data), "\r\n", "\n")
		fmt.Fprintf(h, "%s %d\n%s", name, len(text), text)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// readable are the tables whose every cell was understood. Only they can be held
// to be whole: a word nobody knows would show as a gap that is none.
func (l *loader) readable() []*table {
	var sound []*table
	for _, t := range l.set.tables {
		if t != nil && !slices.ContainsFunc(l.faults, func(f Fault) bool { return f.File == t.sheet.file && f.Kind == FaultUnknownWord }) {
			sound = append(sound, t)
		}
	}
	return sound
}

// compile cuts the numbers of all tables into bands and turns every cell into bits.
func (l *loader) compile() {
	set := l.set
	set.words = l.words
	set.pinTexts = l.words.pinTexts()
	for f := range factCount {
		set.domains[f] = domain{fact: f, cuts: l.cuts(f)}
		set.unasked[f] = set.domains[f].all()
	}
	for _, t := range l.readable() {
		for i, r := range t.rows {
			r.masks = make([]uint64, len(t.columns))
			for c, f := range t.columns {
				r.masks[c] = t.cells[i][c].mask(set.domains[f])
			}
			r.effect = l.effectOf(t, r)
		}
		t.indexRows(set)
		t.numberAnswers()
	}
	set.contacts = set.contactLines()
	set.examples = l.examplesByDay()
}

// cuts collects the numbers at which some cell of some table changes its answer.
func (l *loader) cuts(f factID) []int32 {
	if !factSpecs[f].numeric {
		return nil
	}
	at := map[int32]bool{leastNumber: true}
	add := func(s span) {
		if s.from > leastNumber {
			at[s.from] = true
		}
		if s.to < greatestNumber {
			at[s.to+1] = true
		}
	}
	for _, t := range l.readable() {
		for _, cells := range t.cells {
			for c, column := range t.columns {
				if column != f {
					continue
				}
				for _, s := range cells[c].spans {
					add(s)
				}
			}
		}
	}
	if f == factOn {
		for _, d := range l.set.documents {
			add(d.period())
		}
	}
	return slices.Sorted(maps.Keys(at))
}
