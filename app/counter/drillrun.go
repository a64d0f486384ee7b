package counter

import (
	"context"
	"time"

	"madoguchi/app/simulation"
	"madoguchi/reader/simcard"
	"madoguchi/rules"
)

// What happens on the simulated reader while a drill runs. None of it touches a
// real reader: in a reader exercise, and outside training, it does nothing.

// TryPIN lets the visitor of a run type a PIN: the right one when they know it.
// It goes to the simulated card as VerifyPIN does. A try in vain is noted in the
// run, and so is a PIN that it locked. The error is errNotSimulated outside
// training and in a reader exercise.
func (c *Counter) TryPIN(ctx context.Context, run *simulation.Run, kind rules.PINKind, lastTry bool) (PINAnswer, error) {
	if c.software == nil {
		return PINAnswer{}, errNotSimulated
	}
	answer, err := c.VerifyPIN(ctx, PINRequest{Kind: kind, LastTry: lastTry}, []byte(run.Types(kind)))
	if err != nil || answer.OK || answer.Denied != "" || len(answer.Reasons) > 0 {
		return answer, err
	}
	note := simulation.Note{Tries: 1}
	if answer.Remaining != nil && *answer.Remaining == 0 {
		note.Locked = []rules.PINKind{kind}
	}
	return answer, run.Note(note)
}

// StageEvent plays an event on the simulated reader: the reader goes away. over
// ends it: the reader is back, with the right card on it, read without a fault.
func (c *Counter) StageEvent(kind simulation.EventKind, over bool) error {
	if c.software == nil {
		return nil
	}
	switch {
	case kind == simulation.EventReaderGone && !over:
		c.software.Unplug(SimulatedReader)
	case kind == simulation.EventReaderGone:
		c.software.Plug(SimulatedReader)
		c.software.Insert(SimulatedReader, c.card)
	case kind == simulation.EventCardPulled && over, kind == simulation.EventWrongCard && over:
		card, err := c.rightCard()
		if err != nil {
			return err
		}
		c.card = card
		c.software.Remove(SimulatedReader)
		c.software.Insert(SimulatedReader, card)
	}
	return nil
}

// LayCard puts the visitor's card on the simulated reader, or leaves the reader
// empty where the visitor has none.
func (c *Counter) LayCard(run *simulation.Run) {
	if c.software != nil && run.Seen()["card.state"] == "lost" {
		c.software.Remove(SimulatedReader)
	}
}

// rightCard is the scenario's card as it should have been: of the right kind, and
// not pulled off.
func (c *Counter) rightCard() (*simcard.Card, error) {
	mended := *c.scenario
	mended.Card.Faults, mended.Card.Kind = nil, simcard.IndividualNumberCard
	return simulatedCard(&mended)
}

// DrillPapers are the papers a trainee can ask for in a scenario.
func (c *Counter) DrillPapers(scenario string) ([]simulation.PaperChoice, error) {
	_, set, err := c.Scenario(scenario)
	if err != nil {
		return nil, err
	}
	library, err := c.Scenarios()
	if err != nil {
		return nil, err
	}
	return library.Papers(set)
}

// Now is the counter's clock, in Japan's time.
func (c *Counter) Now() time.Time { return c.options.Now().In(japan()) }
