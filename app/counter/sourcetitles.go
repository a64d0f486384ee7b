package counter

import "madoguchi/rules"

// SourceTitles names a rule set's source documents for people: file name to
// title. A set that cannot be read has none, and a document without a title is
// printed by its file name.
func (c *Counter) SourceTitles(id rules.MunicipalityID) map[string]string {
	set, err := c.catalog.find(id)
	if err != nil {
		return map[string]string{}
	}
	return set.SourceTitles()
}
