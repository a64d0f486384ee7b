package counter

import (
	"context"
	"errors"
	"fmt"

	"madoguchi/reader"
)

// cards reaches the cards of a machine; *reader.Reader does.
type cards interface {
	Find(ctx context.Context, wanted string) (string, error)
	Readers(ctx context.Context) ([]string, error)
	Summary(ctx context.Context, readerName string, on reader.Date, options ...reader.Option) (reader.Summary, error)
	Watch(ctx context.Context, each func(reader.State))
}

// ReadCard reads the card on a reader; an empty name takes the reader of the
// settings, or the only one with a card. No try is spent and nothing is
// verified. In simulation the scenario's card answers. Errors are reader's; with
// reader.NoCard the summary says so too.
func (c *Counter) ReadCard(ctx context.Context, name string) (CardSummary, error) {
	found, err := c.findReader(ctx, name)
	if errors.Is(err, reader.NoCard) {
		return summaryOf(reader.EmptySummary(found)), err
	}
	if err != nil {
		return CardSummary{}, fmt.Errorf("finding the reader: %w", err)
	}
	summary, err := c.cards.Summary(ctx, found, c.cardDay())
	if err != nil {
		return CardSummary{}, err
	}
	return summaryOf(summary), nil
}

// findReader prefers the reader of the settings, unless that is not connected.
func (c *Counter) findReader(ctx context.Context, name string) (string, error) {
	if name != "" || c.settings.Reader == "" || c.options.Scenario != "" {
		return c.cards.Find(ctx, name)
	}
	found, err := c.cards.Find(ctx, c.settings.Reader)
	if errors.Is(err, reader.NoSuchReader) {
		return c.cards.Find(ctx, "")
	}
	return found, err
}

// cardDay is the day that tells a valid certificate from an expired one: today,
// or with a simulated card the day its scenario plays on.
func (c *Counter) cardDay() reader.Date { return reader.Date(c.Today().String()) }

// CardEvent is one change at the readers.
type CardEvent struct {
	Kind    string       `json:"kind"` // one of the words below
	Reader  string       `json:"reader"`
	Readers []string     `json:"readers"` // all that are connected
	Summary *CardSummary `json:"summary"` // with CardHere
	Problem *Problem     `json:"problem"` // with ReaderGone and CardFailed
}

// What happens at the readers.
const (
	CardHere    = "card"      // a card was read
	CardGone    = "removed"   // the card was taken off
	ReaderEmpty = "reader"    // a reader is there, without a card
	ReaderGone  = "no-reader" // no reader is connected
	CardFailed  = "failed"    // the card, the reader or the service failed, or two readers have a card
)

// WatchCards tells the state of the readers at once and then every change, with
// the summary of a card that was put on, until ctx ends. Events come one after
// another from one goroutine.
func (c *Counter) WatchCards(ctx context.Context, tell func(CardEvent)) error {
	states := make(chan reader.State, 16)
	go func() {
		defer close(states)
		c.cards.Watch(ctx, func(s reader.State) {
			select {
			case states <- s:
			case <-ctx.Done():
			}
		})
	}()
	last := ""
	for state := range states {
		if len(states) > 0 {
			continue // a newer state is waiting
		}
		event := c.cardEvent(ctx, state)
		if event.Kind == ReaderEmpty && (last == CardHere || last == CardFailed) {
			event.Kind = CardGone
		}
		last = event.Kind
		if ctx.Err() == nil {
			tell(event)
		}
	}
	return nil
}

// cardEvent reads the card of a state, when there is one.
func (c *Counter) cardEvent(ctx context.Context, state reader.State) CardEvent {
	event := CardEvent{Readers: []string{}}
	for _, r := range state.Readers {
		event.Readers = append(event.Readers, r.Name)
	}
	name, err := c.chosen(state)
	event.Reader = name
	if err == nil {
		var summary reader.Summary
		if summary, err = c.cards.Summary(ctx, name, c.cardDay()); err == nil {
			read := summaryOf(summary)
			event.Kind, event.Summary = CardHere, &read
			return event
		}
	}
	switch {
	case errors.Is(err, reader.NoCard), errors.Is(err, reader.CardRemoved):
		event.Kind = ReaderEmpty
		return event
	case errors.Is(err, reader.NoReader), errors.Is(err, reader.ReaderRemoved):
		event.Kind = ReaderGone
	default:
		event.Kind = CardFailed
	}
	problem := ProblemOf(err)
	event.Problem = &problem
	return event
}

func (c *Counter) chosen(state reader.State) (string, error) {
	if c.settings.Reader != "" && c.options.Scenario == "" {
		if name, err := state.Choose(c.settings.Reader); err == nil {
			return name, nil
		}
	}
	return state.Choose("")
}
