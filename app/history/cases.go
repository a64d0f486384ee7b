package history

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"database/sql"

	"madoguchi/rules"
)

// Add opens a case and answers its number once it is safely on the disk.
func (s *Store) Add(ctx context.Context, n NewCase) (Number, error) {
	var number Number
	err := s.change(ctx, func(c *change) error {
		var err error
		number, err = c.begin(n)
		return err
	})
	if err != nil {
		return "", err // the number is not given
	}
	return number, nil
}

// begin adds a case, and moves it on where the visitor was told already: both are
// kept, or neither.
func (c *change) begin(n NewCase) (Number, error) {
	number, err := c.add(n)
	if err != nil || !n.Decided {
		return number, err
	}
	r, err := c.find(number)
	if err != nil {
		return "", err
	}
	return number, c.advance(r, Step{To: Decided})
}

func (c *change) add(n NewCase) (Number, error) {
	told := Told{Situation: n.Situation, Plan: n.Plan, Holder: n.Holder, Agent: n.Agent, Memo: &n.Memo}
	f, err := checkTold(told)
	if err != nil {
		return "", err
	}
	today := dayOf(c.s.o.Clock())
	number, err := c.giveNumber(today)
	if err != nil {
		return "", err
	}
	r := &row{uid: randomBytes(16), number: number, state: Opened, openedAt: c.now, firstSeenOn: today.String()}
	if err := c.ask(selectNextID).Scan(&r.id); err != nil {
		return "", fmt.Errorf("numbering case: %w", err)
	}
	r.setFacts(f)
	t := toldRow{}.with(told)
	return number, c.record(r, &t, nil, eventRow{kind: EventKind(Opened)}, (*row).insert)
}

// checkTold refuses what must not be kept, and reads the facts.
func checkTold(t Told) (facts, error) {
	if err := refuseIndividualNumbers(t); err != nil {
		return facts{}, err
	}
	if err := checkLengths(t); err != nil {
		return facts{}, err
	}
	f, err := situationFacts(t.Situation)
	if err != nil {
		return facts{}, err
	}
	return f.withPlan(t.Plan)
}

const giveSerial = `INSERT INTO serial (office, fiscal_year, last) VALUES (?, ?, 1)
	ON CONFLICT (office, fiscal_year) DO UPDATE SET last = last + 1 RETURNING last`

// giveNumber takes the next number of the office and fiscal year.
func (c *change) giveNumber(today rules.Date) (Number, error) {
	o := c.s.o
	year := fiscalYear(today)
	var serial int64
	err := c.ask(giveSerial, o.Office, year).Scan(&serial)
	if err != nil {
		return "", fmt.Errorf("giving a number: %w", err)
	}
	c.last.Office, c.last.FiscalYear, c.last.Serial = o.Office, year, serial
	return newNumber(o.Office, year, serial, o.Simulation), nil
}

// record writes what was told, if anything new was, the row, the tokens and the
// event, in the order in which they depend on each other.
func (c *change) record(r *row, fresh *toldRow, tokensBefore []int64, e eventRow, write func(*row, *change) error) error {
	e.caseID, e.number, e.edition, e.state = r.id, string(r.number), r.edition, r.state
	r.changedAt = c.now
	r.lastEvent = c.nextSeq()
	var tokens []int64
	if fresh != nil {
		r.told, r.people = c.nextSeq(), fresh.people()
		var err error
		if tokens, err = c.s.vault.tokensOf(fresh); err != nil {
			return err
		}
	}
	if err := write(r, c); err != nil {
		return err
	}
	if fresh != nil {
		var err error
		if e.toldMAC, err = c.writeTold(r.id, fresh); err != nil {
			return err
		}
		if err := c.writeTokens(r.id, tokensBefore, tokens); err != nil {
			return err
		}
	}
	e.told = r.told
	return c.append(e)
}

