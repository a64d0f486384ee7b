package history

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
)

// Rotate changes every key: all that is sealed is sealed anew, all search tokens
// are made anew, further events are chained with a new key, and the history
// opens from then on with a new key of the given source (nil: of the same one).
// It is one transaction; interrupted, the old keys hold. No other call may run
// meanwhile. The backups made before open with the old key alone: a new one takes
// the place of those in the backup folder. Rotating is for supervisors and
// administrators.
func (s *Store) Rotate(ctx context.Context, to KeySource) error {
	if err := s.o.mayCare(); err != nil {
		return err
	}
	if to == nil {
		to = s.o.Key
	}
	next, err := s.vault.renewed()
	if err != nil {
		return err
	}
	key, err := to.Make(s.vault.id)
	if err != nil {
		return fmt.Errorf("making the key: %w", err)
	}
	sealed, err := next.sealUnder(key)
	if err != nil {
		return err
	}
	old := s.vault
	err = s.change(ctx, func(c *change) error {
		if err := c.reseal(old, next); err != nil {
			return err
		}
		s.vault = next // the event of the change, and its head, are under the new keys
		_, err := c.tx.ExecContext(c.ctx, `UPDATE about SET key_kind = ?, fields = ?, tokens = ?, chain = ?`, to.Kind(), sealed.fields, sealed.tokens, sealed.chain)
		if err != nil {
			return fmt.Errorf("writing keys: %w", err)
		}
		if _, err := c.tx.ExecContext(c.ctx, markScrub); err != nil {
			return fmt.Errorf("marking the old seals: %w", err)
		}
		return c.append(eventRow{kind: EventRotated, detail: "key=" + to.Kind()})
	})
	if err != nil {
		s.vault = old
		return err
	}
	if err := to.Settle(s.vault.id, key); err != nil {
		return fmt.Errorf("keeping the key: %w", err)
	}
	s.o.Key = to
	if err := s.scrub(ctx); err != nil { // what was sealed with the old keys goes too
		return fault(s.o.Path, err)
	}
	return s.renewBackups(ctx)
}

// renewBackups puts one new backup in the place of those that the old key opened.
func (s *Store) renewBackups(ctx context.Context) error {
	entries, err := os.ReadDir(s.o.Backups)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fault(s.o.Backups, fmt.Errorf("reading backup folder: %w", err))
	}
	fresh := filepath.Join(s.o.Backups, "fresh.db")
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault(fresh, fmt.Errorf("removing unfinished backup: %w", err))
	}
	if _, err := s.Backup(ctx, fresh); err != nil {
		return err
	}
	for _, e := range entries {
		if backupDay(e.Name()).IsZero() {
			continue
		}
		if err := os.Remove(filepath.Join(s.o.Backups, e.Name())); err != nil {
			return fault(s.o.Backups, fmt.Errorf("removing backup: %w", err))
		}
	}
	return fault(s.o.Backups, moveFile(fresh, filepath.Join(s.o.Backups, "history-"+s.today().String()+".db")))
}

// renewed makes a vault with new keys. The old chain keys stay in it, because
// the events that they chained stay.
func (v *vault) renewed() (*vault, error) {
	next := &vault{id: v.id}
	var err error
	if next.fields, err = keyset.NewHandle(aead.AES256GCMKeyTemplate()); err != nil {
		return nil, fmt.Errorf("making field key: %w", err)
	}
	if next.tokens, err = keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate()); err != nil {
		return nil, fmt.Errorf("making token key: %w", err)
	}
	if next.chain, err = withNewPrimary(v.chain, prf.HMACSHA256PRFKeyTemplate()); err != nil {
		return nil, fmt.Errorf("making chain key: %w", err)
	}
	return next, next.ready()
}

func withNewPrimary(h *keyset.Handle, template *tinkpb.KeyTemplate) (*keyset.Handle, error) {
	m := keyset.NewManagerFromHandle(h)
	id, err := m.Add(template)
	if err != nil {
		return nil, err
	}
	if err := m.SetPrimary(id); err != nil {
		return nil, err
	}
	return m.Handle()
}

// reseal takes everything from one vault into another.
func (c *change) reseal(old, next *vault) error {
	ids, err := c.toldIDs()
	if err != nil {
		return err
	}
	if _, err := c.tx.ExecContext(c.ctx, `DELETE FROM tokens`); err != nil {
		return fmt.Errorf("removing search tokens: %w", err)
	}
	for _, at := range ids {
		t, _, parts, err := scanTold(old, c.tx.QueryRowContext(c.ctx, selectTold+` WHERE id = ?`, at.told))
		if err != nil {
			return err
		}
		args := make([]any, 0, len(parts)+1)
		for i, column := range toldColumns {
			sealed, err := next.seal(column, at.told, parts[i])
			if err != nil {
				return err
			}
			args = append(args, sealed)
		}
		_, err = c.tx.ExecContext(c.ctx, `UPDATE told SET situation = ?, plan = ?, holder = ?, agent = ?, memo = ? WHERE id = ?`, append(args, at.told)...)
		if err != nil {
			return fmt.Errorf("sealing anew: %w", err)
		}
		if !at.current {
			continue
		}
		tokens, err := next.tokensOf(&t)
		if err != nil {
			return err
		}
		if err := c.writeTokens(at.caseID, nil, tokens); err != nil {
			return err
		}
	}
	return nil
}

// toldPlace is a row of what was told, and whether it is what holds now.
type toldPlace struct {
	told, caseID int64
	current      bool
}

func (c *change) toldIDs() ([]toldPlace, error) {
	rows, err := c.tx.QueryContext(c.ctx, `SELECT told.id, told.case_id, told.id = cases.told FROM told JOIN cases ON cases.id = told.case_id ORDER BY told.id`)
	if err != nil {
		return nil, fmt.Errorf("reading what was told: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err has said what went wrong
	var all []toldPlace
	for rows.Next() {
		var p toldPlace
		if err := rows.Scan(&p.told, &p.caseID, &p.current); err != nil {
			return nil, fmt.Errorf("reading what was told: %w", err)
		}
		all = append(all, p)
	}
	return all, rows.Err()
}
