package reader_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"madoguchi/reader"
	"madoguchi/reader/simcard"
)

// watching collects what Watch tells, with the time it was told.
type watching struct {
	mu     sync.Mutex
	states []reader.State
	at     []time.Time
	ended  chan struct{}
}

func watch(ctx context.Context, service reader.Service) *watching {
	w := &watching{ended: make(chan struct{})}
	go func() {
		defer close(w.ended)
		reader.New(service).Watch(ctx, func(s reader.State) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.states, w.at = append(w.states, s), append(w.at, time.Now())
		})
	}()
	return w
}

// last returns what was told last, and when.
func (w *watching) last() (reader.State, time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.states) == 0 {
		return reader.State{}, time.Time{}
	}
	return w.states[len(w.states)-1], w.at[len(w.at)-1]
}

func (w *watching) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.states)
}

// watched runs a test with fake time, a watched service, and an end without leaks.
func watched(t *testing.T, test func(t *testing.T, service *reader.Software, w *watching), readerNames ...string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		service := reader.NewSoftware(readerNames...)
		ctx, end := context.WithCancel(context.Background())
		w := watch(ctx, service)
		synctest.Wait()
		test(t, service, w)
		end()
		time.Sleep(time.Second)
		<-w.ended
		wantClosed(t, service)
	})
}

// wantTold wants the last state to be as described, told within a time of now.
func wantTold(t *testing.T, w *watching, what string, within time.Duration, is func(reader.State) bool) {
	t.Helper()
	asked := time.Now()
	time.Sleep(within)
	synctest.Wait()
	state, at := w.last()
	if !is(state) {
		t.Errorf("%s: %s after it the last state is %+v", what, within, state)
	}
	if at.Sub(asked) > within {
		t.Errorf("%s: told after %s", what, at.Sub(asked))
	}
}

func cards(n int) func(reader.State) bool {
	return func(s reader.State) bool {
		with := 0
		for _, r := range s.Readers {
			if r.Card {
				with++
			}
		}
		return s.Fault == "" && with == n
	}
}

func readers(n int) func(reader.State) bool {
	return func(s reader.State) bool { return s.Fault == "" && len(s.Readers) == n }
}

const soon = 100 * time.Millisecond

func TestWatchCards(t *testing.T) {
	watched(t, func(t *testing.T, service *reader.Software, w *watching) {
		wantTold(t, w, "at the start", 0, cards(0))
		card := newCard(t, simcard.Description{})
		service.Insert(desk, card)
		wantTold(t, w, "inserted", soon, cards(1))
		time.Sleep(time.Hour)
		service.Remove(desk)
		wantTold(t, w, "removed", soon, cards(0))
		service.Insert(desk, card)
		service.Insert("Second", newCard(t, simcard.Description{}))
		wantTold(t, w, "on two readers", soon, cards(2))
		state, _ := w.last()
		var many *reader.ManyCards
		if _, err := state.Choose(""); !errors.As(err, &many) {
			t.Errorf("two cards: got %v, want a question", err)
		}
		if name, err := state.Choose("Second"); name != "Second" || err != nil {
			t.Errorf("the one wanted: got %q, %v", name, err)
		}
	}, desk, "Second")
}

// TestWatchQuickChange: a card changed for another between two looks is told.
func TestWatchQuickChange(t *testing.T) {
	watched(t, func(t *testing.T, service *reader.Software, w *watching) {
		service.Insert(desk, newCard(t, simcard.Description{}))
		wantTold(t, w, "inserted", soon, cards(1))
		before := w.count()
		service.Remove(desk)
		service.Insert(desk, newCard(t, simcard.Description{}))
		wantTold(t, w, "changed", soon, cards(1))
		if w.count() == before {
			t.Error("the change was not told")
		}
	}, desk)
}

func TestWatchReaders(t *testing.T) {
	watched(t, func(t *testing.T, service *reader.Software, w *watching) {
		wantTold(t, w, "at the start", 0, readers(0))
		service.Plug(desk)
		wantTold(t, w, "plugged", soon, readers(1))
		service.Insert(desk, newCard(t, simcard.Description{}))
		wantTold(t, w, "inserted", soon, cards(1))
		service.Plug("Second")
		wantTold(t, w, "second plugged", soon, readers(2))
		service.Unplug(desk)
		wantTold(t, w, "unplugged", soon, func(s reader.State) bool { return readers(1)(s) && cards(0)(s) })
		service.Unplug("Second")
		wantTold(t, w, "all unplugged", soon, readers(0))
	})
}

func TestWatchService(t *testing.T) {
	watched(t, func(t *testing.T, service *reader.Software, w *watching) {
		service.Insert(desk, newCard(t, simcard.Description{}))
		wantTold(t, w, "inserted", soon, cards(1))
		service.Stop()
		wantTold(t, w, "stopped", soon, func(s reader.State) bool { return s.Fault == reader.NoService })
		time.Sleep(time.Hour)
		service.Start()
		wantTold(t, w, "started", 2*time.Second, cards(1))
	}, desk)
}

// TestWatchIsNoBusyLoop counts how often an idle watch asks the service in a
// minute, on a service that behaves, and on one that always wakes at once.
func TestWatchIsNoBusyLoop(t *testing.T) {
	for name, test := range map[string]struct {
		restless bool
		most     int64
	}{
		"idle":                      {false, 2 * 60},
		"service that always wakes": {true, 21 * 60},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				service := &counting{Service: reader.NewSoftware(desk), restless: test.restless}
				ctx, end := context.WithCancel(context.Background())
				w := watch(ctx, service)
				time.Sleep(time.Minute)
				end()
				<-w.ended
				if n := service.waits.Load(); n > test.most {
					t.Errorf("asked %d times in a minute, want at most %d", n, test.most)
				}
				if w.count() != 1 {
					t.Errorf("told %d times, want once", w.count())
				}
			})
		})
	}
}

// counting counts the waits on a service. A restless one says at once that
// something happened, as Windows does when the pseudo reader is asked wrongly.
type counting struct {
	reader.Service
	restless bool
	waits    atomic.Int64
}

func (c *counting) Establish() (reader.ServiceContext, error) {
	inner, err := c.Service.Establish()
	return &countingContext{inner, c}, err
}

type countingContext struct {
	reader.ServiceContext
	counting *counting
}

func (c *countingContext) Wait(states []reader.ReaderState, most time.Duration) (bool, error) {
	c.counting.waits.Add(1)
	if c.counting.restless {
		most = 0
	}
	woken, err := c.ServiceContext.Wait(states, most)
	return woken || c.counting.restless, err
}
