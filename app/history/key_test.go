package history

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// keySourceContract holds for every place of the key.
func keySourceContract(t *testing.T, source func(*testing.T) KeySource) {
	t.Helper()
	k, id := source(t), randomBytes(16)
	passphrase := k.Kind() == "passphrase"
	keys, err := k.Keys(id)
	if err != nil || (len(keys) != 0) != passphrase {
		t.Fatalf("before the first key: %d keys, %v", len(keys), err)
	}
	first, err := k.Make(id)
	if err != nil || len(first) != keyBytes {
		t.Fatalf("Make: %d bytes, %v", len(first), err)
	}
	// Ended before Settle: the key must be there all the same.
	if keys, err = k.Keys(id); err != nil || len(keys) != 1 || !bytes.Equal(keys[0], first) {
		t.Fatalf("the pending key is not among %d keys, %v", len(keys), err)
	}
	for range 2 {
		if err := k.Settle(id, first); err != nil {
			t.Fatalf("Settle: %v", err)
		}
	}
	second, err := k.Make(id)
	if err != nil {
		t.Fatal(err)
	}
	keys, err = k.Keys(id)
	if err != nil || !bytes.Equal(keys[0], first) || !passphrase && (len(keys) != 2 || !bytes.Equal(keys[1], second)) {
		t.Fatalf("the current key must come first, the pending one second: %d keys, %v", len(keys), err)
	}
	if err := k.Settle(id, second); err != nil {
		t.Fatal(err)
	}
	keys, err = k.Keys(id)
	if err != nil || len(keys) != 1 || !bytes.Equal(keys[0], second) {
		t.Fatalf("after the change: %d keys, %v", len(keys), err)
	}
}

func TestFileKeyKeepsTheContract(t *testing.T) {
	path := filepath.Join(t.TempDir(), KeyFileName)
	keySourceContract(t, func(*testing.T) KeySource { return FileKey{Path: path} })
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("key file: %v, %v", info.Mode(), err)
	}
}

func TestPassphraseKeyKeepsTheContract(t *testing.T) {
	keySourceContract(t, func(t *testing.T) KeySource {
		return PassphraseKey{Path: passphraseFile(t, "見本の合言葉です")}
	})
}

