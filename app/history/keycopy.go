package history

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"
)

// A backup opens with the key of its history alone, and the system's key store
// gives that key on one PC alone: with that PC the backups would be lost. A copy
// of the key, sealed with a passphrase as a parcel is, is kept apart from them
// and brings them back on another PC.

// keyMagic is the first line of a copied key; its number is the version.
const keyMagic = "MADOGUCHI KEY 1\n"

// copiedKey is what is sealed.
type copiedKey struct {
	History []byte `json:"history"` // id
	Key     []byte `json:"key"`
}

// keyKeeper is a source that can take a key made elsewhere, in the place of its own.
type keyKeeper interface {
	keep(id, key []byte) error
}

func (k FileKey) keep(_, key []byte) error { return writeFile(k.Path, key) }

// CopyKey seals the key that opens this history and its backups with a
// passphrase. It is for supervisors and administrators, and recorded. After
// Rotate a new copy is needed.
func (s *Store) CopyKey(ctx context.Context, passphrase string) ([]byte, error) {
	if err := s.o.mayCare(); err != nil {
		return nil, err
	}
	if err := checkPassphrase("", passphrase); err != nil {
		return nil, err
	}
	keys, err := s.o.Key.Keys(s.vault.id)
	if err != nil {
		return nil, fmt.Errorf("asking for the key: %w", err)
	}
	if len(keys) == 0 {
		return nil, &Fault{Code: FaultKeyLost, Where: s.o.Path}
	}
	plain, err := json.Marshal(copiedKey{s.vault.id, keys[0]})
	if err != nil {
		return nil, fmt.Errorf("writing the key: %w", err)
	}
	salt := randomBytes(saltBytes)
	box, err := subtle.NewAESGCM(stretch(passphrase, salt))
	if err != nil {
		return nil, fmt.Errorf("sealing the key: %w", err)
	}
	sealed, err := box.Encrypt(plain, []byte(keyMagic))
	if err != nil {
		return nil, fmt.Errorf("sealing the key: %w", err)
	}
	err = s.change(ctx, func(c *change) error {
		return c.append(eventRow{kind: EventKeyCopied, detail: "key=" + s.o.Key.Kind()})
	})
	return append(append([]byte(keyMagic), salt...), sealed...), err
}

// openKeyCopy opens a copied key; a wrong passphrase and a damaged file look alike.
func openKeyCopy(data []byte, passphrase string) (copiedKey, error) {
	var k copiedKey
	rest, ok := bytes.CutPrefix(data, []byte(keyMagic))
	if !ok || len(rest) < saltBytes {
		return k, &Fault{Code: FaultSealed, Err: errors.New("the file is no copied key")}
	}
	box, err := subtle.NewAESGCM(stretch(passphrase, rest[:saltBytes]))
	if err != nil {
		return k, fmt.Errorf("opening the key: %w", err)
	}
	plain, err := box.Decrypt(rest[saltBytes:], []byte(keyMagic))
	if err != nil || json.Unmarshal(plain, &k) != nil || len(k.Key) != keyBytes {
		return k, &Fault{Code: FaultSealed, Err: errors.New("the passphrase is wrong or the file damaged")}
	}
	return k, nil
}

// AdoptKey puts a copied key in the place of this folder's own, so that a backup
// of its history can be restored here. A history that is here goes, and must be
// without cases; the same history stays. Errors: [*Fault].
func AdoptKey(ctx context.Context, o Options, copied []byte, passphrase string) error {
	if err := errors.Join(o.complete(), o.mayCare()); err != nil {
		return err
	}
	keeper, ok := o.Key.(keyKeeper)
	if !ok {
		return &Fault{Code: FaultOptions, Where: o.Path, Err: fmt.Errorf("a %s keeps no key", o.Key.Kind())}
	}
	k, err := openKeyCopy(copied, passphrase)
	if err != nil {
		return err
	}
	version, err := inspect(o.Path)
	if err != nil {
		return err
	}
	if version >= 0 {
		same, err := clearAway(ctx, o, k.History)
		if err != nil || same {
			return err
		}
	}
	return keeper.keep(k.History, k.Key)
}

// clearAway removes a history without cases, unless it is the one named.
func clearAway(ctx context.Context, o Options, id []byte) (same bool, err error) {
	s, err := Open(ctx, o)
	if err != nil {
		return false, err
	}
	var cases int64
	same = bytes.Equal(s.vault.id, id)
	err = s.reader.QueryRowContext(ctx, `SELECT count(*) FROM cases`).Scan(&cases)
	err = errors.Join(fault(o.Path, err), s.release())
	switch {
	case err != nil || same:
		return same, err
	case cases > 0:
		return false, &Fault{Code: FaultHasCases, Where: o.Path}
	}
	return false, removeHistory(o.Path)
}
