package rules

import (
	"math/bits"
	"slices"
)

// Decide answers one situation. It is a function of the situation alone; with
// the same edition the same situation always gives the same plan. Several
// procedures give one merged plan.
func (s *Set) Decide(in Situation) (plan Plan) {
	if len(in.Procedure) > 1 {
		return s.decideMerged(in)
	}
	var procedure Procedure
	if len(in.Procedure) == 1 {
		procedure = in.Procedure[0]
	}
	plan = s.decideOne(&in, procedure)
	s.servePlace(&in, &plan)
	return plan
}

func (s *Set) decideOne(in *Situation, procedure Procedure) (p Plan) {
	d := s.run(in, procedure)
	p = s.emptyPlan(in)
	if procedure != "" {
		p.Procedure = Procedures{procedure}
	}
	end := d.endsAt()
	d.makeRoom(&p, end)
	d.addCapacity(&p)
	switch end {
	case tableCapacity:
		d.stopAt(&p, tableCapacity)
	case tableBlocks:
		d.block(&p)
	case tablePapers:
		d.stopAt(&p, tablePapers)
		d.askWhatBlocks(&p)
	default:
		d.fill(&p)
	}
	d.addLists(&p)
	return p
}

// endsAt is the table that ends the plan before all of them are worked, or tableCount.
func (d *decision) endsAt() tableID {
	switch {
	case d.stops(tableCapacity):
		return tableCapacity
	case d.blocked():
		return tableBlocks
	case d.stops(tablePapers):
		return tablePapers
	}
	return tableCount
}

func (s *Set) emptyPlan(in *Situation) Plan {
	visit := 1
	if n, ok := in.Visit.Get(); ok {
		visit = n
	}
	return Plan{
		Municipality: s.ID, MunicipalityTitle: s.Title, On: in.On, Edition: s.Edition, Visit: visit,
		Status: Stated, Outcome: Proceed, Procedure: in.Procedure,
		Reasons: []Line{}, Requirements: []Requirement{}, OpenPoints: []Line{}, PINs: []PINLine{}, Letters: []Line{},
		Steps: []Line{}, Notes: []Line{}, Dates: []DateLine{}, Fees: []Line{}, Places: []PlaceLine{}, Contacts: []PlaceLine{},
		Questions: []string{},
	}
}

func (d *decision) addCapacity(p *Plan) {
	if r := d.hit[tableCapacity]; r != nil {
		p.Capacity = r.effect.capacity
		p.Status = r.status()
		if !d.stops(tableCapacity) {
			p.Notes = append(p.Notes, r.effect.lines...)
		}
	}
}

// stopAt ends a plan where the source is silent, or says no.
func (d *decision) stopAt(p *Plan, id tableID) {
	r := d.hit[id]
	p.Status, p.Visits = r.status(), 0
	p.Reasons = append(p.Reasons, r.effect.lines...)
	if r.basis == NotPossible {
		p.Outcome = OutcomeNever
		return
	}
	p.Outcome = AskSupervisor
	p.OpenPoints = append(p.OpenPoints, d.openPoint(id, r))
}

// askWhatBlocks asks on where the source names no papers, and it is open whether it
// sends the visitor elsewhere or says no (Kawasaki L157).
func (d *decision) askWhatBlocks(p *Plan) {
	tells := func(r *row) bool { return r.effect.outcome != "" && r.effect.outcome != AskSupervisor }
	if d.hit[tableBlocks] == nil && slices.ContainsFunc(d.may[tableBlocks], tells) {
		p.Questions, p.Outcome = d.questions(tableBlocks), NeedAnswers
	}
}

// openPoint says that the source leaves something open, and whom to ask.
func (d *decision) openPoint(id tableID, r *row) Line {
	return Line{ID: openPointIDs[id], Status: NotStated, Text: d.set.words.lines[openPointIDs[id]], Because: r.reasons(), Sources: r.sources}
}

