package reader_test

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"madoguchi/reader"
	"madoguchi/reader/simcard"
	"madoguchi/rules"
)

// desktop is a place where cards are put on a reader: a service in software, or
// a real PC/SC daemon. The contract below holds at both.
type desktop interface {
	// insert puts the card on the reader and returns its name. It is taken off
	// when the test ends, if not before.
	insert(t *testing.T, card *simcard.Card) string
	service() *counted
	// slow says that putting a card on takes about a second.
	slow() bool
}

// inProcess is the service in software.
type inProcess struct {
	software *reader.Software
	counted  *counted
}

func newInProcess() *inProcess {
	s := reader.NewSoftware(desk)
	return &inProcess{s, &counted{Service: s}}
}

func (p *inProcess) insert(t *testing.T, card *simcard.Card) string {
	p.software.Insert(desk, card)
	t.Cleanup(func() { p.software.Remove(desk) })
	return desk
}

func (p *inProcess) slow() bool { return false }

func (p *inProcess) service() *counted { return p.counted }

// counted is a service that counts what its clients have open.
type counted struct {
	reader.Service
	contexts, handles atomic.Int64
}

func (c *counted) Establish() (reader.ServiceContext, error) {
	inner, err := c.Service.Establish()
	if err != nil {
		return nil, err
	}
	c.contexts.Add(1)
	return &countedContext{inner, c}, nil
}

type countedContext struct {
	reader.ServiceContext
	counts *counted
}

func (c *countedContext) Connect(name string) (reader.Handle, error) {
	inner, err := c.ServiceContext.Connect(name)
	if err != nil {
		return nil, err
	}
	c.counts.handles.Add(1)
	return &countedHandle{inner, c.counts}, nil
}

func (c *countedContext) Release() error {
	c.counts.contexts.Add(-1)
	return c.ServiceContext.Release()
}

type countedHandle struct {
	reader.Handle
	counts *counted
}

func (h *countedHandle) Disconnect(reset bool) error {
	h.counts.handles.Add(-1)
	return h.Handle.Disconnect(reset)
}

