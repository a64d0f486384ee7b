package history

import (
	"context"
	"strings"
	"testing"
	"time"
)

func TestCounts(t *testing.T) {
	d := newDesk(t)
	for _, minutes := range []int{10, 20, 60} {
		n := d.add(sampleCase())
		d.to(n, Decided)
		d.time = d.time.Add(time.Duration(minutes) * time.Minute)
		d.to(n, Done)
	}
	d.time = noon.AddDate(0, 0, 10)
	n := d.add(sampleCase())
	d.to(n, Decided, LetterMade, Mailed, AwaitingReply)
	d.days(12)
	d.to(n, SecondVisit)
	for per, want := range map[Period]string{
		PerDay: `period,municipality,procedure,outcome,state,cases,medianMinutes,medianDaysToSecondVisit
2026-11-24,kagoshima-center,pin-reset,visit-again,done,3,20,
2026-12-04,kagoshima-center,pin-reset,visit-again,second-visit,1,,12
`,
		PerMonth: `period,municipality,procedure,outcome,state,cases,medianMinutes,medianDaysToSecondVisit
2026-11,kagoshima-center,pin-reset,visit-again,done,3,20,
2026-12,kagoshima-center,pin-reset,visit-again,second-visit,1,,12
`} {
		counts, err := d.s.Stats(context.Background(), 0, 0, per)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := WriteCounts(&out, counts); err != nil || out.String() != want {
			t.Errorf("per %s:\n%s%v", per, out.String(), err)
		}
	}
	if counts, err := d.s.Stats(context.Background(), date(t, "2026-12-01"), date(t, "2026-12-31"), PerDay); err != nil || len(counts) != 1 {
		t.Errorf("December: %+v, %v", counts, err)
	}
}