// amend lays changes over a case within a change, and records them with an event.
func (c *change) amend(r *row, told Told, e eventRow) error {
	if told.empty() {
		return c.record(r, nil, nil, e, (*row).update)
	}
	before, err := readTold(c.ctx, c.s.vault, c.tx, r.told)
	if err != nil {
		return err
	}
	tokensBefore, err := c.s.vault.tokensOf(&before)
	if err != nil {
		return err
	}
	after := before.with(told)
	memo := after.memo
	f, err := checkTold(Told{Situation: after.situation, Plan: after.plan, Holder: after.holder, Agent: after.agent, Memo: &memo})
	if err != nil {
		return err
	}
	r.setFacts(f)
	return c.record(r, &after, tokensBefore, e, (*row).update)
}

// Advance moves a case to its next state, and answers how it stands then. A
// move that the life of a case does not have, and a second visit after the day
// until which the reply is accepted, come as a [*Refusal].
func (s *Store) Advance(ctx context.Context, n Number, step Step) (Summary, error) {
	var sum Summary
	err := s.change(ctx, func(c *change) error {
		r, err := c.find(n)
		if err != nil {
			return err
		}
		if err := c.advance(r, step); err != nil {
			return withNumber(err, n)
		}
		sum = r.summary()
		return nil
	})
	return sum, err
}

func (c *change) advance(r *row, step Step) error {
	if err := r.state.check(step.To); err != nil {
		return err
	}
	today := dayOf(c.s.o.Clock()).String()
	e := eventRow{kind: EventKind(step.To)}
	switch step.To {
	case LetterMade:
		r.letterVersion++
		r.letterMadeOn, r.mailedOn = today, ""
		r.replyBy = step.ReplyBy.String()
		e.detail = strings.TrimSpace("letter=" + r.number.letterCode(int(r.letterVersion)) + " " + dayDetail("reply-by", r.replyBy))
	case Mailed:
		r.mailedOn = today
	case SecondVisit:
		if r.replyBy != "" && today > r.replyBy {
			return &Refusal{Reason: LetterExpired, State: r.state, On: r.replyBy}
		}
		r.secondAt = c.now
	}
	r.state = step.To
	if !step.To.Open() {
		r.closedOn, r.closedAt = today, c.now
	}
	return c.amend(r, step.Told, e)
}

func dayDetail(name, day string) string {
	if day == "" {
		return ""
	}
	return name + "=" + day
}

// Correct changes what was recorded wrongly in a case. What was there before
// stays among the events.
func (s *Store) Correct(ctx context.Context, n Number, k Correction) (Summary, error) {
	var sum Summary
	err := s.change(ctx, func(c *change) error {
		r, err := c.find(n)
		if err != nil {
			return err
		}
		if r.purgedOn != "" {
			return &Refusal{Reason: AlreadyPurged, Number: n}
		}
		e := eventRow{kind: EventCorrected}
		if !k.ReplyBy.IsZero() {
			r.replyBy = k.ReplyBy.String()
			e.detail = dayDetail("reply-by", r.replyBy)
		}
		if err := c.amend(r, k.Told, e); err != nil {
			return withNumber(err, n)
		}
		sum = r.summary()
		return nil
	})
	return sum, err
}

// Printed records that a page went to the printer; what is one of the program's
// words for its forms, such as "checklist" or "letter".
func (s *Store) Printed(ctx context.Context, n Number, what string, pages int) error {
	return s.change(ctx, func(c *change) error {
		r, err := c.find(n)
		if err != nil {
			return err
		}
		return c.record(r, nil, nil, eventRow{kind: EventPrinted, detail: fmt.Sprintf("form=%s pages=%d", what, pages)}, (*row).update)
	})
}

// Compared records that the persons of a case were read aloud and compared with
// the visitor and the papers on the table.
func (s *Store) Compared(ctx context.Context, n Number) error {
	return s.change(ctx, func(c *change) error {
		r, err := c.find(n)
		if err != nil {
			return err
		}
		return c.record(r, nil, nil, eventRow{kind: EventCompared}, (*row).update)
	})
}

// withNumber says in a refusal which case it is about.
func withNumber(err error, n Number) error {
	if r := (*Refusal)(nil); errors.As(err, &r) {
		r.Number = n
	}
	return err
}

