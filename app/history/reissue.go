package history

import (
	"context"
	"slices"
	"strings"

	"madoguchi/rules"
)

// EventReissued says that the letter of a case was made again. The letter made
// before does not count any more: its code names an older version.
const EventReissued EventKind = "reissued"

// Reissuable reports whether the letter of a case may be made again: it is made,
// on its way, back or lost, and nobody has opened its envelope.
func (s State) Reissuable() bool {
	return slices.Contains([]State{LetterMade, Mailed, ReturnedUndelivered, AwaitingReply, SentBack}, s)
}

// Reissue makes a letter count that was made in the place of an earlier one,
// which is void from then on, and puts the case back among those whose letter has
// to be mailed. It is no step of a case's life but the repetition of one. Until
// replyBy the reply is accepted. A state without a letter to repeat comes as a
// [*Refusal].
func (s *Store) Reissue(ctx context.Context, n Number, replyBy rules.Date) (Summary, error) {
	var sum Summary
	err := s.change(ctx, func(c *change) error {
		r, err := c.find(n)
		if err != nil {
			return err
		}
		if !r.state.Reissuable() {
			return &Refusal{Reason: NoSuchTransition, Number: n, State: r.state, To: LetterMade}
		}
		r.letterVersion++
		r.state, r.letterMadeOn, r.mailedOn = LetterMade, dayOf(c.s.o.Clock()).String(), ""
		r.replyBy = replyBy.String()
		e := eventRow{kind: EventReissued,
			detail: strings.TrimSpace("letter=" + r.number.letterCode(int(r.letterVersion)) + " " + dayDetail("reply-by", r.replyBy))}
		if err := c.amend(r, Told{}, e); err != nil {
			return withNumber(err, n)
		}
		sum = r.summary()
		return nil
	})
	return sum, err
}
