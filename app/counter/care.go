package counter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"madoguchi/app/history"
	"madoguchi/rules"
)

// This file is the care of the history: what a supervisor does, and what the
// program does by itself once a day.

// CaseQuery asks for cases by everything the history can be asked by.
type CaseQuery = history.Query

// FindCases answers a query; no history yet means no cases.
func (c *Counter) FindCases(ctx context.Context, q CaseQuery) ([]history.Summary, error) {
	store, err := c.looking(ctx)
	if err != nil || store == nil {
		return []history.Summary{}, err
	}
	return store.Find(ctx, q)
}

// ScanLetter opens the case of a scanned letter. A letter that may not be used
// comes with its case and the *history.Refusal that says why.
func (c *Counter) ScanLetter(ctx context.Context, code string) (history.Case, error) {
	store, err := c.looking(ctx)
	if err != nil {
		return history.Case{}, err
	}
	if store == nil {
		n, _, _, err := history.ParseLetterCode(code)
		return history.Case{}, errors.Join(err, &history.Refusal{Reason: history.NoSuchCase, Number: n})
	}
	return store.Letter(ctx, code)
}

// CaseCounts are the numbers on the screen: persons held, open, due, overdue.
func (c *Counter) CaseCounts(ctx context.Context) (history.Counts, error) {
	store, err := c.looking(ctx)
	if err != nil || store == nil {
		return history.Counts{}, err
	}
	return store.Counts(ctx)
}

// VerifyCases reads the whole history back.
func (c *Counter) VerifyCases(ctx context.Context) (history.Report, error) {
	store, err := c.looking(ctx)
	if err != nil || store == nil {
		return history.Report{OK: true, Findings: []history.Finding{}}, err
	}
	return store.Verify(ctx)
}

// AlarmSeen records that a supervisor has seen to what Verify found at the
// opening of the history.
func (c *Counter) AlarmSeen(ctx context.Context) error {
	store, err := c.caring(ctx, 0)
	if err != nil {
		return err
	}
	return store.AlarmSeen(ctx)
}

// BackupCases writes a verified copy of the history into a new file. While
// another program holds the history the copy is made all the same; then no event
// says so. No history yet is a fault: there is nothing to bring back.
func (c *Counter) BackupCases(ctx context.Context, path string) (history.Report, error) {
	store, err := c.caring(ctx, holdPatience)
	if errors.Is(err, &history.Fault{Code: history.FaultHeld}) {
		store, err = c.looking(ctx)
	}
	if err != nil {
		return history.Report{}, err
	}
	return store.Backup(ctx, path)
}

// DailyCare is what the program does by itself after each start: the backup of
// the day, which is read back and verified, or, when it is there, a verification
// of the history; and the removal of backups that are too old. It only looks at
// the history, so that it keeps no other program away. Errors: *history.Fault.
func (c *Counter) DailyCare(ctx context.Context) error {
	store, err := c.looking(ctx)
	if err != nil || store == nil {
		return err
	}
	_, made, err := store.DailyBackup(ctx)
	if err != nil || made {
		return err
	}
	report, err := store.Verify(ctx)
	if err == nil && !report.OK {
		err = &history.Fault{Code: history.FaultTampered, Where: c.folder.History()}
	}
	return err
}

// RestoreCases puts a backup in the place of the history, which is kept.
func (c *Counter) RestoreCases(ctx context.Context, from string) (history.Restored, error) {
	if err := c.stores.close(); err != nil {
		return history.Restored{}, err
	}
	if err := c.folder.prepare(); err != nil {
		return history.Restored{}, err
	}
	// The backup opens from where the key was put when it was made; the history
	// in its place may be a wreck.
	key, err := c.keyOf(ctx, from)
	if err != nil {
		return history.Restored{}, err
	}
	return history.Restore(ctx, c.historyOptions(key, false), from)
}

// PurgePreview says whose persons would go today.
func (c *Counter) PurgePreview(ctx context.Context) (history.Purge, error) {
	store, err := c.looking(ctx)
	if err != nil || store == nil {
		return history.Purge{Due: []history.Summary{}, Stale: []history.Summary{}}, err
	}
	return store.PurgePreview(ctx)
}