// Show answers everything kept of a case.
func (s *Store) Show(ctx context.Context, n Number) (Case, error) {
	r := new(row)
	err := r.scan(s.reader.QueryRowContext(ctx, selectNumber, n))
	if errors.Is(err, sql.ErrNoRows) {
		return Case{}, &Refusal{Reason: NoSuchCase, Number: n}
	}
	if err != nil {
		return Case{}, fault(s.o.Path, fmt.Errorf("reading case: %w", err))
	}
	k, err := s.whole(ctx, r)
	return k, fault(s.o.Path, err)
}

// Letter opens the case of a scanned letter. The code on the letter names its
// version; a letter that was made again since, or came too late, or whose case
// is over, is refused with the reason, and the case comes all the same.
func (s *Store) Letter(ctx context.Context, code string) (Case, error) {
	n, version, isLetter, err := ParseLetterCode(code)
	if err != nil {
		return Case{}, err
	}
	k, err := s.Show(ctx, n)
	if err != nil || !isLetter {
		return k, err
	}
	refuse := func(reason RefusalReason) (Case, error) {
		return k, &Refusal{Reason: reason, Number: n, State: k.State, On: k.ReplyBy.String()}
	}
	switch {
	case !k.PurgedOn.IsZero():
		return refuse(AlreadyPurged)
	case k.LetterCode == "":
		return refuse(LetterNotMade)
	case version > k.letterVersion():
		return refuse(LetterUnknown)
	case version < k.letterVersion():
		return refuse(LetterSuperseded)
	case k.State == Expired:
		return refuse(LetterExpired)
	case !k.State.Open():
		return refuse(LetterUsed)
	case !k.ReplyBy.IsZero() && s.today() > k.ReplyBy:
		return refuse(LetterExpired)
	}
	return k, nil
}

// letterVersion is the version of the letter that counts.
func (k *Case) letterVersion() int {
	_, version, _, err := ParseLetterCode(k.LetterCode)
	if err != nil {
		return 0
	}
	return version
}

// whole reads what belongs to a row.
func (s *Store) whole(ctx context.Context, r *row) (Case, error) {
	k := Case{Summary: r.summary(), Next: r.state.Next(), Events: []Event{}}
	if k.Next == nil {
		k.Next = []State{}
	}
	if r.closedOn != "" && r.purgedOn == "" {
		k.PurgeOn = s.purgeDay(r)
	}
	plans := map[int64][]byte{}
	rows, err := s.reader.QueryContext(ctx, selectTold+` WHERE case_id = ? ORDER BY id`, r.id)
	if err != nil {
		return k, fmt.Errorf("reading what was told: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err has said what went wrong
	for rows.Next() {
		t, _, _, err := scanTold(s.vault, rows)
		if err != nil {
			return k, &Fault{Code: FaultTampered, Where: s.o.Path, Err: err}
		}
		plans[t.id] = t.plan
		if t.id == r.told {
			k.Situation, k.Plan, k.Holder, k.Agent, k.Memo = t.situation, t.plan, t.holder, t.agent, t.memo
		}
	}
	if err := rows.Err(); err != nil {
		return k, fmt.Errorf("reading what was told: %w", err)
	}
	k.Events, err = s.events(ctx, r.id, plans)
	return k, err
}

// events reads the events of a case, each with the plan that came with it.
func (s *Store) events(ctx context.Context, caseID int64, plans map[int64][]byte) ([]Event, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+eventColumns+` FROM events WHERE case_id = ? ORDER BY seq`, caseID)
	if err != nil {
		return nil, fmt.Errorf("reading events: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err has said what went wrong
	events := []Event{}
	for rows.Next() {
		var e eventRow
		if err := e.scan(rows); err != nil {
			return nil, fmt.Errorf("reading event: %w", err)
		}
		x := Event{Seq: e.seq, Kind: e.kind, At: e.at, Operator: e.operator, Program: e.program, Edition: e.edition,
			State: e.state, Detail: e.detail, ToldAt: e.told, Brought: len(e.origin) > 0}
		if e.told == e.seq {
			x.Plan = plans[e.told]
		}
		events = append(events, x)
	}
	return events, rows.Err()
}
