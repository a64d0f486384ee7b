package rules

import (
	"fmt"
	"slices"
)

// Document is one item of a municipality's document lists, with the conditions
// under which it counts.
type Document struct {
	Name          string        `json:"name"`
	Class         DocumentClass `json:"class"`
	Of            Party         `json:"of"`            // whose paper it may be; empty for either
	Photo         string        `json:"photo"`         // with, without, or * where the list does not say
	Shows         string        `json:"shows"`         // what must be on it, as a word of the vocabulary, or *
	IssuedFrom    Date          `json:"issuedFrom"`    // issued on this day or later
	AcceptedUntil Date          `json:"acceptedUntil"` // the last day it counts at all
	GraceMonths   int           `json:"graceMonths"`   // months it still counts after its own expiry
	Sources       []Source      `json:"sources"`
}

// period is the days on which the item counts at all.
func (d Document) period() span {
	if d.AcceptedUntil.IsZero() {
		return span{leastNumber, greatestNumber}
	}
	return span{leastNumber, int32(d.AcceptedUntil)}
}

// Documents lists the items of the set's document lists; it is empty where the
// source has no list and the municipality has not set one (要設定).
func (s *Set) Documents() []Document { return s.documents }

func (l *loader) readDocuments() {
	s, ok := readSheet(l.fsys, "documents.csv", &l.faults)
	columns := []string{"name", "class", "of", "photo", "shows", "issued-from", "accepted-until", "grace-months", "cites"}
	if !ok || !s.need(&l.faults, columns) {
		return
	}
	seen := map[string]string{}
	for _, r := range s.rows {
		l.once(s, r, seen, s.cell(r, "name")+" "+s.cell(r, "class")+" "+s.cell(r, "of"), "")
		s.checkDamage(&l.faults, r, columns[1:]...)
		d := Document{Name: s.cell(r, "name"), Class: DocumentClass(s.cell(r, "class")), Of: Party(s.cell(r, "of")),
			Photo: s.cell(r, "photo"), Shows: s.cell(r, "shows"), Sources: l.parseCites(s, r, Stated)}
		d.IssuedFrom = l.optionalDate(s, r, "issued-from")
		d.AcceptedUntil = l.optionalDate(s, r, "accepted-until")
		if text := s.cell(r, "grace-months"); text != "" {
			if n, err := parseSpan(text); err == nil {
				d.GraceMonths = int(n.from)
			} else {
				l.unknownWord(s, r, "grace-months", err)
			}
		}
		l.checkDocument(s, r, d)
		l.set.documents = append(l.set.documents, d)
	}
}

func (l *loader) checkDocument(s *sheet, r sheetRow, d Document) {
	if _, ok := l.words.labels["class/"+string(d.Class)]; !ok {
		l.unknownWord(s, r, "class", fmt.Errorf("document class %q is unknown", d.Class))
	}
	if !slices.Contains([]Party{"", OfHolder, OfVisitor}, d.Of) {
		l.unknownWord(s, r, "of", fmt.Errorf("%q: write holder, visitor or nothing", d.Of))
	}
	if !slices.Contains([]string{"with", "without", "*"}, d.Photo) {
		l.unknownWord(s, r, "photo", fmt.Errorf("%q: write with, without or *", d.Photo))
	}
	if !slices.Contains([]string{"name-and-birth-or-address", "*"}, d.Shows) {
		l.unknownWord(s, r, "shows", fmt.Errorf("%q: write name-and-birth-or-address or *", d.Shows))
	}
}

func (l *loader) optionalDate(s *sheet, r sheetRow, column string) Date {
	text := s.cell(r, column)
	if text == "" {
		return 0
	}
	d, err := ParseDate(text)
	if err != nil {
		l.unknownWord(s, r, column, err)
	}
	return d
}

// examplesByDay lists, for every band of days and every class, the items that count then.
func (l *loader) examplesByDay() []map[DocumentClass][]string {
	days := l.set.domains[factOn]
	byDay := make([]map[DocumentClass][]string, len(days.cuts))
	for i, low := range days.cuts {
		byDay[i] = map[DocumentClass][]string{}
		for _, d := range l.set.documents {
			if low <= d.period().to && !slices.Contains(byDay[i][d.Class], d.Name) {
				byDay[i][d.Class] = append(byDay[i][d.Class], d.Name)
			}
		}
	}
	return byDay
}
