package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Restored says what a restore did.
type Restored struct {
	Kept   string `json:"kept,omitempty"` // where the history that was there is kept
	Report Report `json:"report"`
}

// Restore puts a backup in the place of a history that no program has open. It
// first makes the backup ready beside it and verifies it, then keeps what is
// there in the backup folder, then exchanges the files in one step: interrupted
// at any moment, either the old or the new history is there, whole. Case
// numbers that were given out since the backup are not given out again.
func Restore(ctx context.Context, o Options, from string) (Restored, error) {
	var done Restored
	if err := o.complete(); err != nil {
		return done, err
	}
	if err := o.mayCare(); err != nil {
		return done, err
	}
	if o.remote(o.Path) {
		return done, &Fault{Code: FaultNetwork, Where: o.Path}
	}
	version, err := inspect(from)
	switch {
	case err != nil:
		return done, err
	case version < 0:
		return done, &Fault{Code: FaultMissing, Where: from}
	case version == 0:
		return done, holdsNoHistory(from)
	}
	if err := os.MkdirAll(filepath.Dir(o.Path), 0o700); err != nil {
		return done, fault(o.Path, fmt.Errorf("making folder: %w", err))
	}
	lock, err := holdFile(ctx, o)
	if err != nil {
		return done, err
	}
	done, err = restore(ctx, o, from)
	return done, errors.Join(fault(o.Path, err), lock.release())
}

// holdsNoHistory is the fault of a backup without content. A history that is
// opened may be empty, as its making can be interrupted; a backup never is, for
// it was read back when it was made.
func holdsNoHistory(from string) error {
	return &Fault{Code: FaultDamaged, Where: from, Err: errors.New("the backup holds no history")}
}

func restore(ctx context.Context, o Options, from string) (Restored, error) {
	var done Restored
	ready := restoringPath(o.Path)
	if err := removeHistory(ready); err != nil {
		return done, err
	}
	defer func() { _ = removeHistory(ready) }() // gone already when all went well
	if err := copyFile(from, ready); err != nil {
		return done, err
	}
	if kind, err := keyKind(ctx, ready); err == nil && kind == "" { // what cannot be read is said below
		return done, holdsNoHistory(from)
	}
	given := lastSerials(ctx, o)
	var err error
	if done.Report, err = makeReady(ctx, o, ready, given); err != nil {
		return done, err
	}
	if done.Kept, err = keepCurrent(ctx, o); err != nil {
		return done, err
	}
	if err := os.Rename(ready, o.Path); err != nil {
		return done, fmt.Errorf("exchanging histories: %w", err)
	}
	if err := os.Rename(headPath(ready), headPath(o.Path)); err != nil {
		return done, fmt.Errorf("exchanging heads: %w", err)
	}
	return done, syncFolder(filepath.Dir(o.Path))
}

func restoringPath(path string) string { return path + ".restoring" }

// makeReady brings the copy up to date, verifies it and records the restore in it.
func makeReady(ctx context.Context, o Options, ready string, given []serialRow) (Report, error) {
	present := o.Path
	o.Path = ready
	s := &Store{o: o}
	open := func() error {
		var err error
		if s.writer, err = connect(o, writing); err != nil {
			return err
		}
		version, err := versionOf(ctx, s.writer)
		if err != nil {
			return err
		}
		if err := migrate(s.writer, version); err != nil {
			return err
		}
		if err := s.unlock(ctx, s.writer); err != nil {
			return err
		}
		s.head = &headFile{path: headPath(ready)}
		if err := s.head.lay(s.vault); err != nil {
			return err
		}
		s.reader, err = connect(o, reading)
		return err
	}
	err := open()
	var report Report
	if err == nil {
		report, err = s.verify(ctx)
	}
	if err == nil && !report.OK {
		f := report.Findings[0]
		err = &Fault{Code: FaultTampered, Where: ready, Err: fmt.Errorf("the backup does not verify: %s, %s", f.What, f.Where)}
	}
	if err == nil {
		err = s.change(ctx, func(c *change) error {
			for _, g := range append(given, s.lastOfHead(present)...) {
				if err := c.raiseSerial(g); err != nil {
					return err
				}
			}
			return c.append(eventRow{kind: EventRestored, detail: fmt.Sprintf("events=%d", report.Events)})
		})
	}
	return report, errors.Join(err, s.release())
}

