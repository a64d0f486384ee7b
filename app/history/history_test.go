package history

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"madoguchi/rules"
)

// desk is a history in a folder of its own, with a clock that the test turns.
type desk struct {
	t    *testing.T
	s    *Store
	o    Options
	time time.Time
	op   Operator
}

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, japan)

func newDesk(t *testing.T, change ...func(*Options)) *desk {
	t.Helper()
	d := &desk{t: t, time: noon, op: Operator{ID: "madoguchi01", Role: Supervisor}}
	dir := t.TempDir()
	d.o = Options{
		Path: filepath.Join(dir, "history.db"), Key: FileKey{Path: filepath.Join(dir, "history.key")},
		Clock: func() time.Time { return d.time }, Operator: func() Operator { return d.op },
		Program: "1.0.0", Office: "KG", Patience: 100 * time.Millisecond,
	}
	for _, c := range change {
		c(&d.o)
	}
	d.open()
	t.Cleanup(func() {
		if d.s != nil {
			d.close()
		}
	})
	return d
}

func (d *desk) open() {
	d.t.Helper()
	s, err := Open(context.Background(), d.o)
	if err != nil {
		d.t.Fatalf("Open: %v", err)
	}
	d.s = s
}

func (d *desk) close() {
	d.t.Helper()
	if err := d.s.Close(); err != nil {
		d.t.Fatalf("Close: %v", err)
	}
	d.s = nil
}

func (d *desk) reopen() { d.t.Helper(); d.close(); d.open() }

func (d *desk) days(n int) { d.time = d.time.AddDate(0, 0, n) }

func (d *desk) add(n NewCase) Number {
	d.t.Helper()
	number, err := d.s.Add(context.Background(), n)
	if err != nil {
		d.t.Fatalf("Add: %v", err)
	}
	return number
}

func (d *desk) to(n Number, states ...State) Summary {
	d.t.Helper()
	var sum Summary
	for _, state := range states {
		step := Step{To: state}
		if state == LetterMade {
			step.ReplyBy = dayOf(d.time) + 30
		}
		var err error
		if sum, err = d.s.Advance(context.Background(), n, step); err != nil {
			d.t.Fatalf("Advance %s to %s: %v", n, state, err)
		}
	}
	return sum
}

func (d *desk) show(n Number) Case {
	d.t.Helper()
	k, err := d.s.Show(context.Background(), n)
	if err != nil {
		d.t.Fatalf("Show: %v", err)
	}
	return k
}

func (d *desk) find(q Query) []Number {
	d.t.Helper()
	found, err := d.s.Find(context.Background(), q)
	if err != nil {
		d.t.Fatalf("Find %+v: %v", q, err)
	}
	numbers := []Number{}
	for _, f := range found {
		numbers = append(numbers, f.CaseNumber)
	}
	return numbers
}

func date(t testing.TB, text string) rules.Date {
	t.Helper()
	d, err := rules.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const sampleSituation = `{"municipality":"kagoshima-center","procedure":"pin-reset","on":"2026-11-24","visit":1,
 "visitor":{"kind":"other"},"holder":{"birthDate":"1975-03-10"}, "unknownKey": 1.50}`

const samplePlan = `{"municipality":"kagoshima-center","procedure":"pin-reset","on":"2026-11-24","edition":"a1b2c3","outcome":"visit-again","visit":1,"visits":2,
 "requirements":[{"id":"holder-card"}]}`

func sampleCase() NewCase {
	born, _ := rules.ParseDate("1975-03-10")
	agent, _ := rules.ParseDate("1980-07-01")
	return NewCase{
		Situation: json.RawMessage(sampleSituation), Plan: json.RawMessage(samplePlan),
		Holder: &Person{Name: "架空 𠮷男", Kana: "カクウ ヨシオ", Postcode: "892-0846", Address: Lines{"鹿児島市見本町1-2-3", "例示荘203"}, BirthDate: born, Phone: "099-000-0000"},
		Agent:  &Person{Name: "例示 髙子", Address: Lines{"鹿児島市見本町4-5"}, BirthDate: agent, Relation: "妹"},
		Memo:   "耳が遠いので ゆっくり話す",
	}
}

func refusal(t *testing.T, err error, want RefusalReason) *Refusal {
	t.Helper()
	var r *Refusal
	if !errors.As(err, &r) || r.Reason != want {
		t.Fatalf("got %v, want the refusal %s", err, want)
	}
	if r.Title() == "" || r.Action() == "" {
		t.Errorf("the refusal %s has no words for the clerk", r.Reason)
	}
	return r
}

func faulted(t *testing.T, err error, want FaultCode) *Fault {
	t.Helper()
	var f *Fault
	if !errors.As(err, &f) || f.Code != want {
		t.Fatalf("got %v, want the fault %s", err, want)
	}
	if faultWords[f.Code].title == "" || f.Action() == "" || f.Where == "" {
		t.Errorf("the fault %s does not say what, where and what to do: %q %q %q", f.Code, f.Title(), f.Where, f.Action())
	}
	return f
}
