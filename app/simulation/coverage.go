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

// Unreached lists the rows of a rule set that no written scenario of the library
// ever turns on, and those of them that no exercise turns on either: what a
// trainee cannot meet.
func (l *Library) Unreached(set *rules.Set) (written, any []rules.RowName, err error) {
	var all []rules.Situation
	for _, s := range l.scenarios {
		if s.Municipality != set.ID {
			continue
		}
		if all, err = s.addSituations(all); err != nil {
			return nil, nil, err
		}
	}
	written = set.Unreached(all)
	exercises, err := Exercises(set)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range exercises {
		if all, err = s.addSituations(all); err != nil {
			return nil, nil, err
		}
	}
	return written, set.Unreached(all), nil
}

func (s *Scenario) addSituations(all []rules.Situation) ([]rules.Situation, error) {
	more, err := s.Situations()
	return append(all, more...), err
}
