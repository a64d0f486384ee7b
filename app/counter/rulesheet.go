package counter

import (
	"madoguchi/app/forms"
	"madoguchi/rules"
)

// PrintRuleSheet makes the sheet of a whole rule set, for the supervisor who signs
// it. An empty path makes a file of its own in the folder of prints. Errors:
// *NoRuleSet, *RuleSetFaults, *OutputError.
func (c *Counter) PrintRuleSheet(id rules.MunicipalityID, path string) (Printed, error) {
	set, err := c.catalog.find(id)
	if err != nil {
		return Printed{}, err
	}
	return c.PrintForm(path, func(f *forms.Fonts, o forms.Options) (*forms.Document, error) {
		return forms.MakeRuleSheet(f, forms.RuleSheet{Set: set, On: c.Today()}, o)
	})
}

// Approvals are the signatures under rule sets, whatever the tables are now.
func (c *Counter) Approvals() []rules.Approval { return c.real.signatures() }