// PurgeCases removes the persons whose day has come.
func (c *Counter) PurgeCases(ctx context.Context) (history.Purge, error) {
	store, err := c.caring(ctx, 0)
	if err != nil {
		return history.Purge{}, err
	}
	return store.Purge(ctx)
}

// ErrExportElsewhere means that the office lets exports go to one folder only.
var ErrExportElsewhere = errors.New("exports go to the office's export folder only")

// ExportCases seals open cases for another PC into a new file. Where the office
// set an export folder, the file must lie in it.
func (c *Counter) ExportCases(ctx context.Context, numbers []string, passphrase, path string) error {
	if !c.mayExportTo(path) {
		return ErrExportElsewhere
	}
	list := make([]history.Number, len(numbers))
	for i, text := range numbers {
		var err error
		if list[i], err = history.ParseNumber(text); err != nil {
			return err
		}
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return &history.Fault{Code: history.FaultExists, Where: path, Err: err}
	}
	store, err := c.writing(ctx)
	if err != nil {
		return err
	}
	sealed, err := store.Export(ctx, list, passphrase)
	if err != nil {
		return err
	}
	return ReplaceFile(path, 0o600, func(w io.Writer) error {
		_, err := w.Write(sealed)
		return err
	})
}

func (c *Counter) mayExportTo(path string) bool {
	s := c.settings
	if s.ExportFolder == "" {
		return !slices.Contains(s.Fixed, "exportFolder")
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	rest, err := filepath.Rel(s.ExportFolder, full)
	return err == nil && rest != ".." && !strings.HasPrefix(rest, ".."+string(filepath.Separator))
}

// ImportCases takes in what another PC sealed.
func (c *Counter) ImportCases(ctx context.Context, sealed []byte, passphrase string) (history.Import, error) {
	store, err := c.writing(ctx)
	if err != nil {
		return history.Import{}, err
	}
	return store.Import(ctx, sealed, passphrase)
}

// RotateKeys seals the history anew, with a new key of the same place, or with a
// passphrase when its file is named.
func (c *Counter) RotateKeys(ctx context.Context, passphraseFile string) error {
	store, err := c.caring(ctx, 0)
	if err != nil {
		return err
	}
	if passphraseFile == "" {
		return store.Rotate(ctx, nil)
	}
	return store.Rotate(ctx, history.PassphraseKey{Path: passphraseFile})
}

// CopyKey seals the key of the history with a passphrase into a new file: with
// it and a backup the cases can be brought back on another PC.
func (c *Counter) CopyKey(ctx context.Context, passphrase, path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return &history.Fault{Code: history.FaultExists, Where: path, Err: err}
	}
	store, err := c.caring(ctx, 0)
	if err != nil {
		return err
	}
	sealed, err := store.CopyKey(ctx, passphrase)
	if err != nil {
		return err
	}
	err = ReplaceFile(path, 0o600, func(w io.Writer) error {
		_, err := w.Write(sealed)
		return err
	})
	if err != nil {
		return &OutputError{Path: path, Err: err}
	}
	return nil
}

// AdoptKey puts a copied key into this PC's key store, for the backup that is to
// be restored next.
func (c *Counter) AdoptKey(ctx context.Context, copied []byte, passphrase string) error {
	if err := errors.Join(c.stores.close(), c.folder.prepare()); err != nil {
		return err
	}
	key, plain, err := history.ChooseKey(ctx, string(c.folder), c.folder.History(), c.options.PassphraseFile)
	if err != nil {
		return err
	}
	err = history.AdoptKey(ctx, c.historyOptions(key, false), copied, passphrase)
	if err == nil && plain {
		c.warnOfPlainKey()
	}
	return err
}

// CaseStats counts cases by day or month, without persons.
func (c *Counter) CaseStats(ctx context.Context, from, until rules.Date, per history.Period) ([]history.Count, error) {
	store, err := c.looking(ctx)
	if err != nil || store == nil {
		return []history.Count{}, err
	}
	return store.Stats(ctx, from, until, per)
}

// WriteCaseStats writes counts as CSV.
func WriteCaseStats(w io.Writer, counts []history.Count) error {
	if err := history.WriteCounts(w, counts); err != nil {
		return fmt.Errorf("writing counts: %w", err)
	}
	return nil
}
