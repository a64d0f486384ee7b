package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"testing"

	"madoguchi/app/counter"
)

// BenchmarkDay is a day at the counter, one case an iteration, by the methods the
// window calls: asked question by question, printed or mailed, previewed, looked
// up, taken up again; between them what else a day brings. It reports the memory
// that is resident at the quarters of the day. Run it with:
//
//	go run ./build measure memory
func BenchmarkDay(b *testing.B) {
	percent := debug.SetGCPercent(counter.DayGC)
	b.Cleanup(func() { debug.SetGCPercent(percent) })
	o := newOffice(startOptions{data: b.TempDir(), simulation: true, scenario: "standard"})
	o.show(silentEvents{})
	o.open(b.Context())
	b.Cleanup(o.close)
	d := day{b, o, &Cases{o}, ""}
	d.serve(0) // the first case loads the fonts
	resident := []float64{residentMB(b)}
	for i := 0; b.Loop(); i++ {
		d.serve(i)
		resident = append(resident, residentMB(b))
	}
	cases := len(resident) - 1
	for quarter := range 5 {
		b.ReportMetric(resident[cases*quarter/4], fmt.Sprintf("MB-after-%d/4", quarter))
	}
	b.ReportMetric(slices.Max(resident), "MB-at-most")
	b.ReportMetric(resident[cases]-resident[cases/2], "MB-grown-in-second-half")
}

// residentMB is what the kernel counts as resident for this process.
func residentMB(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("resident memory is read from /proc: run on Linux")
	}
	match := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status)
	if match == nil {
		b.Fatal("the kernel does not say what is resident")
	}
	kB, err := strconv.Atoi(string(match[1]))
	if err != nil {
		b.Fatal(err)
	}
	return float64(kB) * 1024 / 1e6
}

// A day is the counter over many visitors.
type day struct {
	b      *testing.B
	office *office
	cases  *Cases
	letter string // the last case that waits for its letter
}

// serve is one visitor: six renewals, three letters and a second visit in ten,
// and now and then what a clerk does between visitors.
func (d *day) serve(i int) {
	d.check(second((&PINs{d.office}).Check("signature", "MIHON77")))
	switch {
	case i%10 == 9 && d.letter != "":
		d.secondVisit()
	case i%10 >= 6:
		d.mail(i)
	default:
		d.renew()
	}
	switch i % 20 {
	case 5:
		d.check(second(d.cases.List("髙子", "")))
	case 10:
		d.check(second((&Rulebook{d.office}).Tables("kagoshima-center", "kasugai")))
	case 15:
		d.check(second((&Training{d.office}).Scenarios()))
		d.check(second((&Preferences{d.office}).Examine()))
	}
}

func (d *day) check(err error) {
	d.b.Helper()
	if err != nil {
		d.b.Fatal(err)
	}
}

// ask decides after every answer, as the window does, and keeps the draft.
func (d *day) ask(asked Asked) {
	desk := &Desk{d.office}
	for n := range asked.Answers {
		sofar := Asked{Answers: asked.Answers[:n+1], Papers: asked.Papers, CaseNumber: asked.CaseNumber}
		d.check(second(desk.Decide(sofar)))
		d.check(desk.KeepDraft(sofar))
	}
}

func (d *day) renew() {
	d.ask(renewal)
	d.check(second((&Desk{d.office}).PaperChoices(renewal)))
	printed, err := d.cases.PrintChecklist(renewal, PersonView{Name: "例示 髙子"})
	d.check(err)
	d.preview(printed)
	d.check(second(d.cases.Show(printed.CaseNumber)))
}

// mail makes a letter; one in ten has a name that only the largest font can draw,
// where the system has it.
func (d *day) mail(i int) {
	d.ask(agentReset)
	in := letterInput
	if i%10 == 6 {
		in.Holder.Name = "試験 辻\U000E0102子"
	}
	printed, err := (&Letters{d.office}).Make(agentReset, in)
	if err != nil && in.Holder.Name != letterInput.Holder.Name {
		printed, err = (&Letters{d.office}).Make(agentReset, letterInput)
	}
	d.check(err)
	d.preview(printed)
	for _, state := range []string{"mailed", "awaiting-reply"} {
		d.check(second(d.cases.Advance(printed.CaseNumber, state)))
	}
	d.letter = printed.CaseNumber
}

func (d *day) secondVisit() {
	resumed, err := d.cases.Resume(d.letter)
	d.check(err)
	d.ask(resumed.Asked)
	d.check(second(d.cases.PrintChecklist(resumed.Asked, PersonView{})))
	d.letter = ""
}

// preview fetches the file as the window's frame does.
func (d *day) preview(printed PrintedView) {
	address, err := d.cases.Preview(printed.ID)
	d.check(err)
	w := httptest.NewRecorder()
	d.office.prints.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	if w.Code != http.StatusOK {
		d.b.Fatalf("the preview answers %d", w.Code)
	}
}
