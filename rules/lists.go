package rules

import "slices"

// addLists writes the lines that ask nothing and decide nothing: places, fees,
// dates and notes. While several rows may hold, only what they share is shown.
func (d *decision) addLists(p *Plan) {
	p.Notes = append(p.Notes, d.lines(tableNotes)...)
	p.Fees = append(p.Fees, d.lines(tableFees)...)
	d.addDates(p)
	d.addEve(p)
	d.addContradiction(p)
	if d.set.Superseded {
		p.Notes = append(p.Notes, d.set.line("superseded"))
	}
	p.Notes = append(p.Notes, d.lines(tablePlaces)...)
	d.addPlaces(p)
}

// addPlaces writes places and contacts, both out of one array.
func (d *decision) addPlaces(p *Plan) {
	places := d.places()
	n := len(places)
	all := append(make([]PlaceLine, 0, n+len(d.set.contacts)), places...)
	all = append(all, d.set.contacts...)
	p.Places, p.Contacts = all[:n:n], all[n:]
}

// line is a line of the shared vocabulary that rests on the set as a whole.
func (s *Set) line(id string) Line {
	return Line{ID: id, Status: Stated, Text: s.words.lines[id], Because: []string{}, Sources: []Source{}}
}

// openLine is a line about something the source leaves open.
func (s *Set) openLine(id string) Line {
	l := s.line(id)
	l.Status = NotStated
	return l
}

// lines are the lines of a table's row, or those that all possible rows share.
func (d *decision) lines(id tableID) []Line {
	if r := d.hit[id]; r != nil {
		return r.effect.lines
	}
	rows := d.may[id]
	if len(rows) == 0 {
		return nil
	}
	var shared []Line
	for _, l := range rows[0].effect.lines {
		inAll := true
		for _, r := range rows[1:] {
			inAll = inAll && r.hasLine(l.ID)
		}
		if inAll {
			shared = append(shared, l)
		}
	}
	return shared
}

// places are the places of the row that holds, or those of all rows that may.
func (d *decision) places() []PlaceLine {
	if r := d.hit[tablePlaces]; r != nil {
		return r.effect.places
	}
	rows := d.may[tablePlaces]
	if len(rows) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(rows[0].effect.places), func(l PlaceLine) bool {
		return slices.ContainsFunc(rows[1:], func(r *row) bool {
			return !slices.ContainsFunc(r.effect.places, func(o PlaceLine) bool { return o.ID == l.ID && o.Booking == l.Booking })
		})
	})
}

func (r *row) hasLine(id string) bool {
	for _, l := range r.effect.lines {
		if l.ID == id {
			return true
		}
	}
	return false
}

// dayOf works out the day behind a line of dates.csv; ok is false where the
// situation does not hold what it rests on. confirm marks days on which the
// source's words can be read in two ways.
func dayOf(id string, in *Situation) (day Date, confirm, ok bool) {
	certificate, hasCertificate := renewalDay(in)
	card, hasCard := in.Card.ExpiresOn.Get()
	moved, hasMoved := in.Holder.MovedInOn.Get()
	switch id {
	case "date/certificate-expires":
		return certificate, false, hasCertificate
	case "date/renewal-opens":
		if !hasCertificate {
			return 0, false, false
		}
		return RenewalOpens(certificate), RenewalOpensUnsafe(certificate), true
	case "date/health-insurance-until":
		if !hasCertificate {
			return 0, false, false
		}
		return HealthInsuranceUntil(certificate), false, true
	case "date/card-expires":
		return card, false, hasCard
	case "date/card-renewal-opens":
		if !hasCard {
			return 0, false, false
		}
		return RenewalOpens(card), RenewalOpensUnsafe(card), true
	case "date/accepted-as-id-until":
		if !hasCard {
			return 0, false, false
		}
		return AcceptedAsIDUntil(card), false, true
	case "date/face-update-until":
		return FaceUpdateUntil(moved), hasMoved && in.On == FaceUpdateUntil(moved)+1, hasMoved
	}
	return 0, false, false
}

func (d *decision) addDates(p *Plan) {
	lines := d.lines(tableDates)
	if len(lines) > 0 {
		p.Dates = make([]DateLine, 0, len(lines))
	}
	for i := range lines {
		l := &lines[i]
		if day, confirm, ok := dayOf(l.ID, d.in); ok {
			p.Dates = append(p.Dates, DateLine{ID: l.ID, Date: day, Confirm: confirm, Status: l.Status, Text: l.Text, Sources: l.Sources})
		}
	}
}

// addEve warns on the eve of the birthdays that change who may do what.
func (d *decision) addEve(p *Plan) {
	born, ok := d.in.Holder.BirthDate.Get()
	if ok && p.Capacity != CapacityHolder && (IsEve(born, 15, d.in.On) || IsEve(born, 18, d.in.On)) {
		p.Notes = append(p.Notes, d.set.line("eve-of-birthday"))
	}
}
