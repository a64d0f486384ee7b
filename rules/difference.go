package rules

import "slices"

// TableDifference is what one table of a set has and the same table of another
// has not, in the words of the rule sheet. Rows are compared by what they say,
// not by their ids or their place.
type TableDifference struct {
	File   string     `json:"file"`
	Title  string     `json:"title"`
	Before []SheetRow `json:"before"` // only in the first set
	After  []SheetRow `json:"after"`  // only in the second
}

// Change is a situation that two sets decide differently.
type Change struct {
	Name   string   `json:"name"`
	Before Told     `json:"before"`
	After  Told     `json:"after"`
	What   []string `json:"what"` // status, outcome, capacity, visits, requirements, pins
}

// Told is what a visitor is told, as far as two plans are compared.
type Told struct {
	Status       Status   `json:"status"`
	Outcome      Outcome  `json:"outcome"`
	Capacity     Capacity `json:"capacity"`
	Visits       int      `json:"visits"`
	Requirements []string `json:"requirements"`
	PINs         []string `json:"pins"`
}

// Differences compares two sets, or two editions of one, table by table. Tables
// that say the same are left out.
func Differences(before, after *Set) []TableDifference {
	out := []TableDifference{}
	a, b := before.Sheet(), after.Sheet()
	for i := range a {
		d := TableDifference{File: a[i].File, Title: a[i].Title, Before: onlyIn(a[i], b[i]), After: onlyIn(b[i], a[i])}
		if len(d.Before)+len(d.After) > 0 {
			out = append(out, d)
		}
	}
	return out
}

func onlyIn(mine, theirs SheetTable) []SheetRow {
	out := []SheetRow{}
	for _, r := range mine.Rows {
		same := func(o SheetRow) bool {
			return slices.Equal(mine.Columns, theirs.Columns) && slices.Equal(r.Cells, o.Cells) && r.Basis == o.Basis && r.Period == o.Period && r.Sources == o.Sources
		}
		if !slices.ContainsFunc(theirs.Rows, same) {
			out = append(out, r)
		}
	}
	return out
}

// Compare decides one situation with both sets; ok is false where both tell the
// same. The municipality of the situation does not matter.
func Compare(before, after *Set, name string, in Situation) (change Change, ok bool) {
	in.Municipality = before.ID
	first := toldOf(before.Decide(in))
	in.Municipality = after.ID
	second := toldOf(after.Decide(in))
	change = Change{Name: name, Before: first, After: second, What: []string{}}
	for what, differs := range map[string]bool{
		"status": first.Status != second.Status, "outcome": first.Outcome != second.Outcome,
		"capacity": first.Capacity != second.Capacity, "visits": first.Visits != second.Visits,
		"requirements": !slices.Equal(first.Requirements, second.Requirements), "pins": !slices.Equal(first.PINs, second.PINs),
	} {
		if differs {
			change.What = append(change.What, what)
		}
	}
	slices.Sort(change.What)
	return change, len(change.What) > 0
}

func toldOf(p Plan) Told {
	t := Told{Status: p.Status, Outcome: p.Outcome, Capacity: p.Capacity, Visits: p.Visits, Requirements: []string{}, PINs: []string{}}
	for _, q := range p.Requirements {
		t.Requirements = append(t.Requirements, q.ID)
	}
	for _, l := range p.PINs {
		t.PINs = append(t.PINs, string(l.Kind)+":"+string(l.Entry))
	}
	slices.Sort(t.Requirements)
	slices.Sort(t.PINs)
	return t
}
