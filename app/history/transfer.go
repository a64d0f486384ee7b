package history

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
)

// Export seals chosen open cases, with everything that happened to them, for
// another PC. They stay here too; whichever PC works on first, its parcel
// brings the other up to date. Exporting is for supervisors and administrators.
func (s *Store) Export(ctx context.Context, numbers []Number, passphrase string) ([]byte, error) {
	if err := s.o.mayCare(); err != nil {
		return nil, err
	}
	if err := checkPassphrase("", passphrase); err != nil {
		return nil, err
	}
	var sealed []byte
	err := s.change(ctx, func(c *change) error {
		p := &parcel{From: s.vault.id, Simulation: s.o.Simulation}
		for _, n := range numbers {
			r, err := c.find(n)
			if err != nil {
				return err
			}
			if !r.state.Open() {
				return &Refusal{Reason: NotOpen, Number: n, State: r.state}
			}
			k := fromRow(r)
			if k.Events, err = c.parcelEvents(r.id); err != nil {
				return err
			}
			p.Cases = append(p.Cases, k)
			if err := c.record(r, nil, nil, eventRow{kind: EventExported}, (*row).update); err != nil {
				return err
			}
		}
		var err error
		sealed, err = p.seal(s.vault, passphrase)
		return err
	})
	return sealed, err
}

// parcelEvents reads the events of a case with what was told.
func (c *change) parcelEvents(caseID int64) ([]parcelEvent, error) {
	rows, err := c.eventsOf(caseID)
	if err != nil {
		return nil, err
	}
	var all []parcelEvent
	for _, e := range rows {
		x := parcelEvent{UID: e.uid, Kind: e.kind, At: e.at, Operator: e.operator, Program: e.program,
			Edition: e.edition, State: e.state, Detail: e.detail, Origin: e.origin}
		if e.told == e.seq {
			t, err := readTold(c.ctx, c.s.vault, c.tx, e.told)
			if err != nil {
				return nil, err
			}
			x.Told = &parcelTold{Situation: t.situation, Plan: t.plan, Holder: t.holder, Agent: t.agent, Memo: t.memo}
		}
		all = append(all, x)
	}
	return all, nil
}

