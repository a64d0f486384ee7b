package rules

import "slices"

// effect is what one row puts into a plan, made once when the set is compiled.
// Plans share these values.
type effect struct {
	capacity     Capacity
	outcome      Outcome
	requirements []Requirement
	pins         [4]string
	visits       int
	letters      []Line
	lines        []Line
	places       []PlaceLine
}

func (l *loader) effectOf(t *table, r *row) effect {
	var e effect
	for i, o := range tableSpecs[t.id].outputs {
		text := r.out[i]
		switch o.kind {
		case outCapacity:
			if text != none {
				e.capacity = Capacity(text)
			}
		case outOutcome:
			if text != none {
				e.outcome = Outcome(text)
			}
		case outRequirements:
			for _, w := range listWords(text) {
				e.requirements = append(e.requirements, l.requirement(w, r))
			}
		case outPIN:
			e.pins[slices.Index(PINKinds(), PINKind(o.name))] = text
		case outNumber:
			e.visits = int(text[0] - '0')
		case outLines:
			l.addLines(&e, t.id, o.name, r, text)
		}
	}
	e.askForBooking()
	return e
}

// bookingLine is the word by which a row of places.csv says that its places serve
// this matter by appointment only, whatever they do for others (Kasugai L63).
const bookingLine = "booking-needed"

func (e *effect) askForBooking() {
	if !slices.ContainsFunc(e.lines, func(l Line) bool { return l.ID == bookingLine }) {
		return
	}
	for i := range e.places {
		e.places[i].Booking = "required"
	}
}

func (l *loader) addLines(e *effect, id tableID, column string, r *row, text string) {
	for _, w := range listWords(text) {
		if i := slices.IndexFunc(l.set.offices, func(o Office) bool { return o.ID == w }); i >= 0 && id == tablePlaces {
			e.places = append(e.places, l.set.placeLine(l.set.offices[i], r.status()))
			continue
		}
		line := Line{ID: w, Status: r.status(), Text: l.words.lines[w], Because: r.reasons(), Sources: r.sources}
		if column == "letters" {
			e.letters = append(e.letters, line)
		} else {
			e.lines = append(e.lines, line)
		}
	}
}

func (l *loader) requirement(word string, r *row) Requirement {
	w := l.words.requirements[word]
	return Requirement{
		ID: word, Of: w.of, AnyOf: w.anyOf, Status: r.status(), Missing: []ClassCount{},
		Text: w.text, Examples: []string{}, Because: r.reasons(), Sources: r.sources,
	}
}

// status is the basis as a plan shows it: what the source rules out is stated.
func (r *row) status() Status {
	if r.basis == NotPossible {
		return Stated
	}
	return r.basis
}

func (r *row) reasons() []string {
	keys := slices.Clone(r.because)
	slices.Sort(keys)
	return slices.Compact(slices.Insert(keys, 0))
}
