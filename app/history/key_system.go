package history

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
)

// KeyFileName is the file beside the history that holds the key where the
// operating system keeps none.
const KeyFileName = "history.key"

// ChooseKey picks the place of the key of the history, or the backup of one, at a
// path; folder is that of the history. One that is there already opens from where its key was put when it was made (or last
// changed); passphraseFile is used when that was a passphrase. A new one takes
// the passphrase file when one is named, else the operating system's own place
// (DPAPI on Windows, elsewhere a keyring that answers), else a key file beside
// it, made on first use; plain is true then, and the caller warns that a copy of
// the whole folder can be opened by anyone.
func ChooseKey(ctx context.Context, folder, path, passphraseFile string) (source KeySource, plain bool, err error) {
	file := FileKey{Path: filepath.Join(folder, KeyFileName)}
	kind, err := keyKind(ctx, path)
	if err != nil {
		return nil, false, err
	}
	switch kind {
	case "":
		if passphraseFile != "" {
			return PassphraseKey{Path: passphraseFile}, false, nil
		}
		if system, ok := systemKey(folder); ok {
			return system, false, nil
		}
		return file, !file.Exists(), nil
	case file.Kind():
		return file, false, nil
	case PassphraseKey{}.Kind():
		if passphraseFile == "" {
			return nil, false, &Fault{Code: FaultKeyLost, Where: path, Err: fmt.Errorf("the history opens with a passphrase, and no passphrase file was named")}
		}
		return PassphraseKey{Path: passphraseFile}, false, nil
	}
	if system, ok := systemKey(folder); ok && system.Kind() == kind {
		return system, false, nil
	}
	return nil, false, &Fault{Code: FaultKeyLost, Where: path, Err: fmt.Errorf("the key was put into the %s, which does not answer here", kind)}
}

// Present answers nil where there is a history at a path, [FaultNone] where none was
// ever made, and what else is wrong with the file. It takes no key and makes nothing.
func Present(ctx context.Context, path string) error {
	if holdsAny(path + "-wal") { // a history that was never closed may be there alone
		return nil
	}
	kind, err := keyKind(ctx, path)
	if err != nil || kind != "" {
		return err
	}
	err = (&Options{Path: path}).unmade()
	if errors.Is(err, ErrUnmade) {
		return &Fault{Code: FaultNone, Where: path, Err: err}
	}
	return err
}

// keyKind reads where the key of a history was put; it takes no key to read.
// Nothing and no error means that there is no history yet.
func keyKind(ctx context.Context, path string) (string, error) {
	version, err := inspect(path)
	if err != nil || version <= 0 {
		return "", err
	}
	db, err := connect(Options{Path: path}, reading)
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }() // only read from
	var kind string
	if err := db.QueryRowContext(ctx, `SELECT coalesce(max(key_kind), '') FROM about`).Scan(&kind); err != nil {
		return "", fault(path, fmt.Errorf("reading where the key is: %w", err))
	}
	return kind, nil
}
