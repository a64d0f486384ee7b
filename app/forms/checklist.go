package forms

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"madoguchi/rules"
)

// Checklist is the page the visitor takes home: what was decided for one
// situation, and what to bring. It carries no person's name.
type Checklist struct {
	Plan rules.Plan
	// Second is the plan of the visit that brings the letter back, where one goes
	// out first ([LetterFirst]); nil: not known.
	Second     *rules.Plan
	Language   Language // empty: Japanese
	LargeType  bool     // 16 points and up; may take several pages
	NoReadings bool     // Japanese without furigana
	CaseNumber string   // printed when there is one
	Office     string   // name of the office that hands it out
	// LetterTitle is what the municipality calls the letter it mails; empty: the
	// vocabulary's name.
	LetterTitle string
	// SourceTitles names source documents for people; a document that is not
	// there is printed by its file name.
	SourceTitles map[string]string
}

// Sizes of the body text that are tried, largest first. Furigana of the rule
// tables' texts is half the size of the text: below 8.5 points it would not be
// read, and it is left out so that the rest stays large.
var (
	ordinarySizes = []float64{11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7}
	readingsSizes = ordinarySizes[:6]
)

// largeSize is the body text of the large-type version, in points.
const largeSize = 17

// The frame of the checklist in millimetres.
const (
	checklistLeft   = 15.0
	checklistTop    = 11.0
	checklistWidth  = 180.0
	checklistBottom = 287.0
)

// MakeChecklist lays the checklist out: one A4 page in the largest size that
// fits, from 11 points down to 7; then it is refused with an [OverflowError].
// In large type it runs over as many pages as it takes.
func MakeChecklist(fonts *Fonts, in Checklist, options Options) (*Document, error) {
	if in.Language == "" {
		in.Language = Japanese
	}
	w, err := loadWords()
	if err != nil {
		return nil, err
	}
	options.Superseded = options.Superseded || isSuperseded(in.Plan)
	doc := newDocument(fonts, "ご案内", in.Plan.On, options)
	if doc.furigana = in.Language != English && !in.NoReadings; doc.furigana {
		doc.readings = loadReadings()
	}
	pieces := checklistPieces(w, in)
	foot := checklistFoot(w, in)
	if in.LargeType {
		flowPages(doc, pieces, foot, largeSize)
		numberPages(doc, w, in)
	} else if err := flowChecklist(doc, pieces, foot); err != nil {
		return nil, err
	}
	return doc, doc.Err()
}

// flowChecklist sets one page: with all furigana in a size in which it can be
// read, else with the furigana of the form's own words only, else with none.
func flowChecklist(doc *Document, pieces, foot []piece) error {
	p := doc.addPage()
	tries := []struct {
		readings, furigana bool
		sizes              []float64
	}{{true, true, readingsSizes}, {false, true, readingsSizes}, {false, false, ordinarySizes}}
	furigana, known := doc.furigana, doc.readings
	for _, try := range tries {
		doc.furigana = furigana && try.furigana
		doc.readings = nil
		if try.readings {
			doc.readings = known
		}
		done, err := flowOnePage(p, pieces, foot, try.sizes)
		if done || err != nil {
			return err
		}
	}
	return &OverflowError{Field: "plan"}
}

// checklistPieces turns a plan into the parts of the page, top to bottom.
func checklistPieces(w words, in Checklist) []piece {
	b := pieceBuilder{words: w, language: in.Language, told: map[string]bool{}}
	p := in.Plan
	p.Notes, p.OpenPoints = forVisitor(p.Notes), forVisitor(p.OpenPoints)
	b.head(in)
	b.outcome(p)
	if p.Outcome != rules.OutcomeNever {
		b.papers(in)
		b.pins(p)
	}
	if p.Outcome != rules.OutcomeNever && p.Outcome != rules.GoElsewhere {
		b.lines("section.steps", append(append([]rules.Line{}, p.Letters...), p.Steps...), "")
	}
	b.dates(p)
	b.places(p)
	b.lines("section.fees", p.Fees, "・")
	b.lines("section.notes", p.Notes, "・")
	b.lines("section.open", p.OpenPoints, "？")
	return b.pieces
}

