package simulation

import (
	"testing"
)

// Every row of every rule set can be practised: by a written scenario, or by an
// exercise drawn from the examples of its set. A trainee who makes no mistake
// gets every point in an exercise too, and the check finds nothing in it.
func TestEveryRowCanBePractised(t *testing.T) {
	library, sets := shipped(t)
	for id, set := range sets {
		t.Run(string(id), func(t *testing.T) {
			drawn, err := Exercises(set)
			if err != nil || len(drawn) == 0 {
				t.Fatalf("%d exercises, %v", len(drawn), err)
			}
			for _, s := range drawn {
				c := &checker{file: string(s.ID), scenario: s}
				c.check()
				faults := append(c.faults[1:], CheckAgainst(set, s)...) // the first is that the name is an exercise's
				if len(faults) > 0 {
					t.Errorf("%s: %v", s.ID, faults)
				}
				perfect, err := PerfectAnswers(set, s, 0)
				if err != nil {
					t.Fatal(err)
				}
				if got, err := Score(set, s, perfect); err != nil || !got.Perfect {
					t.Errorf("%s: %d of %d points, %v", s.ID, got.Points, got.Of, err)
				}
			}
			written, unreached, err := library.Unreached(set)
			if err != nil {
				t.Fatal(err)
			}
			if len(unreached) > 0 {
				t.Errorf("%d rows that nobody can practise: %v", len(unreached), unreached)
			}
			t.Logf("%d exercises; %d rows that only they reach", len(drawn), len(written))
		})
	}
}
