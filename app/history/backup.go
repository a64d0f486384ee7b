package history

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"madoguchi/rules"
)

// Backup writes a copy of the history into a new file while the counter works,
// reads it back and verifies it, and only then gives it its name. The copy is
// sealed as the history is: it opens with the same key alone, so the key must be
// kept too (a key of DPAPI opens on the same PC only; change to a passphrase by
// Rotate before moving a backup elsewhere).
func (s *Store) Backup(ctx context.Context, path string) (Report, error) {
	report, err := s.backup(ctx, path)
	if err != nil {
		return report, fault(path, err)
	}
	if s.writer == nil {
		return report, nil
	}
	return report, s.change(ctx, func(c *change) error {
		return c.append(eventRow{kind: EventBackedUp, detail: fmt.Sprintf("events=%d", report.Events)})
	})
}

func (s *Store) backup(ctx context.Context, path string) (Report, error) {
	if s.o.remote(path) {
		// A copy that is complete may lie anywhere; SQLite's locks are not needed then.
		return s.copyTo(ctx, path, filepath.Join(filepath.Dir(s.o.Path), filepath.Base(path)+".part"))
	}
	return s.copyTo(ctx, path, path+".part")
}

// copyTo writes the copy as part, verifies it, and moves it to path.
func (s *Store) copyTo(ctx context.Context, path, part string) (Report, error) {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return Report{}, &Fault{Code: FaultExists, Where: path, Err: err}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return Report{}, fmt.Errorf("making folder: %w", err)
	}
	mark, ok, err := s.head.read(s.vault)
	if err != nil {
		return Report{}, err
	}
	if err := writeFile(part, nil); err != nil { // SQLite would make it readable for all
		return Report{}, err
	}
	defer func() { _ = os.Remove(part) }() // gone already when all went well
	if err := s.vacuumInto(ctx, part); err != nil {
		return Report{}, err
	}
	o := s.o
	o.Path, o.ReadOnly = part, true
	report, err := verifyFile(ctx, o, mark, ok)
	if err != nil {
		return report, fmt.Errorf("reading the copy back: %w", err)
	}
	if !report.OK {
		return report, &Fault{Code: FaultTampered, Where: s.o.Path, Err: fmt.Errorf("first finding: %s, %s", report.Findings[0].What, report.Findings[0].Where)}
	}
	return report, moveFile(part, path)
}

// vacuumInto copies the history, without free pages, on a connection of its own.
func (s *Store) vacuumInto(ctx context.Context, part string) error {
	db, err := connect(s.o, reading)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `PRAGMA query_only = 0; VACUUM INTO ?`, part)
	if err != nil {
		err = fmt.Errorf("copying history: %w", err)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	return syncFile(part)
}

// verifyFile verifies a closed copy of a history.
func verifyFile(ctx context.Context, o Options, mark headMark, hasMark bool) (Report, error) {
	s, err := openReadOnly(ctx, o)
	if err != nil {
		return Report{}, err
	}
	report, err := s.verifyUpTo(ctx, mark, hasMark)
	return report, errors.Join(err, s.release())
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("opening file: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("syncing file: %w", err)
	}
	return nil
}

// moveFile gives a whole file its name; onto another drive it copies first.
func moveFile(from, to string) error {
	if err := os.Rename(from, to); err == nil {
		return syncFolder(filepath.Dir(to))
	}
	if err := copyFile(from, to+".part"); err != nil {
		return err
	}
	if err := os.Rename(to+".part", to); err != nil {
		return fmt.Errorf("naming file: %w", err)
	}
	return syncFolder(filepath.Dir(to))
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("reading file: %w", err)
	}
	return writeFile(to, data)
}

// The names of backups: one a day, and what a restore put aside.
var (
	dailyName = regexp.MustCompile(`^history-(\d{4}-\d{2}-\d{2})\.db$`)
	keptName  = regexp.MustCompile(`^kept-(\d{4}-\d{2}-\d{2})T\d{6}(-\d+)?\.db(-wal|-shm)?$`)
)

// DailyBackup makes today's backup in the backup folder unless it is there, and
// removes those older than they are kept. It answers the file, and whether it
// was made now.
func (s *Store) DailyBackup(ctx context.Context) (path string, made bool, err error) {
	path = filepath.Join(s.o.Backups, "history-"+s.today().String()+".db")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if _, err := s.Backup(ctx, path); err != nil {
			return path, false, err
		}
		made = true
	}
	_, err = s.pruneBackups()
	return path, made, err
}

// LastBackup is the day of the newest daily backup, or none.
func (s *Store) LastBackup() rules.Date {
	entries, err := os.ReadDir(s.o.Backups)
	if err != nil {
		return 0
	}
	var newest rules.Date
	for _, e := range entries {
		if dailyName.MatchString(e.Name()) {
			newest = max(newest, backupDay(e.Name()))
		}
	}
	return newest
}

// pruneBackups removes the backups that are older than they are kept, and
// answers how many.
func (s *Store) pruneBackups() (int, error) {
	entries, err := os.ReadDir(s.o.Backups)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fault(s.o.Backups, fmt.Errorf("reading backup folder: %w", err))
	}
	removed := 0
	for _, e := range entries {
		made := backupDay(e.Name())
		if made.IsZero() || made+rules.Date(s.o.BackupDays) > s.today() {
			continue
		}
		path := filepath.Join(s.o.Backups, e.Name())
		if err := os.Remove(path); err != nil {
			return removed, fault(path, fmt.Errorf("removing backup: %w", err))
		}
		removed++
	}
	return removed, nil
}

// backupDay is the day of a backup by its name, or none for another file.
func backupDay(name string) rules.Date {
	for _, shape := range []*regexp.Regexp{dailyName, keptName} {
		if m := shape.FindStringSubmatch(name); m != nil {
			return day(m[1])
		}
	}
	return 0
}