// checklistFoot is the foot of every page: sources, edition, case number.
func checklistFoot(w words, in Checklist) []piece {
	b := pieceBuilder{words: w, language: in.Language}
	b.add(piece{kind: smallText, text: b.word("foot.note")})
	b.add(piece{kind: smallText, text: b.word("foot.source") + ": " + sourcesOf(w, in)})
	last := b.word("foot.edition") + ": " + in.Plan.Edition[:min(editionDigits, len(in.Plan.Edition))]
	if in.CaseNumber != "" {
		last += "　" + b.word("foot.case") + ": " + in.CaseNumber
	}
	b.add(piece{kind: smallText, text: last})
	return b.pieces
}

// editionDigits is how much of the rule set's fingerprint is printed: enough to tell
// editions of one municipality apart.
const editionDigits = 8

// sourcesOf lists the documents the plan rests on with their lines, each once.
func sourcesOf(w words, in Checklist) string {
	var order []string
	lines := map[string][]string{}
	add := func(sources []rules.Source) {
		for _, s := range sources {
			if _, seen := lines[s.Seed]; !seen {
				order = append(order, s.Seed)
			}
			lines[s.Seed] = append(lines[s.Seed], s.Lines)
		}
	}
	eachSource(in.Plan, add)
	if knownSecond(in) {
		for _, r := range in.Second.Requirements {
			add(r.Sources)
		}
	}
	var out []string
	for _, seed := range order {
		title := seed
		if t := in.SourceTitles[seed]; t != "" {
			title = t
		}
		out = append(out, title+" "+fill(in.Language.in(w["foot.lines"]), "lines", joinLines(lines[seed])))
	}
	return strings.Join(out, " / ")
}

// joinLines writes citations such as 105-107 and 93,102-106 as few ranges, in their
// order: 93, 102-107.
func joinLines(cited []string) string {
	type lines struct{ from, to int }
	var all []lines
	for _, one := range strings.Split(strings.Join(cited, ","), ",") {
		first, last, isRange := strings.Cut(strings.TrimSpace(one), "-")
		if !isRange {
			last = first
		}
		from, err1 := strconv.Atoi(first)
		to, err2 := strconv.Atoi(last)
		if err1 == nil && err2 == nil {
			all = append(all, lines{from, to})
		}
	}
	slices.SortFunc(all, func(a, b lines) int { return cmp.Compare(a.from, b.from) })
	var out []string
	for i := 0; i < len(all); {
		to, j := all[i].to, i+1
		for ; j < len(all) && all[j].from <= to+1; j++ {
			to = max(to, all[j].to)
		}
		text := fmt.Sprint(all[i].from)
		if to > all[i].from {
			text += fmt.Sprintf("-%d", to)
		}
		out, i = append(out, text), j
	}
	return strings.Join(out, ", ")
}

// eachSource visits the sources of every line of a plan.
func eachSource(p rules.Plan, visit func([]rules.Source)) {
	for _, r := range p.Requirements {
		visit(r.Sources)
	}
	for _, pin := range p.PINs {
		visit(pin.Sources)
	}
	for _, d := range p.Dates {
		visit(d.Sources)
	}
	for _, place := range p.Places {
		visit(place.Sources)
	}
	for _, group := range [][]rules.Line{p.Reasons, p.Letters, p.Steps, p.Notes, p.Fees, p.OpenPoints} {
		for _, l := range group {
			visit(l.Sources)
		}
	}
	for _, contact := range p.Contacts {
		visit(contact.Sources)
	}
}

// pieceBuilder collects the parts of a page in one register.
type pieceBuilder struct {
	words       words
	language    Language
	letterTitle string          // of the letter that is mailed
	told        map[string]bool // notes about papers that stand on the page
	pieces      []piece
}

func (b *pieceBuilder) add(p piece) { b.pieces = append(b.pieces, p) }

// word is a fixed word of the form.
func (b *pieceBuilder) word(key string) string { return b.language.in(b.words[key]) }

