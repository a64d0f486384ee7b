package counter

import (
	"context"
	"errors"
	"slices"

	"madoguchi/app/history"
)

// LetterCase is the number, as the history writes it, of the case that a letter
// with this number belongs to. A case that cannot get a letter any more is
// refused. Errors: *history.Refusal, *history.Fault.
func (c *Counter) LetterCase(ctx context.Context, number string) (string, error) {
	found, err := c.Case(ctx, number)
	if err != nil {
		return "", err
	}
	state := history.State(found.State)
	if state == history.Opened || state == history.LetterMade || slices.Contains(state.Next(), history.LetterMade) {
		return found.CaseNumber, nil
	}
	return "", &history.Refusal{Reason: history.NoSuchTransition, Number: history.Number(found.CaseNumber), State: state, To: history.LetterMade}
}

// MistypedNumber reports a case number that looks like one of this program's and
// has a wrong character. Numbers of another form are an office's own.
func MistypedNumber(number string) bool {
	_, err := history.ParseNumber(number)
	return errors.Is(err, &history.Refusal{Reason: history.WrongCheckCharacter})
}