// eventsOf reads the events of a case within a change.
func (c *change) eventsOf(caseID int64) ([]eventRow, error) {
	rows, err := c.tx.QueryContext(c.ctx, `SELECT `+eventColumns+` FROM events WHERE case_id = ? ORDER BY seq`, caseID)
	if err != nil {
		return nil, fmt.Errorf("reading events: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err has said what went wrong
	var all []eventRow
	for rows.Next() {
		var e eventRow
		if err := e.scan(rows); err != nil {
			return nil, fmt.Errorf("reading event: %w", err)
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

// Import says what an import did.
type Import struct {
	Added     []Number `json:"added"`     // cases that were not here
	Continued []Number `json:"continued"` // cases that went on elsewhere
	Unchanged []Number `json:"unchanged"` // nothing new
}

// Import takes in a parcel of cases, all of them or none. Taking it in twice
// changes nothing. A case that went on both here and there is refused.
func (s *Store) Import(ctx context.Context, data []byte, passphrase string) (Import, error) {
	done := Import{Added: []Number{}, Continued: []Number{}, Unchanged: []Number{}}
	p, err := openParcel(data, passphrase)
	if err != nil {
		return done, err
	}
	if p.Simulation != s.o.Simulation {
		return done, &Fault{Code: FaultSimulation, Where: s.o.Path}
	}
	err = s.change(ctx, func(c *change) error {
		for i := range p.Cases {
			if err := c.takeIn(&p.Cases[i], p.From, &done); err != nil {
				return err
			}
		}
		return nil
	})
	return done, err
}

// takeIn takes in one case.
func (c *change) takeIn(k *parcelCase, from []byte, done *Import) error {
	if err := k.check(); err != nil {
		return err
	}
	r, err := c.find(k.Number)
	switch {
	case errors.Is(err, &Refusal{Reason: NoSuchCase}):
		done.Added = append(done.Added, k.Number)
		return c.takeNew(k, from)
	case err != nil:
		return err
	case !bytes.Equal(r.uid, k.UID):
		return &Refusal{Reason: NumberTaken, Number: k.Number}
	case r.purgedOn != "":
		return &Refusal{Reason: AlreadyPurged, Number: k.Number}
	}
	here, err := c.eventsOf(r.id)
	if err != nil {
		return err
	}
	fresh, err := goesOn(here, k)
	if err != nil {
		return err
	}
	if len(fresh) == 0 {
		done.Unchanged = append(done.Unchanged, k.Number)
		return nil
	}
	done.Continued = append(done.Continued, k.Number)
	return c.takeOn(r, k, fresh, from)
}

// check refuses what this program would never have written.
func (k *parcelCase) check() error {
	if n, err := ParseNumber(string(k.Number)); err != nil || n != k.Number || len(k.UID) != 16 || !k.State.Valid() || len(k.Events) == 0 || k.Events[0].Told == nil {
		return &Fault{Code: FaultSealed, Err: errors.New("a case of the parcel is not whole")}
	}
	for _, e := range k.Events {
		if e.Told == nil {
			continue
		}
		memo := e.Told.Memo
		if err := refuseIndividualNumbers(Told{Situation: e.Told.Situation, Holder: e.Told.Holder, Agent: e.Told.Agent, Memo: &memo}); err != nil {
			return withNumber(err, k.Number)
		}
	}
	return nil
}

// bookkeeping events tell where a case was carried and what was looked at or
// printed, and are no part of its life.
func (k EventKind) bookkeeping() bool {
	return k == EventExported || k == EventImported || k == EventPrinted || k == EventCompared
}

// goesOn answers the events of a parcel that are not here yet; none when the
// parcel is no further than this history. Lives that parted are refused.
func goesOn(here []eventRow, k *parcelCase) ([]parcelEvent, error) {
	known := map[string]bool{}
	var lifeHere, lifeThere []string
	for _, e := range here {
		known[string(e.uid)] = true
		if !e.kind.bookkeeping() {
			lifeHere = append(lifeHere, string(e.uid))
		}
	}
	var fresh []parcelEvent
	for _, e := range k.Events {
		if !e.Kind.bookkeeping() {
			lifeThere = append(lifeThere, string(e.UID))
		}
		if !known[string(e.UID)] {
			fresh = append(fresh, e)
		}
	}
	for i := range min(len(lifeHere), len(lifeThere)) {
		if lifeHere[i] != lifeThere[i] {
			return nil, &Refusal{Reason: Diverged, Number: k.Number}
		}
	}
	if len(lifeThere) <= len(lifeHere) {
		return nil, nil
	}
	return fresh, nil
}

// takeNew brings in a case that is not here.
func (c *change) takeNew(k *parcelCase, from []byte) error {
	r := &row{}
	k.toRow(r)
	if err := c.ask(selectNextID).Scan(&r.id); err != nil {
		return fmt.Errorf("numbering case: %w", err)
	}
	if m := numberShape.FindStringSubmatch(string(k.Number)); m[2] == c.s.o.Office {
		g := serialRow{office: m[2], year: fiscalYear(day(k.FirstSeenOn))}
		if _, err := fmt.Sscan(m[4], &g.last); err != nil {
			return fmt.Errorf("reading case number: %w", err)
		}
		if err := c.raiseSerial(g); err != nil {
			return err
		}
	}
	if err := r.insert(c); err != nil {
		return err
	}
	return c.takeOn(r, k, k.Events, from)
}

// takeOn brings in the events of a case, and then how it stands.
func (c *change) takeOn(r *row, k *parcelCase, fresh []parcelEvent, from []byte) error {
	var before, after []int64
	if r.told != 0 {
		t, err := readTold(c.ctx, c.s.vault, c.tx, r.told)
		if err != nil {
			return err
		}
		if before, err = c.s.vault.tokensOf(&t); err != nil {
			return err
		}
		after = before
	}
	k.toRow(r)
	for _, x := range fresh {
		e := eventRow{uid: x.UID, caseID: r.id, number: string(r.number), kind: x.Kind, at: x.At, operator: x.Operator, program: x.Program,
			edition: x.Edition, state: x.State, detail: x.Detail, origin: from}
		if x.Origin != nil {
			e.origin = x.Origin
		}
		if x.Told != nil {
			t := &toldRow{situation: x.Told.Situation, plan: x.Told.Plan, holder: x.Told.Holder, agent: x.Told.Agent, memo: x.Told.Memo}
			var err error
			if e.toldMAC, err = c.writeTold(r.id, t); err != nil {
				return err
			}
			r.told, r.people = t.id, t.people()
			if after, err = c.s.vault.tokensOf(t); err != nil {
				return err
			}
		}
		e.told = r.told
		if err := c.append(e); err != nil {
			return err
		}
	}
	if err := c.writeTokens(r.id, before, after); err != nil {
		return err
	}
	return c.record(r, nil, nil, eventRow{kind: EventImported, detail: "from=" + hex.EncodeToString(from[:min(4, len(from))])}, (*row).update)
}
