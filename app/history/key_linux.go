package history

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/zalando/go-keyring"
)

// KeyringKey keeps the key in the login keyring (Secret Service over D-Bus), one
// entry a history.
type KeyringKey struct{}

const (
	keyringService = "madoguchi history"
	pendingSuffix  = " new"
	// keyringPatience bounds a question to the keyring: a locked one asks its
	// user, who may not be there.
	keyringPatience = 3 * time.Second
)

// Kind implements KeySource.
func (KeyringKey) Kind() string { return "keyring" }

// Keys implements KeySource.
func (KeyringKey) Keys(id []byte) ([][]byte, error) {
	var keys [][]byte
	for _, entry := range []string{hex.EncodeToString(id), hex.EncodeToString(id) + pendingSuffix} {
		text, err := askKeyring(func() (string, error) { return keyring.Get(keyringService, entry) })
		if errors.Is(err, keyring.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, &Fault{Code: FaultKeyLost, Where: "keyring", Err: err}
		}
		key, err := base64.StdEncoding.DecodeString(text)
		if err != nil || len(key) != keyBytes {
			return nil, &Fault{Code: FaultKeyWrong, Where: "keyring", Err: err}
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// Make implements KeySource.
func (KeyringKey) Make(id []byte) ([]byte, error) {
	key := randomBytes(keyBytes)
	return key, setKeyring(hex.EncodeToString(id)+pendingSuffix, key)
}

// Settle implements KeySource.
func (KeyringKey) Settle(id []byte, key []byte) error {
	entry := hex.EncodeToString(id)
	_, err := askKeyring(func() (string, error) { return keyring.Get(keyringService, entry+pendingSuffix) })
	if errors.Is(err, keyring.ErrNotFound) {
		return nil // settled before
	}
	if err != nil {
		return fmt.Errorf("asking the keyring: %w", err)
	}
	if err := setKeyring(entry, key); err != nil {
		return err
	}
	_, err = askKeyring(func() (string, error) { return "", keyring.Delete(keyringService, entry+pendingSuffix) })
	if err != nil {
		return fmt.Errorf("clearing the keyring: %w", err)
	}
	return nil
}

// keep implements keyKeeper.
func (KeyringKey) keep(id, key []byte) error { return setKeyring(hex.EncodeToString(id), key) }

func setKeyring(entry string, key []byte) error {
	_, err := askKeyring(func() (string, error) {
		return "", keyring.Set(keyringService, entry, base64.StdEncoding.EncodeToString(key))
	})
	if err != nil {
		return fmt.Errorf("writing to the keyring: %w", err)
	}
	return nil
}

// errKeyringSilent says that the keyring did not answer in time, as one does
// that is locked and waits for its user.
var errKeyringSilent = errors.New("the keyring does not answer; it may be locked")

// askKeyring puts a question to the keyring and waits no longer than its patience.
func askKeyring(ask func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		text, err := ask()
		done <- answer{text, err}
	}()
	select {
	case a := <-done:
		return a.text, a.err
	case <-time.After(keyringPatience):
		return "", errKeyringSilent
	}
}

// systemKey is the keyring, where one answers. Without a session bus none is
// asked: the library would start one.
func systemKey(string) (KeySource, bool) {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		return nil, false
	}
	_, err := askKeyring(func() (string, error) { return keyring.Get(keyringService, "is it there") })
	if err == nil || errors.Is(err, keyring.ErrNotFound) {
		return KeyringKey{}, true
	}
	return nil, false
}
