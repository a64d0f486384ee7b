package rules

import (
	"cmp"
	"slices"
	"strings"
)

// workOrder is the order in which several matters are done in one visit: a card
// is released before its PINs are reset, PINs are reset before they are entered,
// and the face is brought up to date before certificates are issued.
var workOrder = []Procedure{SuspensionRelease, PINReset, ResidencePeriodUpdate, CardFaceUpdate, CertificateIssue,
	CertificateRenewal, PINChange, CardRenewal, CardLoss}

// decideMerged decides several procedures of one holder and one visitor as one plan.
func (s *Set) decideMerged(in Situation) Plan {
	order := slices.Clone(in.Procedure)
	slices.SortStableFunc(order, func(a, b Procedure) int {
		return cmp.Compare(slices.Index(workOrder, a), slices.Index(workOrder, b))
	})
	order = slices.Compact(order)
	papers := in.Evidence
	in.Evidence = nil
	var merged Plan
	for i, procedure := range order {
		plan := s.decideOne(&in, procedure)
		if i == 0 {
			merged = plan
			merged.Procedure = order
		} else {
			merged.join(plan)
		}
		if procedure == SuspensionRelease {
			// Behind the release the card is in force again.
			in.Card.State = Known(CardState("valid"))
		}
	}
	if len(papers) > 0 && len(merged.Requirements) > 0 {
		in.Evidence = papers
		s.weighEvidence(&merged, &in)
	}
	if merged.Outcome == OutcomeNever {
		merged.Questions = []string{}
	}
	s.servePlace(&in, &merged)
	return merged
}

// outcomeOrder is how outcomes of several matters add up: the hardest decides. Where
// one matter is for the supervisor, the others are asked about all the same, so that
// the papers of what can be done are whole; nobody asks on once it cannot be done.
var outcomeOrder = []Outcome{Proceed, VisitAgain, GoElsewhere, AskSupervisor, NeedAnswers, OutcomeNever}

func (p *Plan) join(o Plan) {
	p.Status = weakest(p.Status, o.Status)
	if slices.Index(outcomeOrder, o.Outcome) > slices.Index(outcomeOrder, p.Outcome) {
		p.Outcome = o.Outcome
	}
	if p.Capacity == "" {
		p.Capacity = o.Capacity
	}
	p.Visits = max(p.Visits, o.Visits)
	p.Requirements = joinRequirements(p.Requirements, o.Requirements)
	p.PINs = joinPINs(p.PINs, o.PINs)
	joinByID(&p.Reasons, o.Reasons)
	joinByID(&p.OpenPoints, o.OpenPoints)
	joinByID(&p.Letters, o.Letters)
	joinByID(&p.Steps, o.Steps)
	joinByID(&p.Notes, o.Notes)
	joinByID(&p.Fees, o.Fees)
	for _, d := range o.Dates {
		if !slices.ContainsFunc(p.Dates, func(e DateLine) bool { return e.ID == d.ID }) {
			p.Dates = append(p.Dates, d)
		}
	}
	p.Places = joinPlaces(p.Places, o.Places)
	p.Questions = joinQuestions(p.Questions, o.Questions)
}

// joinQuestions asks everything once: several PINs are one question, wherever they
// are needed.
func joinQuestions(into, more []string) []string {
	all := slices.Clone(into)
	for _, q := range more {
		if !slices.Contains(all, q) {
			all = append(all, q)
		}
	}
	isPIN := func(q string) bool { return q == "pins" || strings.HasPrefix(q, "pins.") }
	first := slices.IndexFunc(all, isPIN)
	if first < 0 || !slices.ContainsFunc(all[first+1:], isPIN) {
		return all
	}
	all[first] = "pins"
	return append(all[:first+1], slices.DeleteFunc(all[first+1:], isPIN)...)
}

