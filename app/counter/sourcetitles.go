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

// LetterTitle is what a municipality calls the letter it mails to the holder; empty
// where its source has none.
func (c *Counter) LetterTitle(id rules.MunicipalityID) string {
	set, err := c.catalog.find(id)
	if err != nil || set.About["letter-has"] != "yes" {
		return ""
	}
	return set.About["letter-title"]
}

// IsSuperseded reports a rule set that is kept for training and archive: what is
// printed by it says so.
func (c *Counter) IsSuperseded(id rules.MunicipalityID) bool {
	set, err := c.catalog.find(id)
	return err == nil && set.Superseded
}
