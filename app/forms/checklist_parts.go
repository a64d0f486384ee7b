package forms

import (
	"fmt"
	"strings"

	"madoguchi/rules"
)

// mostExamples is how many example papers one line names at most.
const mostExamples = 16

// papers are the papers to bring, each with whose it is and a box to tick.
func (b *pieceBuilder) papers(in Checklist) {
	p := in.Plan
	if LetterFirst(p) {
		b.papersOfVisits(in)
		return
	}
	if len(p.Requirements) == 0 && p.Outcome != rules.Proceed {
		return // what is needed is not known here; "nothing" would be wrong
	}
	b.add(piece{kind: heading, text: b.word("section.papers")})
	if len(p.Requirements) == 0 {
		b.add(piece{kind: item, mark: "・", text: b.word("papers.none")})
	}
	for _, r := range p.Requirements {
		b.paper(r)
	}
}

// paper is one line of papers. Where the vocabulary has no sentence for it,
// whose papers they are and how many is written out; a sentence says so itself.
func (b *pieceBuilder) paper(r rules.Requirement) {
	line := piece{kind: item, field: "requirements." + r.ID, mark: box0, text: b.named(r), tag: b.status(r.Status)}
	if line.text == "" {
		line.lead, line.text = b.word("of."+string(r.Of)), b.alternatives(r.AnyOf)
	}
	if r.Satisfied != nil && *r.Satisfied {
		line.mark = boxTicked
		line.notes = append(line.notes, b.word("papers.shown"))
	} else if len(r.Missing) > 0 {
		line.notes = append(line.notes, fill(b.word("papers.missing"), "what", b.counted(r.Missing)))
	}
	if r.Judged {
		line.notes = append(line.notes, b.word("papers.judged"))
	}
	if choice := b.alternatives(r.AnyOf); choice != "" && r.Text.Ja != "" && worthSaying(r.AnyOf) && !strings.ContainsAny(r.Text.Ja, "0123456789") {
		line.notes = append(line.notes, choice)
	}
	line.notes = append(line.notes, b.exampleNotes(r)...)
	b.add(line)
}

// worthSaying reports whether the count of papers says more than the line does:
// more than one alternative, or more than one paper.
func worthSaying(anyOf [][]rules.ClassCount) bool {
	return len(anyOf) > 1 || len(anyOf) == 1 && (len(anyOf[0]) > 1 || len(anyOf[0]) == 1 && anyOf[0][0].Count > 1)
}

// alternatives writes "A書類 2点 または A書類 1点 + B書類 1点".
func (b *pieceBuilder) alternatives(anyOf [][]rules.ClassCount) string {
	var all []string
	for _, one := range anyOf {
		all = append(all, b.counted(one))
	}
	return strings.Join(all, " "+b.word("papers.or")+" ")
}

// counted writes classes with their counts.
func (b *pieceBuilder) counted(classes []rules.ClassCount) string {
	var parts []string
	for _, c := range classes {
		name := b.word("class." + string(c.Class))
		if name == "" {
			name = string(c.Class)
		}
		parts = append(parts, name+" "+fill(b.word("papers.count"), "n", fmt.Sprint(c.Count)))
	}
	return strings.Join(parts, " + ")
}

// examples names papers that count today, as the rule set spells them.
func (b *pieceBuilder) examples(names []string) string {
	return b.word("papers.examples") + ": " + b.shortened(names)
}

// shortened joins names of papers, no more than a line should name.
func (b *pieceBuilder) shortened(names []string) string {
	joint, end := "、", ""
	if b.language == English {
		joint = ", "
	}
	if len(names) > mostExamples {
		names, end = names[:mostExamples], b.word("papers.more")
	}
	return strings.Join(names, joint) + end
}

