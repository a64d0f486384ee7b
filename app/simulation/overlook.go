package simulation

import (
	"slices"

	"madoguchi/rules"
)

// overlooking reports whether a trainee who overlooks an exception, and does
// everything else right, gets fewer points than one who does not.
func overlooking(set Decider, s *Scenario, e Exception) (bool, error) {
	perfect, err := PerfectAnswers(set, s, 0)
	if err != nil {
		return false, err
	}
	careless := perfect
	if facts, byFacts := without[e]; e == ExpiredCardAsID {
		careless = refusing(s, perfect)
	} else if byFacts {
		believed, err := believing(set, s, facts)
		if err != nil {
			return false, err
		}
		believed.Accepted = perfect.Statement.Accepted
		careless.Statement = &believed
	} else {
		careless = trusting(s, perfect)
	}
	best, err := Score(set, s, perfect)
	if err != nil {
		return false, err
	}
	got, err := Score(set, s, careless)
	return got.Points < best.Points, err
}

// believing is the statement of somebody who takes the visit for an ordinary one.
func believing(set Decider, s *Scenario, facts Facts) (Statement, error) {
	t, err := s.truthOf(0)
	if err != nil {
		return Statement{}, err
	}
	t.facts = t.facts.with(facts)
	situation, err := t.situation()
	if err != nil {
		return Statement{}, err
	}
	return StatementOf(set.Decide(situation)), nil
}

// trusting accepts every paper and answers every event wrongly.
func trusting(s *Scenario, perfect Answers) Answers {
	said := *perfect.Statement
	said.Accepted = nil
	for _, p := range s.Bag {
		said.Accepted = append(said.Accepted, p.Title())
	}
	perfect.Statement = &said
	perfect.Responses = map[string]string{}
	return perfect
}

// refusing takes no paper whose printed day has passed.
func refusing(s *Scenario, perfect Answers) Answers {
	said := *perfect.Statement
	said.Accepted = nil
	for _, p := range s.Bag {
		if until, dated := p.ExpiresOn.Get(); p.Fault == "" && (!dated || until >= s.On) {
			said.Accepted = append(said.Accepted, p.Title())
		}
	}
	perfect.Statement = &said
	return perfect
}

// PerfectAnswers are the answers of a trainee who makes no mistake: the fewest
// questions in the order the plan asks them, the plan told as it is, every event
// met, printed and closed. Its score is full by construction; a test says so for
// every scenario.
func PerfectAnswers(set Decider, s *Scenario, seed int64) (Answers, error) {
	a := Answers{Scenario: s.ID, Seed: seed, Printed: true, Closed: true, Responses: map[string]string{}, Asked: []string{}}
	for {
		key, err := s.nextQuestion(set, a)
		if err != nil {
			return a, err
		}
		if key == "" {
			break
		}
		a.Asked = append(a.Asked, key)
	}
	t, err := s.truthOf(seed)
	if err != nil {
		return a, err
	}
	before, later := s.happened(a)
	t = t.after(before)
	situation, err := t.situation()
	if err != nil {
		return a, err
	}
	said := StatementOf(set.Decide(situation))
	for _, p := range t.bag {
		if acceptable(p, s.On, set) {
			said.Accepted = append(said.Accepted, p.Title())
		}
	}
	a.Statement = &said
	for _, e := range append(before, later...) {
		for _, r := range e.Responses {
			if r.Right {
				a.Responses[e.ID] = r.ID
			}
		}
	}
	return a, nil
}

// nextQuestion is the first question of the plan that the scenario can answer
// and nobody asked yet; empty when none is left.
func (s *Scenario) nextQuestion(set Decider, a Answers) (string, error) {
	t, err := s.truthOf(a.Seed)
	if err != nil {
		return "", err
	}
	before, _ := s.happened(a)
	t = t.after(before).locking(a.Locked)
	known, err := t.known(a.Asked)
	if err != nil {
		return "", err
	}
	plan := set.Decide(known)
	for _, key := range plan.Questions {
		if t.facts.answers(key) && !slices.Contains(a.Asked, key) && !t.shows(key) {
			return key, nil
		}
	}
	return "", nil
}

var _ Decider = (*rules.Set)(nil)
