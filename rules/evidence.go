package rules

import (
	"slices"
	"strings"
)

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
	requirements, evidence := p.Requirements, in.Evidence
	if kind, _ := in.Visitor.Kind.Get(); kind == VisitorHolder {
		requirements, evidence = onePerson(requirements, evidence)
	}
	papers := make([][]DocumentClass, len(evidence))
	for i, paper := range evidence {
		classes, problem := s.classesOf(paper, in.On)
		papers[i] = classes
		if problem != "" {
			joinByID(&p.Notes, []Line{s.line(problem)})
		}
	}
	best := bestFit(requirements, evidence, papers)
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

// onePerson makes one party of holder and visitor, where the holder stands there.
func onePerson(requirements []Requirement, evidence []Paper) ([]Requirement, []Paper) {
	requirements, evidence = slices.Clone(requirements), slices.Clone(evidence)
	for i := range requirements {
		requirements[i].Of = OfHolder
	}
	for i := range evidence {
		evidence[i].Of = OfHolder
	}
	return requirements, evidence
}

// classesOf says what a paper counts as on a day in this municipality: nothing for
// a paper on no list, out of date, or no longer accepted, and then which line of
// the vocabulary says why.
func (s *Set) classesOf(paper Paper, on Date) (classes []DocumentClass, problem string) {
	if paper.Class != "" {
		if !inForce(paper, on, s.graceOf(paper)) {
			return nil, "paper-not-accepted"
		}
		return []DocumentClass{paper.Class}, ""
	}
	listed := s.listed(paper)
	for _, d := range listed {
		if d.accepts(paper, on) {
			classes = append(classes, d.Class)
		}
	}
	if len(classes) > 0 {
		return classes, ""
	}
	if len(listed) > 0 {
		return nil, "paper-not-accepted"
	}
	return s.ownPaper(paper, on)
}

// listed are the items of the document lists a paper's name stands for: those
// spelled the same, or else those of that name whose list adds a remark in brackets,
// as long as the remark does not change what the paper counts as.
func (s *Set) listed(paper Paper) []Document {
	var exact, plain []Document
	for _, d := range s.documents {
		if d.Of != "" && d.Of != paper.Of {
			continue
		}
		name, remark, _ := strings.Cut(strings.TrimSuffix(d.Name, ")"), "(")
		switch paper.Document {
		case d.Name:
			exact = append(exact, d)
		case name, remark:
			plain = append(plain, d)
		}
	}
	if len(exact) > 0 || slices.ContainsFunc(plain, func(d Document) bool { return d.Class != plain[0].Class }) {
		return exact
	}
	return plain
}

// ownPaper finds the class that is one paper and stands on no list.
func (s *Set) ownPaper(paper Paper, on Date) (classes []DocumentClass, problem string) {
	for _, class := range ownPapers {
		if s.words.labels["class/"+string(class)].Plain() != paper.Document && (class != ClassLetter || s.About["letter-title"] != paper.Document) {
			continue
		}
		if !inForce(paper, on, 0) {
			return nil, "paper-not-accepted"
		}
		return []DocumentClass{class}, ""
	}
	return nil, "paper-not-listed"
}

// graceOf is how many months a paper judged to be of a class counts after its own
// expiry: what every item of that class on the list has.
func (s *Set) graceOf(paper Paper) int {
	grace := -1
	for _, d := range s.documents {
		if d.Class == paper.Class && (d.Of == "" || d.Of == paper.Of) && (grace < 0 || d.GraceMonths < grace) {
			grace = d.GraceMonths
		}
	}
	return max(grace, 0)
}

// ownPapers are the classes that are one paper each and stand on no list.
var ownPapers = []DocumentClass{ClassIndividualNumberCard, classFamilyRegister, "guardianship-register", "authority-schedule",
	classParenthoodProof, "household-oath", ClassLetter, "power-of-attorney", "application", "card-application", "new-residence-card"}

// accepts reports whether a paper is what the item asks for, on a day.
func (d Document) accepts(paper Paper, on Date) bool {
	if !d.AcceptedUntil.IsZero() && on > d.AcceptedUntil {
		return false
	}
	if issued, ok := paper.IssuedOn.Get(); ok && issued < d.IssuedFrom {
		return false
	}
	return inForce(paper, on, d.GraceMonths)
}

// inForce reports whether a paper is issued and not out of date on a day; it counts
// for some months after its expiry where the source grants them.
func inForce(paper Paper, on Date, graceMonths int) bool {
	if issued, ok := paper.IssuedOn.Get(); ok && issued > on {
		return false
	}
	expires, ok := paper.ExpiresOn.Get()
	return !ok || on <= AddMonths(expires, graceMonths)
}

// fills reports whether a paper of one class serves where another is asked for. A
// family register is a proof of parenthood (Kawasaki L91).
func fills(have, want DocumentClass) bool {
	if have == want || have == classFamilyRegister && want == classParenthoodProof {
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
