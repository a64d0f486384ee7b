package forms

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"madoguchi/rules"
)

// letterBatch makes n letters to different residents who do not exist.
func letterBatch(t testing.TB, n int) []Letter {
	office := officeOf(t, "tagajo")
	surnames := []string{"架空", "例示", "見本", "試験", "仮名", "模擬"}
	givens := []string{"太郎", "花子", "髙子", "一郎", "美咲", "﨑太", "𠮷男", "由紀", "健", "辻\U000E0100子"}
	letters := make([]Letter, n)
	for i := range letters {
		l := sampleLetter(t, office, rules.PINReset)
		l.Holder.Name = surnames[i%len(surnames)] + " " + givens[i%len(givens)]
		l.Holder.Address = []string{fmt.Sprintf("見本県例示市架空町%d番地%d", i%900+1, i%30), fmt.Sprintf("コーポ見本 %d号室", i%800+100)}
		l.Agent.Name = surnames[(i+1)%len(surnames)] + " " + givens[(i+3)%len(givens)]
		l.CaseNumber = fmt.Sprintf("20261124-%04d", i)
		l.Sequence = fmt.Sprintf("%04d/%04d", i+1, n)
		letters[i] = l
	}
	return letters
}

func tagajoOnly(t testing.TB) func(rules.MunicipalityID) (*Office, error) {
	office := officeOf(t, "tagajo")
	return func(id rules.MunicipalityID) (*Office, error) {
		if id != "tagajo" {
			return nil, ErrNoLetter
		}
		return office, nil
	}
}

func TestBatchIsOneFileWithOneSubset(t *testing.T) {
	doc, faults, err := MakeLetters(context.Background(), embeddedOnly(), tagajoOnly(t), letterBatch(t, 30), nil, Options{})
	if err != nil || faults != nil {
		t.Fatal(err, faults)
	}
	pdf := written(t, doc)
	if doc.Pages() != 60 {
		t.Errorf("%d pages, want 60", doc.Pages())
	}
	if n := bytes.Count(pdf, []byte("/FontFile2")); n > 3 {
		t.Errorf("%d embedded fonts, want at most one of each", n)
	}
	if n := bytes.Count(pdf, []byte("/Subtype /Form")); n != 2 {
		t.Errorf("%d shared forms, want 2", n)
	}
}

func TestBatchLeavesOutAndReportsBadLetters(t *testing.T) {
	letters := letterBatch(t, 5)
	letters[1].Holder.Name = "見本 \U0002E980"
	letters[3].Municipality = "kasugai"
	doc, faults, err := MakeLetters(context.Background(), embeddedOnly(), tagajoOnly(t), letters, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(faults) != 2 || faults[0].Index != 1 || faults[1].Index != 3 || doc.Pages() != 6 {
		t.Errorf("faults %v, %d pages; want letters 1 and 3 left out of 5", faults, doc.Pages())
	}
	written(t, doc)
}

func TestStoppedBatchGivesNothing(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	progress := func(done, _ int) {
		if done == 3 {
			stop()
		}
	}
	doc, _, err := MakeLetters(ctx, embeddedOnly(), tagajoOnly(t), letterBatch(t, 10), progress, Options{})
	if doc != nil || err == nil {
		t.Errorf("got %v, %v; want nothing and the reason", doc, err)
	}
}

// countingWriter counts what is written.
type countingWriter struct{ n int }

func (w *countingWriter) Write(p []byte) (int, error) { w.n += len(p); return len(p), nil }

// BenchmarkLetters reports letters a second, bytes a letter and the most heap.
// Run: go test ./app/forms -run NONE -bench Letters -benchtime 1x
func BenchmarkLetters(b *testing.B) {
	for _, n := range []int{1000, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			letters := letterBatch(b, n)
			fonts := embeddedOnly()
			for b.Loop() {
				runtime.GC()
				debug.FreeOSMemory()
				var peak uint64
				begin := time.Now()
				watch := func(done, _ int) {
					if done%200 == 0 {
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						peak = max(peak, m.Sys-m.HeapReleased)
					}
				}
				doc, faults, err := MakeLetters(context.Background(), fonts, tagajoOnly(b), letters, watch, Options{})
				if err != nil || faults != nil {
					b.Fatal(err, faults)
				}
				var out countingWriter
				if err := doc.Write(&out); err != nil {
					b.Fatal(err)
				}
				seconds := time.Since(begin).Seconds()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.Sys-m.HeapReleased)
				b.ReportMetric(float64(n)/seconds, "letters/s")
				b.ReportMetric(float64(out.n)/float64(n), "B/letter")
				b.ReportMetric(float64(peak)/1e6, "MB-peak")
			}
		})
	}
}

// BenchmarkSingleLetter is one letter with the fonts already read.
func BenchmarkSingleLetter(b *testing.B) {
	office, fonts := officeOf(b, "tagajo"), embeddedOnly()
	l := sampleLetter(b, office, rules.PINReset)
	for b.Loop() {
		doc, err := MakeLetter(fonts, office, l, Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := doc.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
