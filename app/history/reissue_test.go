package history

import (
	"context"
	"errors"
	"slices"
	"testing"
)

func TestALetterMadeAgainMakesTheOlderOneVoid(t *testing.T) {
	for _, at := range [][]State{
		{Decided, LetterMade},
		{Decided, LetterMade, Mailed},
		{Decided, LetterMade, Mailed, ReturnedUndelivered},
		{Decided, LetterMade, Mailed, AwaitingReply},
		{Decided, LetterMade, Mailed, AwaitingReply, SecondVisit, EnvelopeOpened, SentBack},
	} {
		d := newDesk(t)
		n := d.add(sampleCase())
		d.to(n, at...)
		until := dayOf(d.time) + 45
		sum, err := d.s.Reissue(context.Background(), n, until)
		if err != nil {
			t.Fatalf("from %v: %v", at, err)
		}
		if sum.State != LetterMade || sum.LetterCode != string(n)+"-2" || sum.ReplyBy != until || !sum.MailedOn.IsZero() {
			t.Errorf("from %v: got %+v", at, sum)
		}
		if _, err := d.s.Letter(context.Background(), string(n)+"-1"); !errors.Is(err, &Refusal{Reason: LetterSuperseded}) {
			t.Errorf("the older letter: %v", err)
		}
		if k, err := d.s.Letter(context.Background(), string(n)+"-2"); err != nil || k.State != LetterMade {
			t.Errorf("the newer letter: %v, %v", k.State, err)
		}
		last := d.show(n).Events
		if e := last[len(last)-1]; e.Kind != EventReissued || e.Detail != "letter="+string(n)+"-2 reply-by="+until.String() {
			t.Errorf("event %+v", e)
		}
		if r, err := d.s.Verify(context.Background()); err != nil || !r.OK {
			t.Errorf("verify: %+v, %v", r, err)
		}
	}
}

func TestWhatHasNoLetterToRepeatIsRefused(t *testing.T) {
	for _, at := range [][]State{{}, {Decided}, {Decided, LetterMade, Mailed, AwaitingReply, SecondVisit}, {Decided, Done}} {
		d := newDesk(t)
		n := d.add(sampleCase())
		d.to(n, at...)
		before := d.show(n)
		_, err := d.s.Reissue(context.Background(), n, 0)
		if !errors.Is(err, &Refusal{Reason: NoSuchTransition}) {
			t.Errorf("after %v: got %v", at, err)
		}
		if after := d.show(n); after.State != before.State || len(after.Events) != len(before.Events) {
			t.Errorf("after %v: the refusal changed the case", at)
		}
	}
}

func TestDueSoonIsAWeekAhead(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	d.to(n, Decided, LetterMade, Mailed) // the reply is accepted for 30 days
	for _, step := range []struct {
		days int
		want bool
	}{{22, false}, {1, true}, {7, true}, {10, true}} {
		d.days(step.days)
		if got := slices.Contains(d.find(Query{List: DueSoon}), n); got != step.want {
			t.Errorf("on %s: listed %t, want %t", dayOf(d.time), got, step.want)
		}
	}
	d.to(n, Withdrawn)
	if len(d.find(Query{List: DueSoon})) != 0 {
		t.Error("a closed case is still due")
	}
}