// head is the municipality, the title and who comes.
func (b *pieceBuilder) head(in Checklist) {
	p := in.Plan
	left := p.MunicipalityTitle
	if in.Office != "" {
		left += "　" + in.Office
	}
	b.add(piece{kind: runningHead, field: "municipalityTitle", text: left,
		note: fill(b.word("checklist.day"), "date", dateIn(p.On, b.language))})
	b.add(piece{kind: title, field: "procedure", text: b.procedures(p.Procedure), note: b.word("checklist.title")})
	capacity := b.word("capacity.none")
	if p.Capacity != "" {
		capacity = b.word("capacity." + string(p.Capacity))
	}
	b.add(piece{kind: subtitle, field: "capacity", text: b.word("capacity.label") + ": " + capacity, tag: b.status(p.Status)})
}

// procedures names procedures in one line.
func (b *pieceBuilder) procedures(list rules.Procedures) string {
	var names []string
	for _, procedure := range list {
		names = append(names, b.word("procedure."+string(procedure)))
	}
	joint := "・"
	if b.language == English {
		joint = ", "
	}
	return strings.Join(names, joint)
}

// status is the mark printed beside what the source does not state.
func (b *pieceBuilder) status(s rules.Status) string {
	if s == rules.Inferred || s == rules.NotStated {
		return b.word("status." + string(s))
	}
	return ""
}

// outcome is the answer in a frame, with its reasons.
func (b *pieceBuilder) outcome(p rules.Plan) {
	var reasons []string
	for _, r := range p.Reasons {
		reasons = append(reasons, b.language.in(r.Text)+b.tagged(r))
	}
	visits := ""
	switch {
	case p.Outcome == rules.OutcomeNever || p.Visits == 0 || hasLine(p.OpenPoints, "open/visits"):
	case p.Outcome == rules.VisitAgain && p.Visit >= p.Visits && p.Visit > 0:
		// Papers are missing: that the matter takes one visit would confuse.
	case p.Visit == 0:
		visits = b.word("visits.remote")
	case p.Visits == 1:
		visits = b.word("visits.one")
	default:
		visits = fill(b.word("visits.many"), "n", fmt.Sprint(p.Visits), "i", fmt.Sprint(p.Visit))
	}
	key := string(p.Outcome)
	b.add(piece{kind: verdict, field: "outcome", mark: b.word("mark." + key), text: b.word("outcome." + key), tag: visits, notes: reasons})
}

// tagged is a status mark to stand at the end of a sentence that has none of its
// own.
func (b *pieceBuilder) tagged(l rules.Line) string {
	if tag := b.status(l.Status); tag != "" && !strings.Contains(l.Text.Ja, "要確認") {
		return " 【" + tag + "】"
	}
	return ""
}

// hasLine reports whether a line stands among others.
func hasLine(lines []rules.Line, id string) bool {
	return slices.ContainsFunc(lines, func(l rules.Line) bool { return l.ID == id })
}

// isSuperseded reports a plan of a rule set that is kept for training and archive.
func isSuperseded(p rules.Plan) bool { return hasLine(p.Notes, "superseded") }

// forStaff are lines that tell the clerk what to do: they stand in the window, not on
// the visitor's paper. The superseded set is told by the mark across the page.
var forStaff = []string{"list-not-set", "eve-of-birthday", "contradiction", "superseded"}

// forVisitor leaves out what is only for staff.
func forVisitor(lines []rules.Line) []rules.Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l rules.Line) bool { return slices.Contains(forStaff, l.ID) })
}

// numberPages says at the foot of every page of several what it is and which.
func numberPages(doc *Document, w words, in Checklist) {
	if len(doc.pages) < 2 {
		return
	}
	b := pieceBuilder{words: w, language: in.Language}
	for i, p := range doc.pages {
		text := b.word("checklist.title") + "　" + b.procedures(in.Plan.Procedure) + "　" +
			fill(b.word("foot.page"), "i", fmt.Sprint(i+1), "n", fmt.Sprint(len(doc.pages)))
		p.write("page", text, box{checklistLeft, checklistBottom + 0.5, checklistWidth, 6}, Style{Size: 10, Min: 6, Align: Right, Lines: 1, Leading: 1.5})
	}
}
