package history

import (
	"bytes"
	"context"
	"os"
	"slices"
	"testing"
)

func TestRotationLeavesNothingUnderTheOldKeys(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	n := d.add(sampleCase())
	d.to(n, Decided)
	if _, _, err := d.s.DailyBackup(ctx); err != nil {
		t.Fatal(err)
	}
	traces := slices.DeleteFunc(d.traces(n), d.isSalt) // salts stay: the events committed to them
	oldKey, err := os.ReadFile(d.o.Key.(FileKey).Path)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.s.Rotate(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if left := count(d.everything(), traces); left != 0 {
		t.Errorf("%d of %d traces of the old keys are left", left, len(traces))
	}
	if newKey, err := os.ReadFile(d.o.Key.(FileKey).Path); err != nil || bytes.Equal(newKey, oldKey) {
		t.Errorf("the key is the old one, %v", err)
	}
	backups, err := os.ReadDir(d.s.o.Backups)
	if err != nil || len(backups) != 1 {
		t.Errorf("backups: %v, %v", backups, err)
	}
	d.to(n, LetterMade)
	d.reopen()
	if k := d.show(n); k.Holder.Name != "架空 𠮷男" || len(k.Events) != 3 {
		t.Errorf("%+v", k)
	}
	if got := d.find(Query{Text: "𠮷男"}); len(got) != 1 {
		t.Errorf("found %v", got)
	}
	if r := d.verify(); !r.OK {
		t.Errorf("%+v", r)
	}
	// To a passphrase, as before a backup goes to another PC.
	passphrase := PassphraseKey{Path: passphraseFile(t, "見本の合言葉です")}
	if err := d.s.Rotate(ctx, passphrase); err != nil {
		t.Fatal(err)
	}
	d.close()
	_, err = Open(ctx, d.o)
	faulted(t, err, FaultKeyWrong)
	d.o.Key = passphrase
	d.open()
	if r := d.verify(); !r.OK {
		t.Errorf("%+v", r)
	}
}

// A key that was made and not settled, because the program ended, opens the history.
func TestRotationInterruptedBeforeTheKeyIsSettled(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	if err := d.s.Rotate(context.Background(), unsettled{d.o.Key}); err != nil {
		t.Fatal(err)
	}
	d.s.o.Key = d.o.Key
	d.reopen()
	if k := d.show(n); k.Holder == nil {
		t.Error("the case does not open")
	}
	if keys, err := d.o.Key.Keys(nil); err != nil || len(keys) != 1 {
		t.Errorf("%d keys are left, %v", len(keys), err)
	}
}

type unsettled struct{ KeySource }

func (unsettled) Settle([]byte, []byte) error { return nil }
