package simulation

import "madoguchi/rules"

// Situations are all the situations a scenario plays: each variant before and
// after what its events change.
func (s *Scenario) Situations() ([]rules.Situation, error) {
	var out []rules.Situation
	for seed := range int64(s.VariantCount()) {
		t, err := s.truthOf(seed)
		if err != nil {
			return nil, err
		}
		for _, state := range []truth{t, t.after(s.Events)} {
			situation, err := state.situation()
			if err != nil {
				return nil, err
			}
			out = append(out, situation)
		}
	}
	return out, nil
}

// Unreached lists the rows of a rule set that no scenario of the library ever
// turns on: what a trainee cannot meet.
func (l *Library) Unreached(set *rules.Set) ([]rules.RowName, error) {
	var all []rules.Situation
	for _, s := range l.scenarios {
		if s.Municipality != set.ID {
			continue
		}
		situations, err := s.Situations()
		if err != nil {
			return nil, err
		}
		all = append(all, situations...)
	}
	return set.Unreached(all), nil
}
