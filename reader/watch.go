package reader

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"
)

// State is the readers of the machine at one moment.
type State struct {
	// Fault is why nothing is known: NoService mostly, or empty.
	Fault   Fault
	Readers []ReaderState
}

// Choose names the reader to use: the one wanted, or the only one with a card.
// It fails as [Reader.Find] does.
func (s State) Choose(wanted string) (string, error) {
	if s.Fault != "" {
		return "", s.Fault
	}
	var with []string
	for _, r := range s.Readers {
		switch {
		case r.Name == wanted && wanted != "":
			return wanted, cardOn(r)
		case r.Card:
			with = append(with, r.Name)
		}
	}
	switch {
	case len(s.Readers) == 0:
		return "", NoReader
	case wanted != "":
		return "", NoSuchReader
	case len(with) == 0:
		return s.Readers[0].Name, NoCard
	case len(with) > 1:
		return "", &ManyCards{Readers: with}
	}
	return with[0], nil
}

// Watch tells each change of the readers and their cards, until the context
// ends; the first call comes at once. When the service goes away it says so,
// and comes back by itself when the service does. A card changed for another so
// quickly that both moments show a card still counts as a change.
//
// The function is called from one goroutine, and holds up the watching while it
// runs: it should pass the state on and return.
func (r *Reader) Watch(ctx context.Context, each func(State)) {
	w := watch{reader: r, each: each}
	for ctx.Err() == nil {
		err := w.untilFault(ctx)
		if ctx.Err() != nil {
			return
		}
		fault, ok := FaultOf(err)
		if !ok {
			fault = ReaderTrouble
		}
		w.tell(State{Fault: fault})
		if sleep(ctx, comeBackAfter) != nil {
			return
		}
	}
}

const (
	// relistAfter bounds one wait: a reader that came between listing and waiting
	// is seen this much later, and a lost wake-up costs no more.
	relistAfter = time.Second
	// comeBackAfter is the pause before a service that went away is asked again.
	comeBackAfter = 300 * time.Millisecond
	// restAfter is the pause after a wake-up that brought nothing new, so that a
	// service that always wakes at once is not asked in a busy loop.
	restAfter = 50 * time.Millisecond
)

// watch is one watching: what was told last.
type watch struct {
	reader *Reader
	each   func(State)
	told   bool
	last   State
}

// tell passes a state on if it differs from the last.
func (w *watch) tell(s State) {
	if w.told && s.Fault == w.last.Fault && slices.EqualFunc(s.Readers, w.last.Readers, sameReader) {
		return
	}
	w.told, w.last = true, State{Fault: s.Fault, Readers: slices.Clone(s.Readers)}
	w.each(State{Fault: s.Fault, Readers: slices.Clone(s.Readers)})
}

func sameReader(a, b ReaderState) bool {
	return a.Name == b.Name && a.Card == b.Card && a.Mute == b.Mute && a.Taken == b.Taken && a.Changes == b.Changes && bytes.Equal(a.ATR, b.ATR)
}

// untilFault watches in one context of the service until a fault ends it.
func (w *watch) untilFault(ctx context.Context) (err error) {
	client, err := w.reader.service.Establish()
	if err != nil {
		return err
	}
	defer func() { err = keep(err, client.Release) }()
	stop := context.AfterFunc(ctx, func() { _ = client.Cancel() }) // a cancel that comes too early is made up for by relistAfter
	defer stop()
	states := []ReaderState(nil)
	for ctx.Err() == nil {
		names, err := client.Readers()
		if err != nil {
			return err
		}
		states = statesOf(names, states)
		if err := w.next(ctx, client, states); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// next waits for one change and tells it.
func (w *watch) next(ctx context.Context, client ServiceContext, states []ReaderState) error {
	if !slices.ContainsFunc(states, func(s ReaderState) bool { return s.mark == 0 }) {
		w.tell(State{Readers: states}) // a reader went, or there is none: nothing to wait for
	}
	before := marks(states)
	woken, err := client.Wait(states, relistAfter)
	switch {
	case errors.Is(err, NoSuchReader): // unplugged since it was listed
		return sleep(ctx, restAfter)
	case err != nil:
		return err
	}
	w.tell(State{Readers: states})
	if woken && slices.Equal(before, marks(states)) {
		return sleep(ctx, restAfter)
	}
	return nil
}

func marks(states []ReaderState) []uint32 {
	list := make([]uint32, len(states))
	for i, s := range states {
		list[i] = s.mark
	}
	return list
}

// statesOf makes a list of states for the readers named, keeping what is known of them.
func statesOf(names []string, known []ReaderState) []ReaderState {
	states := make([]ReaderState, len(names))
	for i, name := range names {
		states[i] = ReaderState{Name: name}
		if k := slices.IndexFunc(known, func(s ReaderState) bool { return s.Name == name }); k >= 0 {
			states[i] = known[k]
		}
	}
	return states
}

// cardOn fails where the reader has no card.
func cardOn(r ReaderState) error {
	if !r.Card {
		return NoCard
	}
	return nil
}
