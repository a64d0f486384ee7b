package forms

import (
	"fmt"
	"strings"

	"madoguchi/rules"
)

// Checklist is the page the visitor takes home: what was decided for one
// situation, and what to bring. It carries no person's name.
type Checklist struct {
	Plan       rules.Plan
	Language   Language // empty: Japanese
	LargeType  bool     // 16 points and up; may take several pages
	NoReadings bool     // Japanese without furigana
	CaseNumber string   // printed when there is one
	Office     string   // name of the office that hands it out
	// SourceTitles names source documents for people; a document that is not
	// there is printed by its file name.
	SourceTitles map[string]string
}

// sizes of the body text that are tried, largest first.
var (
	ordinarySizes = []float64{11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7}
	largeSizes    = []float64{17, 16}
)

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
	doc := newDocument(fonts, "ご案内", in.Plan.On, options)
	doc.furigana = in.Language != English && !in.NoReadings
	pieces := checklistPieces(w, in)
	foot := checklistFoot(w, in)
	if in.LargeType {
		err = flowPages(doc, pieces, foot, largeSizes[0])
	} else {
		err = flowOnePage(doc, pieces, foot, ordinarySizes)
	}
	if err != nil {
		return nil, err
	}
	return doc, doc.Err()
}

// checklistPieces turns a plan into the parts of the page, top to bottom.
func checklistPieces(w words, in Checklist) []piece {
	b := pieceBuilder{words: w, language: in.Language}
	p := in.Plan
	b.head(in)
	b.outcome(p)
	if p.Outcome != rules.OutcomeNever {
		b.papers(p)
		b.pins(p)
	}
	b.lines("section.steps", append(append([]rules.Line{}, p.Letters...), p.Steps...), "")
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
	last := b.word("foot.edition") + ": " + in.Plan.Edition
	if in.CaseNumber != "" {
		last += "　" + b.word("foot.case") + ": " + in.CaseNumber
	}
	b.add(piece{kind: smallText, text: last})
	return b.pieces
}

// sourcesOf lists the documents the plan rests on with their lines, each once.
func sourcesOf(w words, in Checklist) string {
	var order []string
	lines := map[string][]string{}
	add := func(sources []rules.Source) {
		for _, s := range sources {
			if _, seen := lines[s.Seed]; !seen {
				order = append(order, s.Seed)
			}
			if !strings.Contains(" "+strings.Join(lines[s.Seed], " ")+" ", " "+s.Lines+" ") {
				lines[s.Seed] = append(lines[s.Seed], s.Lines)
			}
		}
	}
	eachSource(in.Plan, add)
	var out []string
	for _, seed := range order {
		title := seed
		if t := in.SourceTitles[seed]; t != "" {
			title = t
		}
		out = append(out, title+" "+fill(in.Language.in(w["foot.lines"]), "lines", strings.Join(lines[seed], ", ")))
	}
	return strings.Join(out, " / ")
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
	words    words
	language Language
	pieces   []piece
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
	var names []string
	for _, procedure := range p.Procedure {
		names = append(names, b.word("procedure."+string(procedure)))
	}
	joint := "・"
	if b.language == English {
		joint = ", "
	}
	b.add(piece{kind: title, field: "procedure", text: strings.Join(names, joint), note: b.word("checklist.title")})
	capacity := b.word("capacity.none")
	if p.Capacity != "" {
		capacity = b.word("capacity." + string(p.Capacity))
	}
	b.add(piece{kind: subtitle, field: "capacity", text: b.word("capacity.label") + ": " + capacity, tag: b.status(p.Status)})
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
		reasons = append(reasons, b.language.in(r.Text)+b.tagged(r.Status))
	}
	visits := ""
	switch {
	case p.Outcome == rules.OutcomeNever || p.Visits == 0:
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

// tagged is a status mark to stand at the end of a sentence.
func (b *pieceBuilder) tagged(s rules.Status) string {
	if tag := b.status(s); tag != "" {
		return " 【" + tag + "】"
	}
	return ""
}
