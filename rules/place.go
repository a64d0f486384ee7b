package rules

import "slices"

// servePlace says whether the place the situation names serves this matter on
// this day and hour, and whether it does so without booking. Where it does not,
// the plan sends the visitor to where and when it does: the places stand in the
// plan with their hours. The plan's places are its own copies.
func (s *Set) servePlace(in *Situation, p *Plan) {
	if len(p.Places) == 0 {
		return
	}
	day := dayKindOf(in.On)
	for i := range p.Places {
		if p.Places[i].Serves = s.serves(&p.Places[i], in, day); p.Places[i].Serves == "closed" {
			p.Places[i].Opens = s.opensNext(p.Places[i].ID, in.On, in.Time)
		}
	}
	if in.Place == "" {
		return
	}
	i := slices.IndexFunc(p.Places, func(l PlaceLine) bool { return l.ID == in.Place })
	if i < 0 {
		p.turnAway(GoElsewhere, s.line("place-does-not-serve"))
		return
	}
	switch p.Places[i].Serves {
	case "closed":
		p.turnAway(VisitAgain, s.line("closed-now"))
	case "by-appointment":
		p.turnAway(VisitAgain, s.line("booking-needed"))
	}
}

// serves is what one place says to the day, the hour and the booking.
func (s *Set) serves(place *PlaceLine, in *Situation, day dayKind) string {
	isOpen, known := s.open(place.ID, day, in.Time)
	if known && !isOpen {
		return "closed"
	}
	if booked, ok := in.Booked.Get(); ok && !booked && place.Booking == "required" {
		return "by-appointment"
	}
	if known || place.ID == in.Place {
		return "yes"
	}
	return "unknown"
}

// turnAway gives a reason why it cannot be done here and now; a plan that had
// something harder to say keeps its outcome.
func (p *Plan) turnAway(outcome Outcome, why Line) {
	p.Reasons = append(slices.Clip(p.Reasons), why)
	if p.Outcome == Proceed || p.Outcome == VisitAgain && outcome == GoElsewhere {
		p.Outcome = outcome
	}
}
