package counter

import (
	"slices"

	"madoguchi/rules"
)

// Decide makes the plan of one situation. A situation without a day gets today,
// one without a municipality the office's own. Errors: *NoRuleSet, *RuleSetFaults.
func (c *Counter) Decide(s rules.Situation) (rules.Plan, error) {
	s = c.completed(s)
	set, err := c.catalog.findOn(s.Municipality, s.On)
	if err != nil {
		return rules.Plan{}, err
	}
	return set.Decide(s), nil
}

func (c *Counter) completed(s rules.Situation) rules.Situation {
	if s.On.IsZero() {
		s.On = c.Today()
	}
	if s.Municipality == "" {
		s.Municipality = c.settings.Municipality
	}
	return s
}

// Plans are the plans of several situations and what to bring in all.
type Plans struct {
	Plans        []rules.Plan        `json:"plans"`
	Requirements []rules.Requirement `json:"requirements"`
}

// DecideAll makes the plans of several situations of one visit, in their order:
// a parent with three children brings each paper once. Situations of different
// municipalities share no paper: nothing crosses from one to another. Each is decided
// with the edition in force on its own day.
func (c *Counter) DecideAll(list []rules.Situation) (Plans, error) {
	out := Plans{Plans: make([]rules.Plan, len(list)), Requirements: []rules.Requirement{}}
	var order []rules.MunicipalityID
	of := map[rules.MunicipalityID][]int{}
	for i, s := range list {
		done := c.completed(s)
		id := c.catalog.edition(done.Municipality, done.On)
		if !slices.Contains(order, id) {
			order = append(order, id)
		}
		of[id] = append(of[id], i)
	}
	for _, id := range order {
		set, err := c.catalog.find(id)
		if err != nil {
			return Plans{}, err
		}
		together := make([]rules.Situation, 0, len(of[id]))
		for _, i := range of[id] {
			together = append(together, c.completed(list[i]))
		}
		plans, bring := set.DecideAll(together)
		for n, i := range of[id] {
			out.Plans[i] = plans[n]
		}
		out.Requirements = append(out.Requirements, bring...)
	}
	return out, nil
}

// Question is one question to the visitor: a key of the situation, in words.
type Question struct {
	Key     string   `json:"key"`   // situation key: visitor.holderPresent
	Label   string   `json:"label"` // 本人の同行はありますか? Furigana as 漢字《かんじ》
	Kind    string   `json:"kind"`  // choice, flag, date or pins
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
	set, err := c.catalog.find(m)
	if err != nil {
		return Question{}, false
	}
	q, known := set.Question(key)
	out := Question{Key: q.Key, Label: q.Text.Ja, Kind: q.Kind, Choices: make([]Choice, 0, len(q.Choices))}
	for _, choice := range q.Choices {
		out.Choices = append(out.Choices, Choice{choice.Value, choice.Text.Ja})
	}
	return out, known
}

// InputError is an input file that cannot be used, and why.
type InputError struct {
	Name string // what was read: a file name, or - for standard input
	Err  error
}

func (e *InputError) Error() string { return "reading " + e.Name + ": " + e.Err.Error() }

// Unwrap gives the reason.
func (e *InputError) Unwrap() error { return e.Err }

// ParseSituations reads a situation or a list of them from a file that name
// names; list tells which it was. The error is an *InputError.
func ParseSituations(name string, data []byte) (situations []rules.Situation, list bool, err error) {
	situations, list, err = rules.ParseSituations(data)
	if err != nil {
		return nil, list, &InputError{Name: name, Err: err}
	}
	for _, s := range situations {
		if err := refuseIndividualNumber(textsOf(s)...); err != nil {
			return nil, list, err
		}
	}
	return situations, list, nil
}
