package rules

import "slices"

// Evidence: the papers that were brought are laid against the requirements. A
// paper counts once. What is missing is the smallest completion: over all
// alternatives of all requirements, the choice that leaves the fewest papers open.

// slot is one paper that one requirement waits for.
type slot struct {
	requirement int
	of          Party
	class       DocumentClass
}

// weighEvidence marks every requirement satisfied or not, and with what it lacks.
func (s *Set) weighEvidence(p *Plan, in *Situation) {
	papers := make([][]DocumentClass, len(in.Evidence))
	for i, paper := range in.Evidence {
		papers[i] = s.classesOf(paper, in.On)
	}
	best := bestFit(p.Requirements, in.Evidence, papers)
	complete, judged := true, false
	for i := range p.Requirements {
		q := &p.Requirements[i]
		q.Missing = best.missing[i]
		satisfied := len(q.Missing) == 0
		q.Satisfied, q.Judged = &satisfied, best.judged[i]
		complete = complete && satisfied
		judged = judged || q.Judged
	}
	if judged {
		p.Notes = append(slices.Clip(p.Notes), s.line("judged"))
	}
	if !complete && p.Outcome == Proceed {
		p.Outcome = VisitAgain
		p.Reasons = append(slices.Clip(p.Reasons), s.line("papers-missing"))
	}
}

// classesOf says what a paper counts as on a day in this municipality; nothing
// for a paper on no list, out of date, or no longer accepted.
func (s *Set) classesOf(paper Paper, on Date) []DocumentClass {
	expires, hasExpiry := paper.ExpiresOn.Get()
	if paper.Class != "" {
		if hasExpiry && expires < on {
			return nil
		}
		return []DocumentClass{paper.Class}
	}
	var classes []DocumentClass
	for _, d := range s.documents {
		if d.Name == paper.Document && (d.Of == "" || d.Of == paper.Of) && d.accepts(paper, on) {
			classes = append(classes, d.Class)
		}
	}
	if len(classes) > 0 {
		return classes
	}
	for _, class := range ownPapers {
		if s.words.labels["class/"+string(class)].Plain() == paper.Document && (!hasExpiry || expires >= on) {
			return []DocumentClass{class}
		}
	}
	return nil
}

// ownPapers are the classes that are one paper each and stand on no list.
var ownPapers = []DocumentClass{"individual-number-card", "family-register", "guardianship-register", "authority-schedule",
	"parenthood-proof", "household-oath", "letter", "power-of-attorney", "application", "card-application", "new-residence-card"}

func (d Document) accepts(paper Paper, on Date) bool {
	if !d.AcceptedUntil.IsZero() && on > d.AcceptedUntil {
		return false
	}
	if issued, ok := paper.IssuedOn.Get(); ok && issued < d.IssuedFrom {
		return false
	}
	expires, ok := paper.ExpiresOn.Get()
	return !ok || on <= AddMonths(expires, d.GraceMonths)
}

// fills reports whether a paper of one class serves where another is asked for.
func fills(have, want DocumentClass) bool {
	if have == want {
		return true
	}
	return want == ClassAnyID && slices.Contains([]DocumentClass{ClassA, ClassB, ClassPhotoOfficial, ClassNonPhotoOfficial}, have)
}

type fit struct {
	open    int
	missing [][]ClassCount
	judged  []bool
}

// bestFit tries every choice of alternatives and keeps the one with the fewest
// papers missing; of equals, the one that stands first in the tables.
func bestFit(requirements []Requirement, evidence []Paper, papers [][]DocumentClass) fit {
	choice := make([]int, len(requirements))
	var best fit
	for first := true; first || next(choice, requirements); first = false {
		var slots []slot
		for i, q := range requirements {
			for _, c := range q.AnyOf[choice[i]] {
				for range c.Count {
					slots = append(slots, slot{i, q.Of, c.Class})
				}
			}
		}
		if f := fitSlots(slots, requirements, evidence, papers); best.missing == nil || f.open < best.open {
			best = f
		}
	}
	return best
}

// next moves to the next choice of alternatives; false after the last.
func next(choice []int, requirements []Requirement) bool {
	for i := range choice {
		choice[i]++
		if choice[i] < len(requirements[i].AnyOf) {
			return true
		}
		choice[i] = 0
	}
	return false
}

// fitSlots lays papers into slots by augmenting paths: the largest number of
// slots that can be filled at once.
func fitSlots(slots []slot, requirements []Requirement, evidence []Paper, papers [][]DocumentClass) fit {
	holder := make([]int, len(papers)) // slot a paper lies in, -1 for none
	for i := range holder {
		holder[i] = -1
	}
	filled := make([]bool, len(slots))
	var place func(at int, tried []bool) bool
	place = func(at int, tried []bool) bool {
		for i, classes := range papers {
			suits := evidence[i].Of == slots[at].of && slices.ContainsFunc(classes, func(c DocumentClass) bool { return fills(c, slots[at].class) })
			if tried[i] || !suits {
				continue
			}
			tried[i] = true
			if holder[i] < 0 || place(holder[i], tried) {
				holder[i] = at
				return true
			}
		}
		return false
	}
	f := fit{missing: make([][]ClassCount, len(requirements)), judged: make([]bool, len(requirements))}
	for i := range f.missing {
		f.missing[i] = []ClassCount{}
	}
	for at := range slots {
		filled[at] = place(at, make([]bool, len(papers)))
		if !filled[at] {
			f.open++
			f.addMissing(slots[at])
		}
	}
	for i, at := range holder {
		if at >= 0 && evidence[i].Class != "" {
			f.judged[slots[at].requirement] = true
		}
	}
	return f
}

func (f *fit) addMissing(s slot) {
	list := &f.missing[s.requirement]
	for i := range *list {
		if (*list)[i].Class == s.class {
			(*list)[i].Count++
			return
		}
	}
	*list = append(*list, ClassCount{s.class, 1})
}
