package counter

import "madoguchi/rules"

// RuleSet is one municipality's rule set as lists show it.
type RuleSet struct {
	ID       rules.MunicipalityID `json:"id"`
	Title    string               `json:"title"`
	Edition  string               `json:"edition"`  // fingerprint of the tables
	Approved bool                 `json:"approved"` // a supervisor signed this edition; false: 未承認
	Added    bool                 `json:"added"`    // from the data folder, not built in
	Archive  bool                 `json:"archive"`  // superseded: for training and looking back only
}

// RuleSets lists the rule sets by identifier, those added by the municipality included.
func (c *Counter) RuleSets() []RuleSet { return []RuleSet{} }

// Decide makes the plan of one situation. A situation without a day gets today.
func (c *Counter) Decide(s rules.Situation) (rules.Plan, error) { return rules.Plan{}, errNotWired }

// Plans are the plans of several situations and what to bring in all.
type Plans struct {
	Plans        []rules.Plan        `json:"plans"`
	Requirements []rules.Requirement `json:"requirements"`
}

// DecideAll makes the plans of several situations of one visit, in their order:
// a parent with three children brings each paper once.
func (c *Counter) DecideAll(list []rules.Situation) (Plans, error) { return Plans{}, errNotWired }

// Question is one question to the visitor: a key of the situation, in words.
type Question struct {
	Key     string   `json:"key"`   // situation key: visitor.holderPresent
	Label   string   `json:"label"` // 本人の同行はありますか?
	Kind    string   `json:"kind"`  // choice, yes-no, date, text or number
	Choices []Choice `json:"choices"`
}

// Choice is one answer that a question knows.
type Choice struct {
	Value string `json:"value"` // as Situation.Set takes it
	Label string `json:"label"`
}

// Question gives the words of one situation key in a municipality's rule set;
// false where the key has no question.
func (c *Counter) Question(m rules.MunicipalityID, key string) (Question, bool) {
	return Question{}, false
}
