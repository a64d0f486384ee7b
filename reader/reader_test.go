package reader_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"madoguchi/reader"
	"madoguchi/reader/simcard"
)

const desk = "Desk Reader 00 00"

// inserted makes a service with one reader and a card on it.
func inserted(t testing.TB, d simcard.Description) (*reader.Software, *simcard.Card) {
	t.Helper()
	service, card := reader.NewSoftware(desk), newCard(t, d)
	service.Insert(desk, card)
	return service, card
}

func wantFault(t *testing.T, err error, want reader.Fault) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %q", err, want)
	}
}

// wantClosed looks for contexts and cards left open.
func wantClosed(t *testing.T, service *reader.Software) {
	t.Helper()
	if contexts, handles := service.Open(); contexts != 0 || handles != 0 {
		t.Errorf("%d contexts and %d cards are still open", contexts, handles)
	}
}

func TestSummaryThroughService(t *testing.T) {
	service, card := inserted(t, golden())
	summary, err := reader.New(service).Summary(context.Background(), desk, today)
	if err != nil {
		t.Fatal(err)
	}
	if summary.Reader != desk || summary.Commands != len(card.Records()) {
		t.Errorf("reader %q, %d commands, want %q and %d", summary.Reader, summary.Commands, desk, len(card.Records()))
	}
	wantHarmless(t, card)
	wantClosed(t, service)
}

func TestFind(t *testing.T) {
	service := reader.NewSoftware()
	r := reader.New(service)
	find := func(wanted string) (string, error) { return r.Find(context.Background(), wanted) }
	_, err := find("")
	wantFault(t, err, reader.NoReader)

	service.Plug("A")
	service.Plug("B")
	_, err = find("")
	wantFault(t, err, reader.NoCard)

	service.Insert("B", newCard(t, simcard.Description{}))
	if name, err := find(""); name != "B" || err != nil {
		t.Errorf("got %q, %v, want the reader with the card", name, err)
	}
	_, err = find("A")
	wantFault(t, err, reader.NoCard)
	_, err = find("C")
	wantFault(t, err, reader.NoSuchReader)

	service.Insert("A", newCard(t, simcard.Description{}))
	var many *reader.ManyCards
	if _, err = find(""); !errors.As(err, &many) || !slices.Equal(many.Readers, []string{"A", "B"}) {
		t.Errorf("got %v, want a question between A and B", err)
	}
	service.Stop()
	_, err = find("")
	wantFault(t, err, reader.NoService)
	wantClosed(t, service)
}

// TestPulledAtEveryCommand takes the card at each single command of a summary.
// The error is typed, nothing is left open, no try is gone, and the next card works.
func TestPulledAtEveryCommand(t *testing.T) {
	for at := 1; at <= 14; at++ {
		service, card := inserted(t, withFault(at, simcard.Pull, ""))
		r, before := reader.New(service), counters(card)
		_, err := r.Summary(context.Background(), desk, today)
		wantFault(t, err, reader.CardRemoved)
		wantClosed(t, service)
		wantHarmless(t, card)
		if counters(card) != before {
			t.Errorf("command %d: a try is gone", at)
		}
		service.Insert(desk, newCard(t, golden()))
		if _, err := r.Summary(context.Background(), desk, today); err != nil {
			t.Errorf("command %d: the next card: %v", at, err)
		}
	}
}

// TestHungDriver lets a call of the driver hang at each command. The clerk is
// told within two seconds; the call is left behind, and what it holds is closed
// when it ends.
func TestHungDriver(t *testing.T) {
	for at := 1; at <= 14; at++ {
		synctest.Test(t, func(t *testing.T) {
			service, card := inserted(t, withFault(at, simcard.Hang, ""))
			start := time.Now()
			_, err := reader.New(service).Summary(context.Background(), desk, today)
			wantFault(t, err, reader.TooSlow)
			if waited := time.Since(start); waited > 2*time.Second {
				t.Errorf("command %d: told after %s", at, waited)
			}
			if contexts, handles := service.Open(); contexts != 1 || handles != 1 {
				t.Errorf("command %d: %d contexts and %d cards open while the call hangs", at, contexts, handles)
			}
			card.Pull()
			synctest.Wait()
			wantClosed(t, service)
		})
	}
}

func TestSlowCardIsReadAllTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service, _ := inserted(t, simcard.Description{DelayMilliseconds: 400})
		summary, err := reader.New(service).Summary(context.Background(), desk, today)
		if err != nil {
			t.Fatal(err)
		}
		wantPIN(0, reader.PINOK, 5)(t, summary)
	})
}

func TestCardTakenByAnotherProgram(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service, _ := inserted(t, simcard.Description{})
		r := reader.New(service)
		service.Take(desk, true)
		start := time.Now()
		_, err := r.Summary(context.Background(), desk, today)
		wantFault(t, err, reader.Busy)
		if waited := time.Since(start); waited > 2*time.Second {
			t.Errorf("told after %s", waited)
		}
		wantClosed(t, service)

		time.AfterFunc(300*time.Millisecond, func() { service.Take(desk, false) })
		if _, err := r.Summary(context.Background(), desk, today); err != nil {
			t.Errorf("given back after 300 ms: %v", err)
		}

		service.Occupy(desk, true) // a transaction that does not end
		_, err = r.Summary(context.Background(), desk, today)
		wantFault(t, err, reader.Busy)
		service.Occupy(desk, false)
		synctest.Wait()
		wantClosed(t, service)
	})
}

func TestResetByAnotherProgram(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service, card := inserted(t, simcard.Description{DelayMilliseconds: 100})
		time.AfterFunc(650*time.Millisecond, func() { service.ResetCard(desk) })
		summary, err := reader.New(service).Summary(context.Background(), desk, today)
		if err != nil {
			t.Fatal(err)
		}
		wantPIN(3, reader.PINOK, 3)(t, summary)
		if n := len(card.Records()); n <= 14 {
			t.Errorf("%d commands: the reset was not met", n)
		}
		wantClosed(t, service)
	})
}

// TestWrongAnswers reads cards that answer one command wrongly: typed, or an unknown line, never a crash.
func TestWrongAnswers(t *testing.T) {
	for at := 1; at <= 14; at++ {
		for kind, want := range map[simcard.FaultKind]reader.Fault{simcard.Short: reader.Garbled, simcard.Empty: reader.NoAnswer, simcard.Long: reader.Garbled} {
			synctest.Test(t, func(t *testing.T) {
				service, card := inserted(t, withFault(at, kind, ""))
				start := time.Now()
				_, err := reader.New(service).Summary(context.Background(), desk, today)
				if at < 14 || want == reader.NoAnswer { // leaving is tried with another application
					wantFault(t, err, want)
				}
				if waited := time.Since(start); waited > 2*time.Second {
					t.Errorf("told after %s", waited)
				}
				wantHarmless(t, card)
				wantClosed(t, service)
			})
		}
		for _, status := range []string{"6F00", "6A82", "6A86", "6700", "6C03", "6110", "6300", "6982", "6983", "6984", "63C0", "0000", "FFFF"} {
			service, card := inserted(t, withFault(at, simcard.Answer, status))
			before := counters(card)
			summary, err := reader.New(service).Summary(context.Background(), desk, today)
			if _, ok := reader.FaultOf(err); err != nil && !ok {
				t.Errorf("%s at command %d: %v has no fault", status, at, err)
			}
			wantHarmless(t, card)
			wantClosed(t, service)
			if counters(card) != before {
				t.Errorf("%s at command %d: a try is gone", status, at)
			}
			for _, p := range summary.PINs {
				if (p.State == reader.PINLocked) != (value(p.Remaining) == 0) {
					t.Errorf("%s at command %d: %s is %s with %d left", status, at, p.Kind, p.State, value(p.Remaining))
				}
			}
		}
		service, card := inserted(t, withFault(at, simcard.Garbage, ""))
		if _, err := reader.New(service).Summary(context.Background(), desk, today); err != nil {
			t.Errorf("garbage at command %d: %v", at, err)
		}
		wantHarmless(t, card)
	}
}

func TestPanicLeavesNothingOpen(t *testing.T) {
	service, card := inserted(t, simcard.Description{})
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_, _ = reader.HoldAndPanic(reader.New(service), desk)
	}()
	wantClosed(t, service)
	wantHarmless(t, card)
	records := card.Records()
	if len(records) != 2 || records[1].Command[2] != 0x04 {
		t.Errorf("%d commands: the card was not left", len(records))
	}
}
