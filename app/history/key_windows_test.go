package history

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// Windows' own key store keeps the contract in both scopes, and the file it
// leaves does not hold the key.
func TestDPAPIKeyKeepsTheContract(t *testing.T) {
	for name, scope := range map[string]DPAPIScope{"this computer": ThisComputer, "one account": OneAccount} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "history.dpapi")
			keySourceContract(t, func(*testing.T) KeySource { return DPAPIKey{Path: path, Scope: scope} })
			sealed, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			keys, err := DPAPIKey{Path: path, Scope: scope}.Keys(nil)
			if err != nil || len(keys) != 1 || bytes.Contains(sealed, keys[0]) {
				t.Errorf("%d keys, %v; the file must not hold them", len(keys), err)
			}
		})
	}
}
