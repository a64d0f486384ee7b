package rules

import (
	"fmt"
	"slices"
)

// Office is a place or a contact that a source names.
type Office struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind"` // counter, contact, kiosk, post-office, portal, app
	Title   Text     `json:"title"`
	Phone   string   `json:"phone"`
	Address string   `json:"address"`
	Hours   string   `json:"hours"`   // as the source words them
	Booking string   `json:"booking"` // required, none, or * where the source does not say
	Sources []Source `json:"sources"`
}

var officeKinds = []string{"counter", "contact", "kiosk", "post-office", "portal", "app"}

// placeLine is an office as a plan names it.
func (s *Set) placeLine(o Office, status Status) PlaceLine {
	return PlaceLine{ID: o.ID, Kind: o.Kind, Serves: "unknown", Status: status, Text: o.Title, Hours: o.Hours,
		HoursEn: s.hoursInEnglish(o.ID), Phone: o.Phone, Address: o.Address, Booking: o.Booking, Sources: o.Sources}
}

// contactLines are the offices that every plan names as contacts.
func (s *Set) contactLines() []PlaceLine {
	var lines []PlaceLine
	for _, o := range s.offices {
		if o.Kind == "contact" {
			lines = append(lines, s.placeLine(o, Stated))
		}
	}
	return lines
}

// Offices lists the places and contacts of the set.
func (s *Set) Offices() []Office { return s.offices }

func (l *loader) readOffices() {
	s, ok := readSheet(l.fsys, "offices.csv", &l.faults)
	columns := []string{"id", "kind", "ja", "easy", "en", "phone", "address", "hours", "booking", "cites"}
	if !ok || !s.need(&l.faults, columns) {
		return
	}
	seen := map[string]string{}
	for _, r := range s.rows {
		l.once(s, r, seen, s.cell(r, "id"), "")
		s.checkDamage(&l.faults, r, "id", "kind", "phone", "booking", "cites")
		o := Office{ID: s.cell(r, "id"), Kind: s.cell(r, "kind"), Title: textOf(s, r), Phone: s.cell(r, "phone"),
			Address: s.cell(r, "address"), Hours: s.cell(r, "hours"), Booking: s.cell(r, "booking"), Sources: l.parseCites(s, r, Stated)}
		if !slices.Contains(officeKinds, o.Kind) {
			l.unknownWord(s, r, "kind", fmt.Errorf("kind of place %q is unknown", o.Kind))
		}
		if lostZeroPhone.MatchString(o.Phone) {
			l.faults.add(Fault{Kind: FaultDamage, File: s.file, Line: r.line, Column: s.column("phone") + 1, Detail: fmt.Sprintf("%q: a telephone number that lost its leading zero", o.Phone)})
		}
		l.set.offices = append(l.set.offices, o)
	}
}
