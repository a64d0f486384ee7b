package rules

import "slices"

// servePlace says whether the place the situation names serves this matter, and
// whether it does so without booking. Where it does not, the plan sends the
// visitor to the places that do.
func (s *Set) servePlace(in *Situation, p *Plan) {
	if in.Place == "" || len(p.Places) == 0 {
		return
	}
	p.Places = slices.Clone(p.Places)
	i := slices.IndexFunc(p.Places, func(l PlaceLine) bool { return l.ID == in.Place })
	if i < 0 {
		p.Reasons = append(p.Reasons, s.line("place-does-not-serve"))
		if p.Outcome == Proceed || p.Outcome == VisitAgain {
			p.Outcome = GoElsewhere
		}
		return
	}
	place := &p.Places[i]
	place.Serves = "yes"
	if booked, ok := in.Booked.Get(); ok && !booked && place.Booking == "required" {
		place.Serves = "by-appointment"
		p.Reasons = append(p.Reasons, s.line("booking-needed"))
		if p.Outcome == Proceed {
			p.Outcome = VisitAgain
		}
	}
}