// serialRow is the last number given out for an office and fiscal year.
type serialRow struct {
	office string
	year   int
	last   int64
}

// raiseSerial makes sure that numbers up to this one are not given out again.
func (c *change) raiseSerial(g serialRow) error {
	_, err := c.tx.ExecContext(c.ctx, `INSERT INTO serial (office, fiscal_year, last) VALUES (?, ?, ?)
		ON CONFLICT (office, fiscal_year) DO UPDATE SET last = max(last, excluded.last)`, g.office, g.year, g.last)
	if err != nil {
		return fmt.Errorf("raising the last number: %w", err)
	}
	if g.office == c.last.Office && g.year == c.last.FiscalYear || c.last.Office == "" {
		c.last.Office, c.last.FiscalYear, c.last.Serial = g.office, g.year, max(c.last.Serial, g.last)
	}
	return nil
}

// lastSerials reads, as far as it can be read, which numbers the present history
// gave out.
func lastSerials(ctx context.Context, o Options) []serialRow {
	if version, err := inspect(o.Path); err != nil || version <= 0 {
		return nil
	}
	db, err := connect(o, reading)
	if err != nil {
		return nil
	}
	defer func() { _ = db.Close() }() // only read from
	return readSerials(ctx, db)
}

// lastOfHead is the last number by the head of a history, which still knows it
// when the database cannot be read. It opens with the keys of any of the
// history's backups.
func (s *Store) lastOfHead(path string) []serialRow {
	mark, ok, err := (&headFile{path: headPath(path)}).read(s.vault)
	if err != nil || !ok || mark.Office == "" {
		return nil
	}
	return []serialRow{{mark.Office, mark.FiscalYear, mark.Serial}}
}

func readSerials(ctx context.Context, db *sql.DB) []serialRow {
	var given []serialRow
	rows, err := db.QueryContext(ctx, `SELECT office, fiscal_year, last FROM serial`)
	if err != nil {
		return nil
	}
	defer func() { _ = rows.Close() }() // what can be read of a damaged file is taken
	for rows.Next() {
		var g serialRow
		if rows.Scan(&g.office, &g.year, &g.last) != nil {
			return given
		}
		given = append(given, g)
	}
	return given
}

// keepCurrent keeps the present history in the backup folder, as whole as it is,
// and leaves no WAL that could be taken for one of the new history.
func keepCurrent(ctx context.Context, o Options) (string, error) {
	if _, err := os.Stat(o.Path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if db, err := connect(o, writing); err == nil {
		// A damaged file cannot be checkpointed: its WAL is then kept beside it.
		_, _ = db.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
		_ = db.Close()
	}
	kept, err := o.claimKept()
	if err != nil {
		return "", err
	}
	for _, suffix := range []string{"", "-wal"} {
		if _, err := os.Stat(o.Path + suffix); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := copyFile(o.Path+suffix, kept+suffix); err != nil {
			return "", errors.Join(err, removeHistory(kept)) // half a copy is none
		}
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Remove(o.Path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("removing old WAL: %w", err)
		}
	}
	return kept, nil
}

// removeHistory removes a history that nobody uses, with what belongs to it.
func removeHistory(path string) error {
	for _, p := range []string{path, path + "-wal", path + "-shm", headPath(path)} {
		if err := os.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing: %w", err)
		}
	}
	return nil
}

// settleRestore finishes a restore that was interrupted after the histories and
// before the heads were exchanged, and clears away one that did not get so far.
func (s *Store) settleRestore(ctx context.Context) error {
	ready := &headFile{path: headPath(restoringPath(s.o.Path))}
	if _, err := os.Stat(ready.path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	beside := &Store{o: s.o, vault: s.vault, head: ready}
	trouble, err := beside.headTrouble(ctx, s.writer)
	if err != nil {
		return err
	}
	_, statErr := os.Stat(restoringPath(s.o.Path))
	if trouble == "" && errors.Is(statErr, fs.ErrNotExist) {
		if err := os.Rename(ready.path, s.head.path); err != nil {
			return fmt.Errorf("exchanging heads: %w", err)
		}
	}
	return removeHistory(restoringPath(s.o.Path))
}
