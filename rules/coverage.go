package rules

// RowName says where a row of a decision table stands.
type RowName struct {
	File string `json:"file"`
	Line int    `json:"line"`
	ID   string `json:"id"`
}

// Unreached lists the rows that decide none of the situations, in the order of
// the tables: what neither an example nor an exercise has ever tried.
func (s *Set) Unreached(situations []Situation) []RowName {
	reached := map[*row]bool{}
	for _, in := range situations {
		for _, procedure := range in.Procedure {
			d := s.run(&in, procedure)
			for _, r := range d.hit {
				reached[r] = true
			}
		}
	}
	rows := []RowName{}
	for _, t := range s.tables {
		for _, r := range t.rows {
			if !reached[r] {
				rows = append(rows, RowName{File: t.sheet.file, Line: r.line, ID: r.id})
			}
		}
	}
	return rows
}
