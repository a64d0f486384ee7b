package history

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func (d *desk) replace(content []byte) {
	d.t.Helper()
	if err := os.WriteFile(d.o.Path, content, 0o600); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) cut(size int64) {
	d.t.Helper()
	if err := os.Truncate(d.o.Path, size); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) scribble(from, n int) {
	d.t.Helper()
	data, err := os.ReadFile(d.o.Path)
	if err != nil {
		d.t.Fatal(err)
	}
	copy(data[from:from+n], bytes.Repeat([]byte{0xA5}, n))
	d.replace(data)
}

// Whichever page goes bad, it is either said when the history is opened or found
// by Verify, and the backup brings everything back.
func TestADamagedPageIsSaidAndTheBackupBringsItBack(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	for range 30 {
		d.add(sampleCase())
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	if _, err := d.s.Backup(context.Background(), backup); err != nil {
		t.Fatal(err)
	}
	d.close()
	whole, err := os.ReadFile(d.o.Path)
	if err != nil {
		t.Fatal(err)
	}
	head, err := os.ReadFile(headPath(d.o.Path))
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	tried := 0
	for at := 0; at < len(whole); at += page {
		d.replace(whole)
		if err := os.WriteFile(headPath(d.o.Path), head, 0o600); err != nil {
			t.Fatal(err)
		}
		d.scribble(at, page)
		o := d.o
		o.ReadOnly = true
		s, err := Open(context.Background(), o)
		if err == nil {
			r, verifyErr := s.Verify(context.Background())
			if verifyErr != nil || r.OK {
				t.Errorf("page %d: %+v, %v", at/page+1, r.OK, verifyErr)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
		tried++
	}
	if tried < 10 {
		t.Errorf("only %d pages tried", tried)
	}
	done, err := Restore(context.Background(), d.o, backup)
	if err != nil || !done.Report.OK || done.Report.Cases != 31 {
		t.Fatalf("restore: %+v, %v", done, err)
	}
	if _, err := os.Stat(done.Kept); err != nil {
		t.Errorf("what was there is not kept: %v", err)
	}
	d.open()
	if k := d.show(n); k.Memo != sampleCase().Memo {
		t.Errorf("after the restore: %+v", k)
	}
	if r := d.verify(); !r.OK {
		t.Errorf("after the restore: %+v", r)
	}
}

// TestAHistoryWhoseMakingWasInterrupted is what a kill leaves of the first start:
// who looks finds nothing made, and the next one to write makes it whole. Emptied
// later it is damage.
func TestAHistoryWhoseMakingWasInterrupted(t *testing.T) {
	for name, leave := range map[string]func(t *testing.T, o Options){
		"a file without a byte": func(t *testing.T, o Options) { writeOut(t, o.Path, nil) },
		"a journal half written": func(t *testing.T, o Options) {
			writeOut(t, o.Path, nil)
			writeOut(t, o.Path+"-journal", make([]byte, 512))
		},
		"a key cut short": func(t *testing.T, o Options) {
			writeOut(t, o.Path, nil)
			writeOut(t, pendingPath(filepath.Join(filepath.Dir(o.Path), "history.key")), nil)
		},
		"tables without content": func(t *testing.T, o Options) {
			writeOut(t, o.Path, nil)
			db, err := connect(o, writing)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(migrate(db, 0), db.Close()); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newDesk(t).o
			o.Path = filepath.Join(t.TempDir(), "history.db")
			o.Key = FileKey{filepath.Join(filepath.Dir(o.Path), "history.key")}
			leave(t, o)
			look := o
			look.ReadOnly = true
			if _, err := Open(context.Background(), look); !errors.Is(err, ErrUnmade) {
				t.Fatalf("looking: %v", err)
			}
			s, err := Open(context.Background(), o)
			if err != nil {
				t.Fatalf("making it whole: %v", err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			writeOut(t, o.Path, nil)
			_, err = Open(context.Background(), look)
			faulted(t, err, FaultDamaged)
		})
	}
}

func writeOut(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
