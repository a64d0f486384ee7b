package rules

import (
	"encoding/json"
	"sync"
	"testing"
)

// TestPlansBelongToWhoAsked: whoever was given a plan may overwrite its lists and add to
// them. The next plan is as before, and so are the plan's other lists; also while
// others decide with the same set.
func TestPlansBelongToWhoAsked(t *testing.T) {
	tried := 0
	for id, set := range builtinByID(t) {
		situations := []Situation{{Municipality: id, On: day(t, "2026-11-24"), Procedure: Procedures{PINReset}}}
		for _, e := range set.Examples() {
			situations = append(situations, e.Situation)
			all := e.Situation
			all.Procedure = Procedures{CertificateRenewal, PINReset, CardFaceUpdate}
			situations = append(situations, all)
		}
		want := make([]string, len(situations))
		for i, s := range situations {
			want[i] = written(t, set.Decide(s))
		}
		var deciding sync.WaitGroup
		for range 4 {
			deciding.Go(func() {
				for i, s := range situations {
					p := set.Decide(s)
					p.lists(lengthen)
					if got := written(t, p); got != want[i] {
						t.Errorf("%s, situation %d: another plan, or changed by what was added\n%s\nwant\n%s", id, i, got, want[i])
					}
					p.lists(blank)
				}
			})
		}
		deciding.Wait()
		tried += len(situations)
	}
	if tried < 400 {
		t.Fatalf("only %d situations", tried)
	}
}

func written(t *testing.T, p Plan) string {
	t.Helper()
	data, err := json.Marshal(p)
	if err != nil {
		t.Error(err)
	}
	return string(data)
}

// change does something to a list of a plan.
type change int

const (
	lengthen change = iota // write behind its end, where there is room
	blank                  // overwrite what is in it
)

func (p *Plan) lists(c change) {
	for _, lines := range [][]Line{p.Reasons, p.OpenPoints, p.Letters, p.Steps, p.Notes, p.Fees} {
		list(c, lines)
	}
	list(c, p.Procedure)
	list(c, p.Requirements)
	list(c, p.PINs)
	list(c, p.Dates)
	list(c, p.Places)
	list(c, p.Contacts)
	list(c, p.Questions)
}

func list[T any](c change, items []T) {
	if c == lengthen {
		clear(items[:cap(items)][len(items):])
		return
	}
	clear(items)
}