var openPointIDs = [tableCount]string{
	tableCapacity: "open/capacity", tablePapers: "open/papers", tableProofs: "open/proofs", tableExtras: "open/extras",
	tablePINs: "open/pins", tableVisits: "open/visits", tableBlocks: "open/blocks", tablePlaces: "open/places",
	tableFees: "open/fees", tableDates: "open/dates", tableSteps: "open/steps", tableNotes: "open/notes",
}

func (d *decision) blocked() bool {
	r := d.hit[tableBlocks]
	return r != nil && r.effect.outcome != ""
}

// block ends a plan that cannot go on whoever stands there: its status is that of
// the row that stops it.
func (d *decision) block(p *Plan) {
	r := d.hit[tableBlocks]
	p.Status, p.Outcome, p.Visits = r.status(), r.effect.outcome, 0
	if p.Outcome == VisitAgain {
		p.Visits = max(1, p.Visit)
	}
	p.Reasons = append(p.Reasons, r.effect.lines...)
	if slices.ContainsFunc(d.may[tableCapacity], (*row).silent) {
		// Of some visitors the source does not say whether they may come at all.
		p.Questions, p.Outcome = d.questions(tableCapacity), NeedAnswers
	}
}

// fill writes papers, PINs, visits, steps and questions of a plan that can go on:
// where it cannot, there is nothing to be done.
func (d *decision) fill(p *Plan) {
	if r := d.hit[tablePapers]; r != nil {
		p.Status = weakest(p.Status, r.status())
		p.Notes = append(p.Notes, r.effect.lines...)
	}
	for _, id := range asksForPapers {
		d.addRequirements(p, id)
	}
	d.addMissingList(p)
	d.addPINs(p)
	d.addVisits(p)
	p.Steps = append(p.Steps, d.lines(tableSteps)...)
	p.Questions = d.openQuestions()
	if len(p.Questions) > 0 {
		p.Outcome = NeedAnswers
	}
	if len(d.in.Evidence) > 0 {
		d.set.weighEvidence(p, d.in)
	}
}

// addRequirements adds what a table asks for: its row's papers, or while several
// rows may still hold, the papers they all ask for.
func (d *decision) addRequirements(p *Plan, id tableID) {
	r := d.hit[id]
	if r == nil {
		p.Requirements = append(p.Requirements, d.certainRequirements(id)...)
		return
	}
	if r.basis == NotStated {
		p.OpenPoints = append(p.OpenPoints, d.openPoint(id, r))
		return
	}
	first := len(p.Requirements)
	p.Requirements = append(p.Requirements, r.effect.requirements...)
	for i := range p.Requirements[first:] {
		d.addExamples(&p.Requirements[first+i])
	}
}

// asksForPapers are the tables that ask for papers.
var asksForPapers = [...]tableID{tablePapers, tableProofs, tableExtras}

// addMissingList says 要設定 where papers of a class are asked for and the
// municipality has no list of what belongs to it: nothing is borrowed.
func (d *decision) addMissingList(p *Plan) {
	if len(d.set.documents) > 0 {
		return
	}
	for i := range p.Requirements {
		if slices.Contains(listedClasses, p.Requirements[i].AnyOf[0][0].Class) {
			p.OpenPoints = append(p.OpenPoints, d.set.openLine("list-not-set"))
			return
		}
	}
}

// listedClasses are the classes whose papers stand on a municipality's own lists.
var listedClasses = []DocumentClass{ClassA, ClassB, ClassAnyID, ClassPhotoOfficial, ClassNonPhotoOfficial}

func (d *decision) certainRequirements(id tableID) []Requirement {
	rows := d.may[id]
	if len(rows) == 0 {
		return nil
	}
	var certain []Requirement
	for _, q := range rows[0].effect.requirements {
		inAll := !slices.ContainsFunc(rows[1:], func(r *row) bool {
			return !slices.ContainsFunc(r.effect.requirements, func(o Requirement) bool { return o.ID == q.ID })
		})
		if inAll {
			d.addExamples(&q)
			certain = append(certain, q)
		}
	}
	return certain
}

