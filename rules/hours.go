package rules

import (
	"fmt"
	"regexp"
	"slices"
)

// openingHours is one line of hours.csv: days of the week on which an office is
// open, from when to when, and the days it is closed all the same.
type openingHours struct {
	office string
	days   []string
	opens  string // HH:MM
	closes string // HH:MM; closed from then on
	notOn  []string
	cites  []Source
	on     dayKind // days as bits, and notOn
	off    dayKind
}

// dayKind is what hours.csv can say of a day, as bits: which of weekdayWords it is, and
// behind them which of closedWords it is.
type dayKind uint16

func dayKindOf(d Date) dayKind {
	kind := dayKind(1) << Weekday(d)
	_, _, day := d.Split()
	for i, is := range [...]bool{IsHoliday(d), IsYearEnd(d), Weekday(d) == 0 && (day+6)/7 == 3} {
		if is {
			kind |= dayKind(1) << (len(weekdayWords) + i)
		}
	}
	return kind
}

// dayKinds are the bits of some words of hours.csv.
func dayKinds(words []string) dayKind {
	var kinds dayKind
	for i, word := range slices.Concat(weekdayWords, closedWords) {
		if slices.Contains(words, word) {
			kinds |= dayKind(1) << i
		}
	}
	return kinds
}

func (h *openingHours) readDays() { h.on, h.off = dayKinds(h.days), dayKinds(h.notOn) }

// has reports whether an office is open on a kind of day.
func (h *openingHours) has(day dayKind) bool { return h.on&day != 0 && h.off&day == 0 }

var (
	weekdayWords = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	closedWords  = []string{"holiday", "year-end", "third-sunday"} // in the order of dayKindOf
	clockTime    = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)
)

// readHours reads hours.csv. A set whose source states no hours has only the header.
func (l *loader) readHours() {
	s, ok := readSheet(l.fsys, "hours.csv", &l.faults)
	if !ok || !s.need(&l.faults, []string{"office", "days", "opens", "closes", "not-on", "cites"}) {
		return
	}
	for _, r := range s.rows {
		s.checkDamage(&l.faults, r, s.header...)
		h := openingHours{cites: l.parseCites(s, r, Stated), office: s.cell(r, "office"), days: listWords(s.cell(r, "days")), opens: s.cell(r, "opens"),
			closes: s.cell(r, "closes"), notOn: listWords(s.cell(r, "not-on"))}
		if !slices.ContainsFunc(l.set.offices, func(o Office) bool { return o.ID == h.office }) {
			l.unknownWord(s, r, "office", fmt.Errorf("office %q stands not in offices.csv", h.office))
		}
		h.readDays()
		l.checkWords(s, r, "days", h.days, weekdayWords)
		l.checkWords(s, r, "not-on", h.notOn, closedWords)
		if !clockTime.MatchString(h.opens) || !clockTime.MatchString(h.closes) || h.opens >= h.closes {
			l.unknownWord(s, r, "opens", fmt.Errorf("%q to %q is no span of a day: write HH:MM", h.opens, h.closes))
		}
		if slices.ContainsFunc(l.set.hours, h.meets) {
			l.faults.add(Fault{Kind: FaultOverlap, File: s.file, Line: r.line, Detail: "an office is open twice at the same time",
				Situation: l.officeInWords(h.office) + " / " + h.opens + "〜" + h.closes})
		}
		l.set.hours = append(l.set.hours, h)
	}
}

func (l *loader) officeInWords(id string) string {
	i := slices.IndexFunc(l.set.offices, func(o Office) bool { return o.ID == id })
	if i < 0 {
		return id
	}
	return l.set.offices[i].Title.Plain()
}

// meets reports whether two lines of one office share a time of a day.
func (h openingHours) meets(o openingHours) bool {
	sameDay := slices.ContainsFunc(h.days, func(d string) bool { return slices.Contains(o.days, d) })
	return h.office == o.office && sameDay && h.opens < o.closes && o.opens < h.closes
}

func (l *loader) checkWords(s *sheet, r sheetRow, column string, words, known []string) {
	for _, w := range words {
		if !slices.Contains(known, w) {
			l.unknownWord(s, r, column, unknownWord(column, w, known))
		}
	}
}

// open reports whether an office is open on a kind of day at an hour (HH:MM, or empty
// for any hour of that day), and whether its hours are known at all.
func (s *Set) open(office string, day dayKind, hour string) (isOpen, known bool) {
	for i := range s.hours {
		h := &s.hours[i]
		if h.office != office {
			continue
		}
		known = true
		if h.has(day) && (hour == "" || hour >= h.opens && hour < h.closes) {
			return true, true
		}
	}
	return false, known
}

// longestClosure is how many days ahead the next opening is looked for: longer than
// any row of holidays.
const longestClosure = 14

// opensNext is when an office that is closed opens again: the first opening behind an
// hour of a day, or on a later day where no hour is given. Empty where there is none.
func (s *Set) opensNext(office string, on Date, hour string) string {
	for d := on; d <= on+longestClosure; d++ {
		first, day := "", dayKindOf(d)
		for _, h := range s.hours {
			begins := d > on || hour != "" && h.opens > hour
			if h.office == office && begins && h.has(day) && (first == "" || h.opens < first) {
				first = h.opens
			}
		}
		if first != "" {
			return d.String() + " " + first
		}
	}
	return ""
}