// joinPlaces keeps the places that serve both matters, by appointment where one of
// them asks for it. Where no place serves both, or one of the sources names none,
// all are named.
func joinPlaces(into, more []PlaceLine) []PlaceLine {
	var both, either []PlaceLine
	either = slices.Clone(into)
	for _, l := range more {
		i := slices.IndexFunc(into, func(e PlaceLine) bool { return e.ID == l.ID })
		if i < 0 {
			either = append(either, l)
			continue
		}
		if into[i].Booking == "required" {
			l = into[i]
		}
		both = append(both, l)
	}
	if len(both) > 0 {
		return both
	}
	return either
}

func joinByID(into *[]Line, more []Line) {
	for _, l := range more {
		if !slices.ContainsFunc(*into, func(e Line) bool { return e.ID == l.ID }) {
			*into = append(slices.Clip(*into), l)
		}
	}
}

// joinRequirements asks for every paper once: a requirement that another one of
// the same person covers falls away.
func joinRequirements(into, more []Requirement) []Requirement {
	for _, q := range more {
		if slices.ContainsFunc(into, func(e Requirement) bool { return e.covers(q) }) {
			continue
		}
		into = slices.DeleteFunc(into, func(e Requirement) bool { return q.covers(e) })
		into = append(into, q)
	}
	return into
}

// covers reports whether whoever meets q in any way has met o too.
func (q Requirement) covers(o Requirement) bool {
	if q.Of != o.Of {
		return false
	}
	for _, mine := range q.AnyOf {
		if !slices.ContainsFunc(o.AnyOf, func(theirs []ClassCount) bool { return holds(mine, theirs) }) {
			return false
		}
	}
	return true
}

// holds reports whether some papers are among all: each of its own class first,
// then what may be of any class out of the papers that are left.
func holds(all, some []ClassCount) bool {
	left := slices.Clone(all)
	take := func(want ClassCount, suits func(DocumentClass) bool) bool {
		for i := range left {
			if suits(left[i].Class) {
				n := min(left[i].Count, want.Count)
				left[i].Count, want.Count = left[i].Count-n, want.Count-n
			}
		}
		return want.Count == 0
	}
	for _, any := range []bool{false, true} {
		for _, want := range some {
			if (want.Class == ClassAnyID) == any && !take(want, func(have DocumentClass) bool { return fills(have, want.Class) }) {
				return false
			}
		}
	}
	return true
}

// joinPINs names every PIN once. Who must enter a number cannot leave it to the
// letter, and a new number beats entering the old one: it is set before it is
// needed.
func joinPINs(into, more []PINLine) []PINLine {
	strength := []PINEntry{EntryInLetter, EntryAtCounter, EntrySetNew}
	for _, l := range more {
		i := slices.IndexFunc(into, func(e PINLine) bool { return e.Kind == l.Kind })
		switch {
		case i < 0:
			into = append(into, l)
		case slices.Index(strength, l.Entry) > slices.Index(strength, into[i].Entry):
			into[i] = l
		}
	}
	slices.SortFunc(into, func(a, b PINLine) int {
		return cmp.Compare(slices.Index(pinOrder[:], a.Kind), slices.Index(pinOrder[:], b.Kind))
	})
	return into
}

// DecideAll decides several holders' situations, such as a parent's with three
// children: a plan each, and what to bring in all. The visitor's own papers are
// needed once; the holders' papers once for each holder.
func (s *Set) DecideAll(situations []Situation) (plans []Plan, bring []Requirement) {
	bring = []Requirement{}
	for _, in := range situations {
		plan := s.Decide(in)
		plans = append(plans, plan)
		for _, q := range plan.Requirements {
			if q.Of == OfHolder || q.perHolder() {
				bring = append(bring, q)
				continue
			}
			bring = joinRequirements(bring, []Requirement{q})
		}
	}
	return plans, bring
}

// perHolder reports whether a visitor's paper is about one holder: the letter, the
// forms, the proxy and the register of a guardianship are. Who the visitor is needs
// to be shown once, and one family register names all children.
func (q Requirement) perHolder() bool {
	return slices.ContainsFunc(q.AnyOf[0], func(c ClassCount) bool {
		return slices.Contains([]DocumentClass{ClassLetter, "power-of-attorney", "application", "guardianship-register", "authority-schedule"}, c.Class)
	})
}
