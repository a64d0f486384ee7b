package rules

// A plan's lists are its own: who is given a plan may change it, and the set decides
// on as before. They get their room before they are filled, the lines all out of one
// array; a list that outgrows its room moves away from its neighbours.

// makeRoom gives a plan's lists room for what the rows that hold put into them. The
// plan ends at a table, or goes through all of them (tableCount).
func (d *decision) makeRoom(p *Plan, end tableID) {
	var reasons, letters, steps int
	notes, fees := d.countLines(tableNotes)+d.countLines(tablePlaces), d.countLines(tableFees)
	if d.set.Superseded {
		notes++
	}
	if end != tableCapacity {
		notes += d.countLines(tableCapacity)
	}
	if end != tableCount {
		reasons = d.countLines(end)
	} else {
		notes += d.countLines(tablePapers)
		reasons, letters, steps = d.countVisitLines()
		steps += d.countLines(tableSteps)
		p.Requirements = make([]Requirement, 0, d.countRequirements())
	}
	room := make([]Line, reasons+letters+steps+notes+fees)
	cut := func(n int) []Line {
		list := room[:0:n]
		room = room[n:]
		return list
	}
	p.Reasons, p.Letters, p.Steps, p.Notes, p.Fees = cut(reasons), cut(letters), cut(steps), cut(notes), cut(fees)
}

// countLines is how many lines the row of a table brings.
func (d *decision) countLines(id tableID) int {
	if r := d.hit[id]; r != nil {
		return len(r.effect.lines)
	}
	return 0
}

// countVisitLines is where the lines of the visits go; see [decision.addVisits].
func (d *decision) countVisitLines() (reasons, letters, steps int) {
	r := d.hit[tableVisits]
	switch {
	case r == nil:
		return 0, 0, 0
	case r.effect.outcome != "":
		return len(r.effect.lines), len(r.effect.letters), 0
	}
	return 0, len(r.effect.letters), len(r.effect.lines)
}

// countRequirements is how many papers the rows that hold ask for.
func (d *decision) countRequirements() int {
	n := 0
	for _, id := range asksForPapers {
		if r := d.hit[id]; r != nil {
			n += len(r.effect.requirements)
		}
	}
	return n
}
