package counter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"madoguchi/app/history"
	"madoguchi/rules"
)

// This file keeps what happens to a case after its first visit: a letter comes
// back in the visitor's hand, and what is told then is kept beside what was told
// first.

// OpenLetter finds the case of a number, or of what a scanner reads off a letter.
// A letter that may not be used any more (made again since, too late, its case
// closed) comes as the *history.Refusal that says why.
func (c *Counter) OpenLetter(ctx context.Context, code string) (Case, error) {
	kept, err := c.ScanLetter(ctx, code)
	if err != nil {
		return Case{}, err
	}
	return caseOf(kept)
}

// waitsForVisit are the states in which the visitor's coming is the second visit.
func waitsForVisit() []history.State {
	return []history.State{history.Mailed, history.AwaitingReply, history.SentBack}
}

// TellAgain keeps what was asked and told of a case that is there already. Where
// the case waits for the second visit, this is it: the case moves on, and a letter
// that came too late is refused with a *history.Refusal. What did not change is
// not written again.
func (c *Counter) TellAgain(ctx context.Context, number string, in CaseInput) (rules.Plan, error) {
	in.Situation = c.completed(in.Situation)
	plan, err := c.Decide(in.Situation)
	if err != nil {
		return plan, err
	}
	kept, err := c.Case(ctx, number)
	if err != nil {
		return plan, err
	}
	told, err := toldNow(in, plan)
	if err != nil {
		return plan, err
	}
	state := history.State(kept.State)
	if slices.Contains(waitsForVisit(), state) {
		return plan, c.secondVisit(ctx, number, state, told)
	}
	same, err := sameSituation(kept.Situation, in.Situation)
	if err != nil {
		return plan, err
	}
	if !same || in.Holder.Name != "" && kept.Holder.Name == "" {
		if err := c.correct(ctx, number, told); err != nil {
			return plan, err
		}
	}
	if state == history.Opened && plan.Outcome != rules.NeedAnswers {
		err = c.StepCase(ctx, number, history.Step{To: history.Decided})
	}
	return plan, err
}

// secondVisit moves a waiting case to its second visit, with what was told there.
func (c *Counter) secondVisit(ctx context.Context, number string, state history.State, told history.Told) error {
	if state != history.AwaitingReply {
		if err := c.StepCase(ctx, number, history.Step{To: history.AwaitingReply}); err != nil {
			return err
		}
	}
	return c.StepCase(ctx, number, history.Step{To: history.SecondVisit, Told: told})
}

// KeepPeople keeps who a case is about, where they became known after it was
// opened, and the memo that goes with a letter.
func (c *Counter) KeepPeople(ctx context.Context, number string, holder, agent Person, memo string) error {
	told := history.Told{Holder: someone(holder), Agent: someone(agent)}
	if memo != "" {
		told.Memo = &memo
	}
	return c.correct(ctx, number, told)
}

// ComparedCase records that the persons of a case were read aloud and compared.
func (c *Counter) ComparedCase(ctx context.Context, number string) error {
	store, n, err := c.changing(ctx, number)
	if err != nil {
		return err
	}
	return store.Compared(ctx, n)
}

func (c *Counter) correct(ctx context.Context, number string, told history.Told) error {
	store, n, err := c.changing(ctx, number)
	if err != nil {
		return err
	}
	_, err = store.Correct(ctx, n, history.Correction{Told: told})
	return err
}

func toldNow(in CaseInput, plan rules.Plan) (history.Told, error) {
	situation, err1 := json.Marshal(in.Situation)
	words, err2 := json.Marshal(plan)
	if err := errors.Join(err1, err2); err != nil {
		return history.Told{}, fmt.Errorf("writing what was told: %w", err)
	}
	return history.Told{Situation: situation, Plan: words, Holder: someone(in.Holder), Agent: someone(in.Agent)}, nil
}

// sameSituation compares what was asked, whatever the hour it was asked at.
func sameSituation(a, b rules.Situation) (bool, error) {
	a.Time, b.Time = "", ""
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return string(x) == string(y), errors.Join(err1, err2)
}