// exampleNotes say what papers count, in a note for each class where several are asked
// for. What the page told before is not told again.
func (b *pieceBuilder) exampleNotes(r rules.Requirement) []string {
	var notes []string
	if len(r.Examples) > 0 {
		notes = append(notes, b.examples(r.Examples))
	}
	for _, class := range r.Classes() {
		if names := r.ExamplesOf[class]; len(names) > 0 {
			notes = append(notes, b.word("class."+string(class))+": "+b.shortened(names))
		}
	}
	var fresh []string
	for _, note := range notes {
		if key := string(r.Of) + note; !b.told[key] {
			b.told[key] = true
			fresh = append(fresh, note)
		}
	}
	return fresh
}

// pins are the PINs that the visitor or the holder will be asked for, in the
// table's words where it has some.
func (b *pieceBuilder) pins(p rules.Plan) {
	if len(p.PINs) == 0 {
		return
	}
	b.add(piece{kind: heading, text: b.word("section.pins")})
	for _, pin := range p.PINs {
		text := b.language.in(pin.Text)
		if text == "" {
			text = b.word("pin."+string(pin.Kind)) + " … " + b.word("entry."+string(pin.Entry))
		}
		line := piece{kind: item, field: "pins." + string(pin.Kind), mark: box0, text: text, tag: b.status(pin.Status)}
		b.add(line)
	}
}

// lines are sentences under a heading; without a mark they are numbered.
func (b *pieceBuilder) lines(section string, lines []rules.Line, mark string) {
	if len(lines) == 0 {
		return
	}
	b.add(piece{kind: heading, text: b.word(section)})
	for i, l := range lines {
		m := mark
		if m == "" {
			m = fmt.Sprintf("%d.", i+1)
		}
		b.add(piece{kind: item, field: l.ID, mark: m, text: b.language.in(l.Text), tag: b.status(l.Status)})
	}
}

// dates are the days worked out for this situation.
func (b *pieceBuilder) dates(p rules.Plan) {
	if len(p.Dates) == 0 {
		return
	}
	b.add(piece{kind: heading, text: b.word("section.dates")})
	for _, d := range p.Dates {
		tag := b.status(d.Status)
		if d.Confirm {
			tag = b.word("status.inferred")
		}
		text := b.language.in(d.Text)
		if day := dateIn(d.Date, b.language); day != "" {
			text += ": " + day
		}
		b.add(piece{kind: item, field: "dates." + d.ID, mark: "・", text: text, tag: tag})
	}
}

// places are where it can be done, and whom to ask.
func (b *pieceBuilder) places(p rules.Plan) {
	if len(p.Places)+len(p.Contacts) == 0 {
		return
	}
	b.add(piece{kind: heading, text: b.word("section.places")})
	var items []piece
	for _, place := range p.Places {
		items = append(items, b.place("・", place))
	}
	if len(items) <= mostSinglePlaces {
		b.pieces = append(b.pieces, items...)
		items = nil
	}
	for len(items) > 0 {
		n := min(2, len(items))
		b.add(piece{kind: twin, pair: items[:n]})
		items = items[n:]
	}
	for _, c := range p.Contacts {
		b.add(b.place("☎", c))
	}
}

// mostSinglePlaces is how many places stand one below the other; more stand in
// two columns.
const mostSinglePlaces = 4

// place is one place with its telephone; below it, whether it serves and when. An
// address stays Japanese in every register: it is what stands on the door and
// what a taxi driver or a map is asked for.
func (b *pieceBuilder) place(mark string, p rules.PlaceLine) piece {
	text := b.language.in(p.Text)
	if p.Phone != "" {
		text += "　" + b.word("place.phone") + noBreak + p.Phone
	}
	line := piece{kind: item, field: "places." + p.ID, mark: mark, text: text, tag: b.status(p.Status)}
	var about []string
	for _, s := range []string{b.word("place." + p.Serves), p.Address, b.hours(p)} {
		if s != "" {
			about = append(about, s)
		}
	}
	if len(about) > 0 {
		line.notes = []string{strings.Join(about, " / ")}
	}
	return line
}

// hours are the opening hours; in English where the table has them line by line,
// else as the source words them.
func (b *pieceBuilder) hours(p rules.PlaceLine) string {
	if b.language == English && p.HoursEn != "" {
		return p.HoursEn
	}
	return p.Hours
}
