package history

import (
	"context"
	"database/sql"
	"fmt"

	"madoguchi/rules"
)

// purgeDay is the day on which the persons of a closed case go.
func (s *Store) purgeDay(r *row) rules.Date {
	return day(r.closedOn) + rules.Date(s.o.Retention(rules.MunicipalityID(r.municipality)))
}

// Purge is what a purge does, or would do.
type Purge struct {
	Due     []Summary `json:"due"`     // cases whose persons go
	People  int64     `json:"people"`  // how many persons that are
	Stale   []Summary `json:"stale"`   // open cases in which nothing happened for as long: they must be closed first
	Backups int       `json:"backups"` // old backups removed
}

// PurgePreview answers what a purge would do today.
func (s *Store) PurgePreview(ctx context.Context) (Purge, error) {
	p, _, err := s.due(ctx, s.reader)
	return p, fault(s.o.Path, err)
}

// due looks for the cases whose day has come.
func (s *Store) due(ctx context.Context, q querier) (Purge, []*row, error) {
	p := Purge{Due: []Summary{}, Stale: []Summary{}}
	var due []*row
	rows, err := q.QueryContext(ctx, `SELECT `+rowColumns+` FROM cases WHERE purged_on = '' ORDER BY closed_on, id`)
	if err != nil {
		return p, nil, fmt.Errorf("reading cases: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err has said what went wrong
	today := s.today()
	for rows.Next() {
		r := new(row)
		if err := r.scan(rows); err != nil {
			return p, nil, fmt.Errorf("reading case: %w", err)
		}
		if r.closedOn == "" {
			idle := day(r.changedAt[:10]) + rules.Date(s.o.Retention(rules.MunicipalityID(r.municipality)))
			if idle <= today {
				p.Stale = append(p.Stale, r.summary())
			}
			continue
		}
		if s.purgeDay(r) <= today {
			due = append(due, r)
			p.Due = append(p.Due, r.summary())
			p.People += r.people
		}
	}
	return p, due, rows.Err()
}

// Purge removes the persons of every case whose day has come: situation, plan,
// holder, agent, memo and search tokens. The events stay, and say what was done,
// when and by whom. Nothing of a person is left in the file, in its free pages,
// in the WAL, or in backups older than they are kept. Purging is for supervisors
// and administrators.
func (s *Store) Purge(ctx context.Context) (Purge, error) {
	if err := s.o.mayCare(); err != nil {
		return Purge{}, err
	}
	var p Purge
	err := s.change(ctx, func(c *change) error {
		var due []*row
		var err error
		if p, due, err = s.due(ctx, c.tx); err != nil {
			return err
		}
		return c.purge(due)
	})
	if err != nil {
		return p, err
	}
	if len(p.Due) > 0 {
		if err := s.scrub(ctx); err != nil {
			return p, fault(s.o.Path, err)
		}
	}
	p.Backups, err = s.pruneBackups()
	return p, err
}

// purge removes the persons of these cases within a change. Tokens are found by
// case, not by what a person was called, so that none can be missed.
func (c *change) purge(due []*row) error {
	if len(due) == 0 {
		return nil
	}
	if _, err := c.tx.ExecContext(c.ctx, `CREATE TEMP TABLE leaving (id INTEGER PRIMARY KEY)`); err != nil {
		return fmt.Errorf("listing cases to purge: %w", err)
	}
	today := dayOf(c.s.o.Clock()).String()
	for _, r := range due {
		if _, err := c.tx.ExecContext(c.ctx, `INSERT INTO leaving VALUES (?)`, r.id); err != nil {
			return fmt.Errorf("listing cases to purge: %w", err)
		}
		r.purgedOn, r.told, r.people = today, 0, 0
		if err := c.record(r, nil, nil, eventRow{kind: EventPurged, detail: dayDetail("closed", r.closedOn)}, (*row).update); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		`DELETE FROM told WHERE case_id IN (SELECT id FROM leaving)`,
		`DELETE FROM tokens WHERE case_id IN (SELECT id FROM leaving)`,
		`DROP TABLE leaving`,
		markScrub,
	} {
		if _, err := c.tx.ExecContext(c.ctx, statement); err != nil {
			return fmt.Errorf("purging: %w", err)
		}
	}
	return nil
}

// markScrub remembers, until it is done, that the file has to be written anew: a
// program that is killed in between does it when it opens the history again.
const markScrub = `UPDATE totals SET scrub = 1`

// scrubLeftOver does what an interrupted purge could not. A full disk and a
// reader in the way put it off once more: they must not keep the counter closed.
func (s *Store) scrubLeftOver(ctx context.Context) error {
	var due bool
	if err := s.writer.QueryRowContext(ctx, `SELECT scrub FROM totals`).Scan(&due); err != nil {
		return fmt.Errorf("asking for unfinished work: %w", err)
	}
	if !due {
		return nil
	}
	err := fault(s.o.Path, s.scrub(ctx))
	if code := codeOf(err); code == FaultDiskFull || code == FaultBusy {
		return nil
	}
	return err
}

// scrub writes the file anew, so that nothing deleted stays in it, and empties
// the WAL. Deleted content was overwritten when it was deleted (secure_delete);
// this also takes what lay between the cells of pages.
func (s *Store) scrub(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.writer.ExecContext(ctx, `VACUUM`); err != nil {
		return fmt.Errorf("writing the file anew: %w", err)
	}
	if err := emptyWAL(ctx, s.writer); err != nil {
		return err
	}
	if _, err := s.writer.ExecContext(ctx, `UPDATE totals SET scrub = 0`); err != nil {
		return fmt.Errorf("noting that the file is written anew: %w", err)
	}
	return nil
}

func emptyWAL(ctx context.Context, db *sql.DB) error {
	var busy, pages, done int
	if err := db.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &done); err != nil {
		return fmt.Errorf("emptying the WAL: %w", err)
	}
	if busy != 0 {
		return &Fault{Code: FaultBusy, Err: fmt.Errorf("the WAL is still read from; it is emptied when the history is closed")}
	}
	return nil
}
