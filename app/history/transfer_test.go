package history

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
)

func TestCasesMoveBetweenPCs(t *testing.T) {
	ctx := context.Background()
	here := newDesk(t)
	there := newDesk(t, func(o *Options) { o.Office = "KA" })
	n := here.add(sampleCase())
	here.to(n, Decided, LetterMade, Mailed)
	other := here.add(sampleCase())
	here.to(other, Decided, Done)
	_, err := here.s.Export(ctx, []Number{n, other}, "見本の長い合言葉")
	refusal(t, err, NotOpen)
	_, err = here.s.Export(ctx, []Number{n}, "short")
	faultCode(t, err, FaultPassphrase)
	parcel, err := here.s.Export(ctx, []Number{n}, "見本の長い合言葉")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(parcel, []byte("𠮷男")) || bytes.Contains(parcel, []byte(n)) {
		t.Error("the parcel can be read")
	}
	take := func(d *desk, parcel []byte) Import {
		t.Helper()
		done, err := d.s.Import(ctx, parcel, "見本の長い合言葉")
		if err != nil {
			t.Fatal(err)
		}
		return done
	}
	_, err = there.s.Import(ctx, parcel, "another one")
	faultCode(t, err, FaultSealed)
	_, err = there.s.Import(ctx, parcel[:len(parcel)-1], "見本の長い合言葉")
	faultCode(t, err, FaultSealed)
	if done := take(there, parcel); !slices.Equal(done.Added, []Number{n}) {
		t.Errorf("first: %+v", done)
	}
	for range 3 {
		if done := take(there, parcel); !slices.Equal(done.Unchanged, []Number{n}) {
			t.Errorf("again: %+v", done)
		}
	}
	a, b := here.show(n), there.show(n)
	if b.Holder.Name != a.Holder.Name || string(b.Plan) != string(a.Plan) || b.State != Mailed || len(b.Events) != 5 || b.Events[0].Operator != "madoguchi01" || !b.Events[0].Brought {
		t.Errorf("arrived as %+v", b)
	}
	if got := there.find(Query{Text: "𠮷男"}); !slices.Equal(got, []Number{n}) {
		t.Errorf("found there: %v", got)
	}
	// The second visit is at the other counter, and its outcome comes back.
	there.days(9)
	there.to(n, AwaitingReply, SecondVisit, EnvelopeOpened)
	back, err := there.s.Export(ctx, []Number{n}, "見本の長い合言葉")
	if err != nil {
		t.Fatal(err)
	}
	if done := take(here, back); !slices.Equal(done.Continued, []Number{n}) {
		t.Errorf("back: %+v", done)
	}
	if done := take(here, back); !slices.Equal(done.Unchanged, []Number{n}) {
		t.Errorf("back again: %+v", done)
	}
	if done := take(here, parcel); !slices.Equal(done.Unchanged, []Number{n}) {
		t.Errorf("the old parcel: %+v", done)
	}
	if k := here.show(n); k.State != EnvelopeOpened {
		t.Errorf("back as %s", k.State)
	}
	for _, d := range []*desk{here, there} {
		if r := d.verify(); !r.OK {
			t.Errorf("%+v", r)
		}
	}
	// Both go on: nobody can say which is right.
	here.to(n, Done)
	there.to(n, SentBack)
	parted, err := there.s.Export(ctx, []Number{n}, "見本の長い合言葉")
	if err != nil {
		t.Fatal(err)
	}
	_, err = here.s.Import(ctx, parted, "見本の長い合言葉")
	refusal(t, err, Diverged)
	// Another case under the same number.
	same := newDesk(t)
	same.add(sampleCase())
	_, err = same.s.Import(ctx, parcel, "見本の長い合言葉")
	refusal(t, err, NumberTaken)
	if got := same.find(Query{}); len(got) != 1 {
		t.Errorf("after a refused import: %v", got)
	}
}

// faultCode is faulted for a fault that has no place.
func faultCode(t *testing.T, err error, want FaultCode) {
	t.Helper()
	if !errors.Is(err, &Fault{Code: want}) {
		t.Errorf("got %v, want the fault %s", err, want)
	}
}
