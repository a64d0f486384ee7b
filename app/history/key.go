package history

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// keyBytes is the length of the key that seals the history's own keys: AES-256.
const keyBytes = 32

// KeySource keeps the key that opens a history. The history's own keys (for
// fields, search tokens and the chain of events) are random, lie sealed in the
// database, and are opened by this one.
type KeySource interface {
	// Keys returns the keys kept for the history with this id, the current one
	// first; none, and no error, when no key was ever made here.
	Keys(id []byte) ([][]byte, error)
	// Make makes a new key and has it safely kept, beside the current one.
	Make(id []byte) ([]byte, error)
	// Settle makes the key of the last Make the current one and forgets the others.
	Settle(id []byte, key []byte) error
	// Kind names the source: "dpapi", "keyring", "passphrase" or "key-file".
	Kind() string
}

// FileKey keeps the key in a file that only its owner may read. It protects
// against a copied database, not against a copied folder.
type FileKey struct{ Path string }

// Kind implements KeySource.
func (FileKey) Kind() string { return "key-file" }

// Keys implements KeySource.
func (k FileKey) Keys([]byte) ([][]byte, error) {
	return keyFiles(k.Path, func(b []byte) ([]byte, error) { return b, nil })
}

// Make implements KeySource.
func (k FileKey) Make([]byte) ([]byte, error) {
	key := randomBytes(keyBytes)
	return key, writeFile(pendingPath(k.Path), key)
}

// Settle implements KeySource.
func (k FileKey) Settle([]byte, []byte) error { return settleFile(k.Path) }

// Exists reports whether the key file is there already; when it is not, the
// first use makes it and the caller warns.
func (k FileKey) Exists() bool {
	_, err := os.Stat(k.Path)
	return err == nil
}

// PassphraseKey works the key out of the first line of a file. The file is
// never written; changing the passphrase is Store.Rotate with another file.
type PassphraseKey struct{ Path string }

// Kind implements KeySource.
func (PassphraseKey) Kind() string { return "passphrase" }

// Keys implements KeySource.
func (k PassphraseKey) Keys(id []byte) ([][]byte, error) {
	passphrase, err := readPassphrase(k.Path)
	if err != nil {
		return nil, err
	}
	// Eight bytes were enough before characters were counted.
	if len(passphrase) < minPassphrase {
		return nil, &Fault{Code: FaultKeyWrong, Where: k.Path, Err: errors.New("the passphrase is shorter than any that sealed a history")}
	}
	return [][]byte{stretch(passphrase, id)}, nil
}

// Make implements KeySource.
func (k PassphraseKey) Make(id []byte) ([]byte, error) {
	if err := k.measure(); err != nil {
		return nil, err
	}
	keys, err := k.Keys(id)
	if err != nil {
		return nil, err
	}
	return keys[0], nil
}

// Settle implements KeySource.
func (PassphraseKey) Settle([]byte, []byte) error { return nil }

// chosenKey is a source whose key somebody chose: it is measured before a new
// history is sealed with it. One that is there opens with what it was sealed with.
type chosenKey interface{ measure() error }

// measure refuses a passphrase that is too short for anything new.
func (k PassphraseKey) measure() error {
	passphrase, err := readPassphrase(k.Path)
	if err != nil {
		return err
	}
	return checkPassphrase(k.Path, passphrase)
}

// minPassphrase is the least number of characters of a passphrase: NIST SP 800-63B
// §3.1.1 asks for eight at least, and counts each code point as one.
const minPassphrase = 8

// checkPassphrase refuses a passphrase that seals nothing well: too short, or made
// of spaces alone. where is its file, if it has one.
func checkPassphrase(where, passphrase string) error {
	if strings.TrimSpace(passphrase) == "" || utf8.RuneCountInString(passphrase) < minPassphrase {
		return &Fault{Code: FaultPassphrase, Where: where, Err: fmt.Errorf("the passphrase has fewer than %d characters, or spaces alone", minPassphrase)}
	}
	return nil
}

// readPassphrase reads the first line of a file.
func readPassphrase(path string) (string, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", &Fault{Code: FaultKeyLost, Where: path, Err: err}
	}
	if err != nil {
		return "", fmt.Errorf("reading passphrase file: %w", err)
	}
	line, _, _ := strings.Cut(strings.TrimPrefix(string(data), "\ufeff"), "\n")
	return strings.TrimRight(line, "\r"), nil
}

// stretch makes a key of a passphrase with Argon2id, by the second recommended
// parameters of RFC 9106 §4: 3 passes, 64 MiB.
func stretch(passphrase string, salt []byte) []byte {
	return argon2.IDKey([]byte(passphrase), salt, 3, 64*1024, 4, keyBytes)
}

// pendingPath is where a key waits until the history that it seals is safely written.
func pendingPath(path string) string { return path + ".new" }

// keyFiles reads the key and, after an interrupted change, the pending one.
func keyFiles(path string, open func([]byte) ([]byte, error)) ([][]byte, error) {
	var keys [][]byte
	for _, p := range []string{path, pendingPath(path)} {
		data, err := os.ReadFile(p)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fault(p, fmt.Errorf("reading key file: %w", err))
		}
		if len(data) == 0 && p == pendingPath(path) {
			continue // cut short while it was written: nothing was sealed with it yet
		}
		key, err := open(data)
		if err != nil || len(key) != keyBytes {
			return nil, &Fault{Code: FaultKeyWrong, Where: p, Err: err}
		}
		keys = append(keys, key)
	}
	return keys, nil
}

func settleFile(path string) error {
	err := os.Rename(pendingPath(path), path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // settled before
	}
	if err != nil {
		return fmt.Errorf("keeping key file: %w", err)
	}
	return syncFolder(filepath.Dir(path))
}

// writeFile writes a file for its owner alone and syncs it.
func writeFile(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fault(path, fmt.Errorf("making file: %w", err))
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fault(path, fmt.Errorf("writing file: %w", err))
	}
	return syncFolder(filepath.Dir(path))
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return b
}