// wantNoneOpen waits until everything is closed: a call that was left behind may still end.
func (c *counted) wantNoneOpen(t *testing.T) {
	t.Helper()
	for range 100 {
		if c.contexts.Load() == 0 && c.handles.Load() == 0 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%d contexts and %d cards are still open", c.contexts.Load(), c.handles.Load())
}

func TestContractInProcess(t *testing.T) { contract(t, newInProcess()) }

// contract is what every card at every place keeps.
func contract(t *testing.T, place desktop) {
	for name, test := range map[string]func(*testing.T, desktop){
		"the summary, word for word":        contractSummary,
		"sorts of cards":                    contractSorts,
		"nothing spent by reading":          contractReading,
		"one wrong PIN costs one try":       contractAttempt,
		"a PIN is changed and changed back": contractChange,
		"pulled at every command":           contractPulled,
		"a card that hangs":                 contractHangs,
		"wrong answers":                     contractWrongAnswers,
	} {
		t.Run(name, func(t *testing.T) { test(t, place) })
	}
	place.service().wantNoneOpen(t)
}

func readAt(t *testing.T, place desktop, d simcard.Description) (reader.Summary, *simcard.Card, error) {
	t.Helper()
	card := newCard(t, d)
	name := place.insert(t, card)
	summary, err := reader.New(place.service()).Summary(context.Background(), name, today)
	return summary, card, err
}

func contractSummary(t *testing.T, place desktop) {
	summary, _, err := readAt(t, place, golden())
	if err != nil {
		t.Fatal(err)
	}
	summary.Reader = ""
	got, err := json.Marshal(summary)
	if err != nil {
		t.Fatal(err)
	}
	if want := compact(t, goldenJSON); string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func contractSorts(t *testing.T, place desktop) {
	for name, test := range map[string]struct {
		card  simcard.Description
		check func(*testing.T, reader.Summary)
	}{
		"locked as 6984":       {simcard.Description{LockedAs: "6984", PINs: map[string]simcard.PIN{simcard.Signature: {Remaining: tries(0)}}}, wantPIN(0, reader.PINLocked, 0)},
		"locked as 6983":       {simcard.Description{LockedAs: "6983", PINs: map[string]simcard.PIN{simcard.Signature: {Remaining: tries(0)}}}, wantPIN(0, reader.PINLocked, 0)},
		"without JPKI":         {simcard.Description{Missing: []string{"jpki"}}, all(wantPIN(0, reader.PINUnknown, -1), wantPIN(2, reader.PINOK, 3))},
		"chained":              {simcard.Description{Chained: true, Certificates: certificateUntil("2027-01-15").Certificates}, wantCertificate(0, reader.CertificateValid, "2027-01-15")},
		"no short identifiers": {simcard.Description{NoShortFileIDs: true}, wantPIN(3, reader.PINOK, 3)},
		"6F00 at first":        {withFault(1, simcard.Answer, "6F00"), wantPIN(0, reader.PINOK, 5)},
		"phone":                {simcard.Description{Kind: simcard.AndroidPhone}, wantKind(reader.Smartphone)},
		"licence":              {simcard.Description{Kind: simcard.DriverLicence}, wantOther(reader.DriverLicence)},
		"slow":                 {simcard.Description{DelayMilliseconds: 50}, wantPIN(0, reader.PINOK, 5)},
	} {
		t.Run(name, func(t *testing.T) {
			summary, _, err := readAt(t, place, test.card)
			if err != nil {
				t.Fatal(err)
			}
			test.check(t, summary)
		})
	}
}

func contractReading(t *testing.T, place desktop) {
	card := newCard(t, golden())
	before, name := counters(card), place.insert(t, card)
	for range 3 {
		if _, err := reader.New(place.service()).Summary(context.Background(), name, today); err != nil {
			t.Fatal(err)
		}
	}
	wantHarmless(t, card)
	if after := counters(card); after != before {
		t.Errorf("tries went from %s to %s", before, after)
	}
	place.service().wantNoneOpen(t)
}

func contractAttempt(t *testing.T, place desktop) {
	card := newCard(t, pinCard())
	name, r := place.insert(t, card), reader.New(place.service())
	for _, kind := range rules.PINKinds() {
		_, err := r.Verify(context.Background(), name, attempt(t, kind, wrongPIN(kind)), ask, today)
		var wrong *reader.WrongPIN
		if !errors.As(err, &wrong) || wrong.Remaining != rules.PINLimit(kind)-1 {
			t.Errorf("%s: got %v, want one try less", kind, err)
		}
		wantNoSecret(t, err)
		if left, _ := card.TriesLeft(string(kind)); left != rules.PINLimit(kind)-1 {
			t.Errorf("%s: %d tries left on the card", kind, left)
		}
		if _, err := r.Verify(context.Background(), name, attempt(t, kind, rightPIN(kind)), ask, today); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		if card.AnyVerified() {
			t.Errorf("%s is still verified", kind)
		}
	}
	place.service().wantNoneOpen(t)
}

func contractChange(t *testing.T, place desktop) {
	card := newCard(t, pinCard())
	name, r := place.insert(t, card), reader.New(place.service())
	for _, kind := range rules.PINKinds() {
		for _, pair := range [][2]string{{rightPIN(kind), newPIN(kind)}, {newPIN(kind), rightPIN(kind)}} {
			if _, err := r.Change(context.Background(), name, attempt(t, kind, pair[0]), attempt(t, kind, pair[1]), ask); err != nil {
				t.Errorf("%s: %v", kind, err)
			}
		}
	}
	if card.AnyVerified() {
		t.Error("a PIN is still verified")
	}
	place.service().wantNoneOpen(t)
}

func contractPulled(t *testing.T, place desktop) {
	for at := 1; at <= 14; at++ {
		_, card, err := readAt(t, place, withFault(at, simcard.Pull, ""))
		wantFault(t, err, reader.CardRemoved)
		wantHarmless(t, card)
		if place.slow() && at < 14 {
			continue // the next card is the one of the next round
		}
		if _, _, err := readAt(t, place, golden()); err != nil {
			t.Errorf("after a card pulled at %d: the next card: %v", at, err)
		}
	}
	place.service().wantNoneOpen(t)
}

func contractHangs(t *testing.T, place desktop) {
	start := time.Now()
	_, card, err := readAt(t, place, withFault(7, simcard.Hang, ""))
	wantFault(t, err, reader.TooSlow)
	if waited := time.Since(start); waited > 4*time.Second { // putting the card on included
		t.Errorf("told after %s", waited)
	}
	card.Pull()
	place.service().wantNoneOpen(t)
	if _, _, err := readAt(t, place, golden()); err != nil {
		t.Errorf("the next card: %v", err)
	}
}

func contractWrongAnswers(t *testing.T, place desktop) {
	for _, d := range []simcard.Description{
		withFault(3, simcard.Short, ""), withFault(3, simcard.Empty, ""), withFault(3, simcard.Long, ""),
		withFault(6, simcard.Garbage, ""), withFault(4, simcard.Answer, "6C10"), withFault(4, simcard.Answer, "6110"), withFault(2, simcard.Answer, "FFFF"),
	} {
		_, card, err := readAt(t, place, d)
		if _, typed := reader.FaultOf(err); err != nil && !typed {
			t.Errorf("%+v: %v has no fault", d.Faults, err)
		}
		wantHarmless(t, card)
	}
	if _, _, err := readAt(t, place, golden()); err != nil {
		t.Errorf("the next card: %v", err)
	}
	place.service().wantNoneOpen(t)
}
