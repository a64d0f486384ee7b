package history

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// The PC is lost; its backup and the copy of its key bring the cases back on another.
func TestACopiedKeyOpensABackupElsewhere(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	here := newDesk(t)
	n := here.add(sampleCase())
	_, err := here.s.CopyKey(ctx, "short")
	faultCode(t, err, FaultPassphrase)
	copied, err := here.s.CopyKey(ctx, "見本の長い合言葉")
	if err != nil {
		t.Fatal(err)
	}
	keys, err := here.o.Key.Keys(nil)
	if err != nil || bytes.Contains(copied, keys[0]) {
		t.Errorf("the key can be read, %v", err)
	}
	backup := filepath.Join(t.TempDir(), "copy.db")
	if _, err := here.s.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	there := newDesk(t) // opened before: it has a history of its own, without cases
	there.close()
	_, err = Restore(ctx, there.o, backup)
	faultCode(t, err, FaultKeyWrong)
	faultCode(t, AdoptKey(ctx, there.o, copied, "another one"), FaultSealed)
	faultCode(t, AdoptKey(ctx, there.o, copied[:20], "見本の長い合言葉"), FaultSealed)
	if err := AdoptKey(ctx, there.o, copied, "見本の長い合言葉"); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(ctx, there.o, backup); err != nil {
		t.Fatal(err)
	}
	there.open()
	if k := there.show(n); k.Holder == nil || k.Holder.Name != sampleCase().Holder.Name {
		t.Errorf("came back as %+v", k)
	}
	if r := there.verify(); !r.OK {
		t.Errorf("%+v", r)
	}
	there.close()
	if err := AdoptKey(ctx, there.o, copied, "見本の長い合言葉"); err != nil {
		t.Errorf("a second time there is nothing more to do: %v", err)
	}
}

// A key is never put over one that cases need.
func TestAKeyIsNotAdoptedOverCases(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	here, there := newDesk(t), newDesk(t)
	copied, err := here.s.CopyKey(ctx, "見本の長い合言葉")
	if err != nil {
		t.Fatal(err)
	}
	n := there.add(sampleCase())
	faultCode(t, AdoptKey(ctx, there.o, copied, "見本の長い合言葉"), FaultHeld)
	there.close()
	faultCode(t, AdoptKey(ctx, there.o, copied, "見本の長い合言葉"), FaultHasCases)
	there.open()
	there.show(n)
	there.op.Role = Clerk
	_, err = there.s.CopyKey(ctx, "見本の長い合言葉")
	faultCode(t, err, FaultRole)
	file := filepath.Join(t.TempDir(), "passphrase")
	if err := os.WriteFile(file, []byte("見本の長い合言葉"), 0o600); err != nil {
		t.Fatal(err)
	}
	there.op.Role = Supervisor
	o := there.o
	o.Key = PassphraseKey{Path: file}
	faultCode(t, AdoptKey(ctx, o, copied, "見本の長い合言葉"), FaultOptions)
}

// Whether a history is there is seen without its key, and nothing is made by it.
func TestWhetherAHistoryIsThere(t *testing.T) {
	ctx := context.Background()
	folder := filepath.Join(t.TempDir(), "none")
	faulted(t, Present(ctx, filepath.Join(folder, "history.db")), FaultNone)
	if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
	d := newDesk(t)
	if err := Present(ctx, d.o.Path); err != nil {
		t.Errorf("open, and all of it in the WAL: %v", err)
	}
	d.add(sampleCase())
	d.close()
	if err := Present(ctx, d.o.Path); err != nil {
		t.Errorf("closed: %v", err)
	}
	whole, err := os.ReadFile(d.o.Path)
	if err != nil {
		t.Fatal(err)
	}
	d.replace(nil)
	faulted(t, Present(ctx, d.o.Path), FaultDamaged) // emptied since
	if err := os.Remove(headPath(d.o.Path)); err != nil {
		t.Fatal(err)
	}
	faulted(t, Present(ctx, d.o.Path), FaultNone) // its making was interrupted
	d.replace(whole)
	d.open()
}