func passphraseFile(t *testing.T, passphrase string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "passphrase")
	if err := os.WriteFile(path, []byte(passphrase+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A passphrase is measured in characters where something new is sealed with it,
// and never spaces alone.
func TestAPassphraseIsMeasuredInCharacters(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	n := d.add(sampleCase())
	for passphrase, good := range map[string]bool{
		"合言葉": false, "七文字の合言葉": false, "八文字の合言葉だ": true, "1234567": false, "12345678": true,
		"        ": false, "　　　　　　　　": false, "        x": true, "": false,
	} {
		key := PassphraseKey{Path: passphraseFile(t, passphrase)}
		_, copied := d.s.CopyKey(ctx, passphrase)
		_, exported := d.s.Export(ctx, []Number{n}, passphrase)
		_, made := key.Make(d.s.vault.id)
		o := d.o
		o.Path, o.Key = filepath.Join(t.TempDir(), "history.db"), key
		s, opened := Open(ctx, o)
		if opened == nil {
			opened = s.Close()
		}
		for what, err := range map[string]error{"copying a key": copied, "exporting": exported, "rotating": made, "a new history": opened} {
			if good != (err == nil) || !good && !errors.Is(err, &Fault{Code: FaultPassphrase}) {
				t.Errorf("%s under %q: %v", what, passphrase, err)
			}
		}
		if _, err := os.Stat(o.Path); !good && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a history was made under %q: %v", passphrase, err)
		}
	}
}

// What was sealed when bytes were counted still opens.
func TestAHistoryUnderAShorterPassphraseStillOpens(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	key := PassphraseKey{Path: passphraseFile(t, "合言葉")}
	keys, err := key.Keys(d.s.vault.id)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := d.s.vault.sealUnder(keys[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.s.writer.Exec(`UPDATE about SET fields = ?, tokens = ?, chain = ?`, sealed.fields, sealed.tokens, sealed.chain); err != nil {
		t.Fatal(err)
	}
	d.close()
	d.o.Key = key
	d.open()
	d.show(n)
}

func TestPassphrasesOfOneHistoryDoNotOpenAnother(t *testing.T) {
	k := PassphraseKey{Path: passphraseFile(t, "example passphrase")}
	a, err := k.Keys([]byte("history a, sixteen"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := k.Keys([]byte("history b, sixteen"))
	if err != nil || bytes.Equal(a[0], b[0]) {
		t.Errorf("the same key for two histories, %v", err)
	}
	_, err = PassphraseKey{Path: passphraseFile(t, "short")}.Keys(nil)
	faulted(t, err, FaultKeyWrong)
	_, err = PassphraseKey{Path: filepath.Join(t.TempDir(), "none")}.Keys(nil)
	faulted(t, err, FaultKeyLost)
}

func TestTheLossOfTheKeyIsSaid(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	d.close()
	path := d.o.Key.(FileKey).Path
	key, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(d.o.Path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	_, err = Open(context.Background(), d.o)
	faulted(t, err, FaultKeyLost)
	if _, err := os.Stat(path); err == nil {
		t.Error("a new key was made over a history that it cannot open")
	}
	if err := os.WriteFile(path, bytes.Repeat([]byte{7}, keyBytes), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Open(context.Background(), d.o)
	faulted(t, err, FaultKeyWrong)
	if err := os.WriteFile(path, key[:9], 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Open(context.Background(), d.o)
	faulted(t, err, FaultKeyWrong)
	if after, err := os.ReadFile(d.o.Path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed without its key, %v", err)
	}
	if err := os.WriteFile(path, key, 0o600); err != nil {
		t.Fatal(err)
	}
	d.open()
	if k := d.show(n); k.Holder == nil {
		t.Error("the key came back, the person did not")
	}
}

func TestChooseKey(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	if runtime.GOOS != "linux" {
		t.Skip("says where Linux puts the key: run it there")
	}
	ctx := context.Background()
	passphrase := passphraseFile(t, "見本の合言葉です")
	d := newDesk(t)
	d.close()
	choose := func(passphraseFile, kind string, wantPlain bool) {
		t.Helper()
		k, plain, err := ChooseKey(ctx, filepath.Dir(d.o.Path), d.o.Path, passphraseFile)
		if err != nil || k.Kind() != kind || plain != wantPlain {
			t.Errorf("%v, plain %v, %v; want %s", k, plain, err, kind)
		}
	}
	choose("", "key-file", false)
	choose(passphrase, "key-file", false) // that is where the key of this history is
	d.open()
	if err := d.s.Rotate(ctx, PassphraseKey{Path: passphrase}); err != nil {
		t.Fatal(err)
	}
	d.close()
	choose(passphrase, "passphrase", false) // though the key file is still there
	_, _, err := ChooseKey(ctx, filepath.Dir(d.o.Path), d.o.Path, "")
	faulted(t, err, FaultKeyLost)
	d.tamper(`UPDATE about SET key_kind = 'keyring'`)
	_, _, err = ChooseKey(ctx, filepath.Dir(d.o.Path), d.o.Path, "")
	faulted(t, err, FaultKeyLost)
	d.o.Key, d.s = PassphraseKey{Path: passphrase}, nil
	d.o.Path = filepath.Join(t.TempDir(), "new.db")
	choose("", "key-file", true)
	choose(passphrase, "passphrase", false)
}

// A sealed field opens in its own place only.
func TestSealsAreBoundToTheirPlace(t *testing.T) {
	v, err := newVault(randomBytes(16))
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := v.seal("memo", 7, []byte("例示"))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := v.open("memo", 7, sealed); err != nil || string(plain) != "例示" {
		t.Errorf("%q, %v", plain, err)
	}
	for _, place := range []struct {
		column string
		row    int64
	}{{"memo", 8}, {"plan", 7}} {
		if plain, err := v.open(place.column, place.row, sealed); err == nil {
			t.Errorf("opens in %v as %q", place, plain)
		}
	}
	other, err := newVault(randomBytes(16))
	if err != nil {
		t.Fatal(err)
	}
	other.field = v.field // the same key in another history
	if plain, err := other.open("memo", 7, sealed); err == nil {
		t.Errorf("opens in another history as %q", plain)
	}
	again, err := v.seal("memo", 7, []byte("例示"))
	if err != nil || hex.EncodeToString(again) == hex.EncodeToString(sealed) {
		t.Errorf("the same text is sealed twice alike, %v", err)
	}
}
