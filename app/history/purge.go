package history

import "madoguchi/rules"

// purgeDay is the day on which the persons of a closed case go.
func (s *Store) purgeDay(r *row) rules.Date {
	return day(r.closedOn) + rules.Date(s.o.Retention(rules.MunicipalityID(r.municipality)))
}
