package app

import (
	"runtime"
	"testing"
)

// BenchmarkDay is a day at the counter: one case an iteration, asked question by
// question, printed and looked up. It reports how much memory is in use at the
// end. Run it with: go test ./app -run '^$' -bench Day -benchtime 200x
func BenchmarkDay(b *testing.B) {
	o := newOffice(startOptions{data: b.TempDir(), simulation: true, scenario: "standard"})
	o.open(b.Context(), heardEvents{make(chan CardView, 16)})
	b.Cleanup(o.close)
	desk, cases := &Desk{o}, &Cases{o}
	for b.Loop() {
		for n := range renewal.Answers {
			if _, err := desk.Decide(Asked{Answers: renewal.Answers[:n+1]}); err != nil {
				b.Fatal(err)
			}
		}
		printed, err := cases.PrintChecklist(renewal, PersonView{Name: "例示 髙子"})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := cases.Show(printed.CaseNumber); err != nil {
			b.Fatal(err)
		}
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MiB-live")
	b.ReportMetric(float64(m.Sys)/(1<<20), "MiB-sys")
}