// addExamples names the papers of the set's own lists that count for a requirement on
// the day, class by class where several are asked for. The letter and the card have one
// name, and no examples.
func (d *decision) addExamples(q *Requirement) {
	day := bits.TrailingZeros64(d.v[factOn])
	if len(q.AnyOf) == 1 && len(q.AnyOf[0]) == 1 {
		class := q.AnyOf[0][0].Class
		if names := d.set.examples[day][class]; names != nil && class != ClassLetter && class != ClassIndividualNumberCard {
			q.Examples = names
		}
		return
	}
	for _, class := range q.Classes() {
		if names := d.set.examples[day][class]; names != nil && slices.Contains(listedClasses, class) {
			if q.ExamplesOf == nil {
				q.ExamplesOf = map[DocumentClass][]string{}
			}
			q.ExamplesOf[class] = names
		}
	}
}

func (d *decision) addPINs(p *Plan) {
	r := d.hit[tablePINs]
	if r == nil {
		return
	}
	if r.basis == NotStated || slices.Contains(r.effect.pins[:], "unstated") {
		p.OpenPoints = append(p.OpenPoints, d.openPoint(tablePINs, r))
	}
	var entries [len(pinOrder)]PINEntry
	count := 0
	for i, how := range r.effect.pins {
		if entry, ok := pinEntry(how, d.in.PINs.pin(i)); ok {
			entries[i] = entry
			count++
		}
	}
	p.PINs = make([]PINLine, 0, count)
	for i, entry := range entries {
		if entry != "" {
			p.PINs = append(p.PINs, PINLine{Kind: pinOrder[i], Entry: entry, Status: r.status(),
				Text: d.set.pinTexts[i][entry], Because: pinBecause[i], Sources: r.sources})
		}
	}
}

var pinOrder = [4]PINKind{PINSignature, PINUserIdentification, PINResidentRegistration, PINCardInfoInput}

var pinBecause = [4][]string{{"pins.signature"}, {"pins.user-identification"}, {"pins.resident-registration"}, {"pins.card-info-input"}}

// pinEntry turns a table's word and the PIN's state into how it comes in. A
// number that is lost or was never set cannot be entered: a new one is chosen.
func pinEntry(how string, answer Fact[PINState]) (PINEntry, bool) {
	isLost, usable, known := lost(answer)
	gone := known && (isLost || !usable)
	switch how {
	case "enter":
		if gone {
			return EntrySetNew, true
		}
		return EntryAtCounter, true
	case "reset":
		return EntrySetNew, isLost
	case "new":
		return EntrySetNew, true
	case "letter", "letter-new":
		return EntryInLetter, true
	case "letter-reset":
		return EntryInLetter, isLost
	}
	return "", false
}

func (d *decision) addVisits(p *Plan) {
	r := d.hit[tableVisits]
	if r == nil {
		p.Visits = d.mostVisits()
		return
	}
	if r.basis == NotStated {
		p.OpenPoints = append(p.OpenPoints, d.openPoint(tableVisits, r))
	}
	p.Visits = r.effect.visits
	p.Letters = append(p.Letters, r.effect.letters...)
	if r.effect.outcome != "" {
		p.Outcome = r.effect.outcome
		p.Reasons = append(p.Reasons, r.effect.lines...)
		return
	}
	p.Steps = append(p.Steps, r.effect.lines...)
}

// mostVisits is the number of visits to be safe with while it is still open.
func (d *decision) mostVisits() int {
	most := 0
	for _, r := range d.may[tableVisits] {
		most = max(most, r.effect.visits)
	}
	return most
}

func weakest(a, b Status) Status {
	if a == b {
		return a
	}
	order := []Status{NotStated, Inferred, Stated}
	return order[min(slices.Index(order, a), slices.Index(order, b))]
}
