package history

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestABackupIsVerifiedSealedAndTheSame(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	n := d.add(sampleCase())
	path := filepath.Join(t.TempDir(), "new folder", "backup.db")
	r, err := d.s.Backup(ctx, path)
	if err != nil || !r.OK || r.Cases != 1 || r.Events != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	_, err = d.s.Backup(ctx, path)
	faulted(t, err, FaultExists)
	o := d.o
	o.Path, o.ReadOnly = path, true
	s, err := Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	if k, err := s.Show(ctx, n); err != nil || k.Memo != sampleCase().Memo {
		t.Errorf("%+v, %v", k, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(files) != 1 {
		t.Errorf("beside the backup: %v, %v", files, err)
	}
}

func TestABackupOfADamagedHistoryIsNotTakenForGood(t *testing.T) {
	d := newDesk(t)
	d.add(sampleCase())
	d.close()
	d.tamper(`UPDATE cases SET state = 'done'`)
	d.open()
	path := filepath.Join(t.TempDir(), "backup.db")
	_, err := d.s.Backup(context.Background(), path)
	faulted(t, err, FaultTampered)
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("it is there all the same")
	}
}

func TestDailyBackupsAreKeptForTheirDays(t *testing.T) {
	d := newDesk(t, func(o *Options) { o.BackupDays = 3 })
	ctx := context.Background()
	d.add(sampleCase())
	stranger := filepath.Join(d.s.o.Backups, "holiday.jpg")
	for range 6 {
		path, made, err := d.s.DailyBackup(ctx)
		if err != nil || !made {
			t.Fatalf("%s %v %v", path, made, err)
		}
		if _, made, err = d.s.DailyBackup(ctx); made || err != nil {
			t.Fatalf("a second one on one day, %v", err)
		}
		if err := os.WriteFile(stranger, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		d.days(1)
	}
	var names []string
	files, err := os.ReadDir(d.s.o.Backups)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		names = append(names, f.Name())
	}
	want := []string{"history-2026-11-27.db", "history-2026-11-28.db", "history-2026-11-29.db", "holiday.jpg"}
	if !slices.Equal(names, want) {
		t.Errorf("kept %v", names)
	}
}

func TestARestoreKeepsWhatIsThereAndReusesNoNumber(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	first := d.add(sampleCase())
	backup := filepath.Join(t.TempDir(), "backup.db")
	if _, err := d.s.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	second := d.add(sampleCase())
	_, err := Restore(ctx, d.o, backup)
	faulted(t, err, FaultHeld) // it is open
	d.close()
	done, err := Restore(ctx, d.o, backup)
	if err != nil || done.Kept == "" || !done.Report.OK {
		t.Fatalf("%+v, %v", done, err)
	}
	d.open()
	if got := d.find(Query{}); !slices.Equal(got, []Number{first}) {
		t.Errorf("restored %v", got)
	}
	if n := d.add(sampleCase()); n != newNumber("KG", 2026, 3, false) {
		t.Errorf("after the restore the next number is %s", n)
	}
	if r := d.verify(); !r.OK {
		t.Errorf("%+v", r)
	}
	o := d.o
	o.Path, o.ReadOnly = done.Kept, true
	s, err := Open(ctx, o)
	if err != nil {
		t.Fatalf("what was kept: %v", err)
	}
	if _, err := s.Show(ctx, second); err != nil {
		t.Errorf("what was kept: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	d.close()
	_, err = Restore(ctx, d.o, filepath.Join(t.TempDir(), "none.db"))
	faulted(t, err, FaultMissing)
	if err := os.WriteFile(backup, []byte("no database at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Restore(ctx, d.o, backup)
	faulted(t, err, FaultDamaged)
	d.open()
}

// A restore over a file that cannot be read at all still gives no number twice:
// the head knows the last one.
func TestARestoreOverAWreck(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	d.add(sampleCase())
	backup := filepath.Join(t.TempDir(), "backup.db")
	if _, err := d.s.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		d.add(sampleCase())
	}
	d.close()
	d.replace(bytes.Repeat([]byte("wreck "), 3000))
	done, err := Restore(ctx, d.o, backup)
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile(done.Kept); err != nil || !bytes.HasPrefix(kept, []byte("wreck")) {
		t.Errorf("the wreck is not kept: %v", err)
	}
	d.open()
	if n := d.add(sampleCase()); n != newNumber("KG", 2026, 6, false) {
		t.Errorf("the next number is %s", n)
	}
}

// An empty file is what a copy that failed leaves behind. It is refused as any
// damaged backup is, and nothing is kept or replaced for it.
func TestABackupWithoutAHistoryIsNotRestored(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	d.close()
	unmade := newDesk(t) // made up to its schema, and then interrupted
	unmade.close()
	unmade.tamper(`DELETE FROM about`)
	schemaOnly, err := os.ReadFile(unmade.o.Path)
	if err != nil {
		t.Fatal(err)
	}
	unmade.open()
	for name, content := range map[string][]byte{"empty": nil, "schema only": schemaOnly} {
		backup := filepath.Join(t.TempDir(), "backup.db")
		if err := os.WriteFile(backup, content, 0o600); err != nil {
			t.Fatal(err)
		}
		done, err := Restore(context.Background(), d.o, backup)
		if f := faulted(t, err, FaultDamaged); f.Where != backup || done.Kept != "" {
			t.Errorf("%s: %v, kept %q", name, f, done.Kept)
		}
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(d.o.Path), "*restoring*"))
	if err != nil || len(files) != 0 {
		t.Errorf("left behind: %v, %v", files, err)
	}
	d.open()
	if got := d.find(Query{}); !slices.Equal(got, []Number{n}) {
		t.Errorf("after the refusals the history holds %v", got)
	}
}

// Two restores within a second, and an opening that brings the history up to date,
// keep a copy each: the clock of this desk stands still.
func TestWhatWasKeptIsNeverWrittenOver(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	backup := filepath.Join(t.TempDir(), "backup.db")
	if _, err := d.s.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	var kept []string
	for cases := 1; cases <= 3; cases++ {
		for range cases {
			d.add(sampleCase())
		}
		d.close()
		done, err := Restore(ctx, d.o, backup)
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, filepath.Base(done.Kept))
		d.open()
	}
	want := []string{"kept-2026-11-24T120000.db", "kept-2026-11-24T120000-2.db", "kept-2026-11-24T120000-3.db"}
	if !slices.Equal(kept, want) {
		t.Fatalf("kept %v", kept)
	}
	for i, name := range kept {
		o := d.o
		o.Path, o.ReadOnly = filepath.Join(d.s.o.Backups, name), true
		s, err := Open(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		if found, err := s.Find(ctx, Query{}); err != nil || len(found) != i+1 {
			t.Errorf("%s holds %d cases, %v", name, len(found), err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	d.days(d.s.o.BackupDays)
	if _, _, err := d.s.DailyBackup(ctx); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(filepath.Join(d.s.o.Backups, "kept-*")); err != nil || len(left) != 0 {
		t.Errorf("not removed with the old backups: %v, %v", left, err)
	}
}

func TestEveryHeadThatDisagreedIsPutAside(t *testing.T) {
	d := newDesk(t)
	head := &headFile{path: headPath(d.o.Path)}
	for _, content := range []string{"first", "second"} {
		writeOut(t, head.path, []byte(content))
		if err := head.putAside(noon); err != nil {
			t.Fatal(err)
		}
	}
	if err := head.putAside(noon); err != nil {
		t.Errorf("without a head: %v", err)
	}
	aside, err := filepath.Glob(head.path + ".*")
	if err != nil || len(aside) != 2 {
		t.Fatalf("put aside: %v, %v", aside, err)
	}
	for i, want := range []string{"first", "second"} {
		if got, err := os.ReadFile(aside[i]); err != nil || string(got) != want {
			t.Errorf("%s holds %q, %v", aside[i], got, err)
		}
	}
}
