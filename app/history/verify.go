package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Finding is one thing that is not as it was written.
type Finding struct {
	What  string `json:"what"`  // one word of the list in verify.go
	Where string `json:"where"` // "event 17", "case KG26-000017", "file", "head"
}

// What a finding says.
const (
	FoundDamage      = "damaged"       // SQLite cannot read the structure
	FoundDeleted     = "deleted"       // an event or what was told is not there
	FoundEdited      = "edited"        // content and mac do not agree
	FoundInserted    = "inserted"      // a row that no event speaks of
	FoundCutOff      = "cut-off"       // the chain ends before its head
	FoundHeadMissing = "head-missing"  // the head file is gone
	FoundHeadDiffers = "head-differs"  // the head belongs to another chain
	FoundUnsealed    = "unsealed"      // a seal does not open
	FoundTokens      = "tokens-differ" // the search tokens of a case are not its own
	FoundAlarm       = "alarm"         // found when the history was opened, and not yet seen to
	FoundSerial      = "number-reused" // a case number beyond what was given out
)

// Report is what Verify answers.
type Report struct {
	OK       bool      `json:"ok"`
	Cases    int64     `json:"cases"`
	Events   int64     `json:"events"`
	People   int64     `json:"people"`
	Findings []Finding `json:"findings"`
}

// mostFindings is where the list of findings stops.
const mostFindings = 200

// Verify reads everything back: SQLite's structure, the chain of events and its
// head, the row of every case, every seal, every search token. It may run while
// the counter works: it reads one state of the file.
func (s *Store) Verify(ctx context.Context) (Report, error) {
	r, err := s.verify(ctx)
	return r, fault(s.o.Path, err)
}

func (s *Store) verify(ctx context.Context) (Report, error) {
	mark, ok, err := s.head.read(s.vault) // before the snapshot, which then holds at least as much
	if err != nil {
		return Report{}, err
	}
	return s.verifyUpTo(ctx, mark, ok)
}

// verifyUpTo verifies a history that must hold the marked event.
func (s *Store) verifyUpTo(ctx context.Context, mark headMark, hasMark bool) (Report, error) {
	w := &verifier{v: s.vault, report: Report{Findings: []Finding{}}, mark: mark}
	tx, err := s.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return w.report, fmt.Errorf("beginning: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // only read from
	w.tx = tx
	if err := w.structure(ctx); err != nil {
		return w.report, err
	}
	for _, step := range []func(context.Context) error{w.chain, w.rows, w.told, w.tokens, w.serials} {
		if err := step(ctx); err != nil {
			if code := codeOf(err); code != FaultDamaged {
				return w.report, err
			}
			w.found(FoundDamage, "file")
			break
		}
	}
	w.head(hasMark)
	w.report.OK = len(w.report.Findings) == 0
	return w.report, nil
}

func codeOf(err error) FaultCode {
	if f := (*Fault)(nil); errors.As(fault("", err), &f) {
		return f.Code
	}
	return ""
}

// AlarmSeen records that a supervisor has seen to the alarms; Verify does not
// repeat them after that.
func (s *Store) AlarmSeen(ctx context.Context) error {
	if err := s.o.mayCare(); err != nil {
		return err
	}
	return s.change(ctx, func(c *change) error { return c.append(eventRow{kind: EventAlarmSeen}) })
}
