package history

import (
	"os"
	"testing"

	"github.com/zalando/go-keyring"
)

func TestKeyringKeepsTheContract(t *testing.T) {
	if os.Getenv("MADOGUCHI_TEST_KEYRING") == "" {
		keyring.MockInit() // the real one: see TestRealKeyring
	}
	keySourceContract(t, func(*testing.T) KeySource { return KeyringKey{} })
}

func TestRealKeyring(t *testing.T) {
	if os.Getenv("MADOGUCHI_TEST_KEYRING") == "" {
		t.Skip(`needs a keyring: apt-get install gnome-keyring, then
dbus-run-session -- sh -c 'echo -n x | gnome-keyring-daemon --unlock --components=secrets && MADOGUCHI_TEST_KEYRING=1 go test -run Keyring ./app/history'`)
	}
	if k, ok := systemKey(""); !ok || k.Kind() != "keyring" {
		t.Fatalf("the keyring is not seen: %v %v", k, ok)
	}
}
