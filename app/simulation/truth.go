package simulation

import (
	"fmt"
	"slices"

	"madoguchi/rules"
)

// Decider is the rule set a scenario is judged by. *rules.Set is one.
type Decider interface {
	Decide(rules.Situation) rules.Plan
	Documents() []rules.Document
	Question(key string) (rules.Question, bool)
}

// truth is what is so in one run: the facts after the chosen variant, with the
// words and papers that go with them.
type truth struct {
	scenario *Scenario
	facts    Facts
	says     map[string]Words
	bag      []BagPaper
}

// Variants counts the states the scenario has: 1 and its variants.
func (s *Scenario) VariantCount() int { return 1 + len(s.Variants) }

// HasBag reports whether the visitor laid papers on the counter.
func (s *Scenario) HasBag() bool {
	return len(s.Bag) > 0 || slices.ContainsFunc(s.Variants, func(v Variant) bool { return len(v.Bag) > 0 })
}

// truthOf lays the variant that a seed chooses over the scenario; seed 0 is the
// scenario as it stands.
func (s *Scenario) truthOf(seed int64) (truth, error) {
	facts, err := flattenFacts(s.Facts)
	if err != nil {
		return truth{}, err
	}
	t := truth{scenario: s, facts: facts, says: s.Says, bag: s.Bag}
	n := int(uint64(seed) % uint64(s.VariantCount()))
	if n == 0 {
		return t, nil
	}
	v := s.Variants[n-1]
	t.facts = facts.with(v.Facts)
	t.says = map[string]Words{}
	for key, words := range s.Says {
		if _, changed := v.Facts[key]; !changed {
			t.says[key] = words
		}
	}
	for key, words := range v.Says {
		t.says[key] = words
	}
	if v.Bag != nil {
		t.bag = v.Bag
	}
	return t, nil
}

// after lays what the events changed over the facts.
func (t truth) after(events []Event) truth {
	for _, e := range events {
		t.facts = t.facts.with(e.Sets)
	}
	return t
}

// locking lays the PINs that the trainee's tries locked over the facts.
func (t truth) locking(kinds []rules.PINKind) truth {
	for _, kind := range kinds {
		t.facts = t.facts.with(Facts{AllPINs + "." + string(kind): "locked"})
	}
	return t
}

// shows reports whether everything a key asks for can be seen without asking:
// on the card, in the official terminal, or in who stands there.
func (t truth) shows(asked string) bool {
	found := false
	for key, value := range t.facts {
		if !reveals(asked, key) {
			continue
		}
		if !fromCard(key, value) && !slices.Contains(t.scenario.Seen, key) {
			return false
		}
		found = true
	}
	return found
}

// start is the situation before anything was asked.
func (s *Scenario) start() rules.Situation {
	return rules.Situation{Municipality: s.Municipality, Procedure: slices.Clone(s.Procedure), On: s.On}
}

// situation is the whole truth as a situation, the papers that count included.
func (t truth) situation() (rules.Situation, error) {
	out := t.scenario.start()
	if err := t.facts.into(&out, t.facts.Keys()); err != nil {
		return out, fmt.Errorf("scenario %s: %w", t.scenario.ID, err)
	}
	for _, p := range t.bag {
		if p.Fault == "" {
			out.Evidence = append(out.Evidence, p.Paper)
		}
	}
	return out, nil
}

// known is what a trainee knows who has read the card and asked these keys.
func (t truth) known(asked []string) (rules.Situation, error) {
	out := t.scenario.start()
	var keys []string
	for _, key := range t.facts.Keys() {
		revealed := slices.ContainsFunc(asked, func(question string) bool { return reveals(question, key) })
		if revealed || fromCard(key, t.facts[key]) || slices.Contains(t.scenario.Seen, key) {
			keys = append(keys, key)
		}
	}
	if err := t.facts.into(&out, keys); err != nil {
		return out, fmt.Errorf("scenario %s: %w", t.scenario.ID, err)
	}
	return out, nil
}

// acceptable reports whether a paper of the bag can be taken on this day: nothing
// is wrong with it and its dates hold by the rule set's own list.
func acceptable(p BagPaper, on rules.Date, set Decider) bool {
	if p.Fault != "" {
		return false
	}
	until, dated := p.ExpiresOn.Get()
	for _, d := range set.Documents() {
		if d.Name != p.Document {
			continue
		}
		if !d.AcceptedUntil.IsZero() && on > d.AcceptedUntil {
			return false
		}
		issued, known := p.IssuedOn.Get()
		if known && issued < d.IssuedFrom {
			return false
		}
		if dated {
			until = rules.AddMonths(until, d.GraceMonths)
		}
	}
	return !dated || on <= until
}
