package counter

import (
	"context"
	"errors"
	"os"
	"os/user"
	"slices"
	"sync"
	"time"

	"madoguchi/app/history"
	"madoguchi/rules"
)

// stores are the open views of the history: one that writes and holds the file,
// or one that only looks and lets another program hold it. Both are opened by
// the first call that needs them.
type stores struct {
	mu      sync.Mutex
	writing *history.Store
	looking *history.Store
}

// writing opens the history to write, making it when there is none. Errors:
// *FolderError, *history.Fault.
func (c *Counter) writing(ctx context.Context) (*history.Store, error) {
	return c.writingWithin(ctx, 0)
}

// holdPatience is how long a window that opens waits for another program to let
// go of the history: one that is just being closed does so within it.
const holdPatience = 1500 * time.Millisecond

// Hold takes the history for as long as this counter is open, so that whatever
// stands in the way of keeping cases is known before the first visitor: another
// program that holds it (and who), a folder that cannot be written to, a newer
// history, a lost key. Errors: *FolderError, *history.Fault.
func (c *Counter) Hold(ctx context.Context) error {
	_, err := c.writingWithin(ctx, holdPatience)
	return err
}

// writingWithin waits for another program no longer than patience; 0 is the
// history's own.
func (c *Counter) writingWithin(ctx context.Context, patience time.Duration) (*history.Store, error) {
	c.stores.mu.Lock()
	defer c.stores.mu.Unlock()
	if c.stores.writing != nil {
		return c.stores.writing, nil
	}
	if err := c.folder.prepare(); err != nil {
		return nil, err
	}
	key, err := c.key(ctx)
	if err != nil {
		return nil, err
	}
	o := c.historyOptions(key, false)
	o.Patience = patience
	store, err := history.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	c.stores.writing = store
	return store, nil
}

// caring opens the history to write where there is one: its care makes none, so
// that a mistyped folder is not backed up as an empty history. Errors: those of
// writing, and history.FaultNone.
func (c *Counter) caring(ctx context.Context, patience time.Duration) (*history.Store, error) {
	if err := c.HistoryPresent(ctx); err != nil {
		return nil, err
	}
	return c.writingWithin(ctx, patience)
}

// HistoryPresent answers nil where the data folder has a history, and the fault
// history.FaultNone where it has none yet.
func (c *Counter) HistoryPresent(ctx context.Context) error {
	return history.Present(ctx, c.folder.History())
}

// looking opens the history to read; nil when there is none yet.
func (c *Counter) looking(ctx context.Context) (*history.Store, error) {
	c.stores.mu.Lock()
	defer c.stores.mu.Unlock()
	if c.stores.writing != nil {
		return c.stores.writing, nil
	}
	if c.stores.looking != nil {
		return c.stores.looking, nil
	}
	if _, err := os.Stat(c.folder.History()); errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	key, err := c.key(ctx)
	if err != nil {
		return nil, err
	}
	store, err := history.Open(ctx, c.historyOptions(key, true))
	if errors.Is(err, history.ErrUnmade) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c.stores.looking = store
	return store, nil
}

func (c *Counter) historyOptions(key history.KeySource, readOnly bool) history.Options {
	operator := c.options.Operator
	if operator == "" {
		operator = c.settings.Operator
	}
	if account, err := user.Current(); operator == "" && err == nil {
		operator = account.Username // an event without anybody would help nobody
	}
	days := c.settings.RetentionDays
	return history.Options{
		Path: c.folder.History(), Key: key, Clock: c.options.Now, Program: c.options.Version,
		Office: c.settings.CaseLetters, Simulation: c.options.Simulation, ReadOnly: readOnly,
		Operator:  func() history.Operator { return history.Operator{ID: operator, Role: c.role()} },
		Retention: func(rules.MunicipalityID) int { return days },
		Backups:   c.folder.Backups(), BackupDays: c.settings.BackupsKept,
	}
}

// role is what the operator may do: what the program was started with, unless an
// administrator's policy fixes it.
func (c *Counter) role() history.Role {
	if c.options.Role == "" || slices.Contains(c.settings.Fixed, "role") {
		return history.Role(c.settings.Role)
	}
	return history.Role(c.options.Role)
}

// key finds what opens the history, and warns when that will be a plain file.
func (c *Counter) key(ctx context.Context) (history.KeySource, error) {
	return c.keyOf(ctx, c.folder.History())
}

// keyOf finds what opens a history or a backup of it.
func (c *Counter) keyOf(ctx context.Context, path string) (history.KeySource, error) {
	key, plain, err := history.ChooseKey(ctx, string(c.folder), path, c.options.PassphraseFile)
	if plain {
		c.warnOfPlainKey()
	}
	return key, err
}

func (c *Counter) warnOfPlainKey() {
	c.warn("履歴の鍵を %s に作ります。このファイルとデータフォルダーを一緒に写された場合、履歴は守られません。", c.folder.Key())
}

// close closes what is open.
func (s *stores) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, store := range []*history.Store{s.writing, s.looking} {
		if store != nil {
			errs = append(errs, store.Close())
		}
	}
	s.writing, s.looking = nil, nil
	return errors.Join(errs...)
}
