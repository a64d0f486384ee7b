package history

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestTheSecondProgramSaysWhoHoldsIt(t *testing.T) {
	d := newDesk(t)
	o := d.o
	o.Operator = func() Operator { return Operator{ID: "madoguchi02"} }
	_, err := Open(context.Background(), o)
	f := faulted(t, err, FaultHeld)
	if !strings.Contains(f.Title(), "madoguchi01") || !strings.Contains(f.Title(), "1.0.0") {
		t.Errorf("the holder is not named: %s", f.Title())
	}
	o.ReadOnly = true
	s, err := Open(context.Background(), o)
	if err != nil {
		t.Fatalf("looking only: %v", err)
	}
	_, err = s.Add(context.Background(), sampleCase())
	faulted(t, err, FaultReadOnly)
	n := d.add(sampleCase())
	if k, err := s.Show(context.Background(), n); err != nil || k.Holder == nil {
		t.Errorf("looking on while another works: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestAnotherProgramHoldsALock(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	other, err := sql.Open("sqlite", fileURI(d.o.Path)+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.s.Add(context.Background(), sampleCase())
	faulted(t, err, FaultBusy)
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	second := d.add(sampleCase())
	if got := d.find(Query{}); !slices.Equal(got, []Number{second, n}) || second != newNumber("KG", 2026, 2, false) {
		t.Errorf("after the lock: %v", got)
	}
}

func TestFilesThatAreNotOursAreLeftAlone(t *testing.T) {
	for name, c := range map[string]struct {
		make func(d *desk)
		want FaultCode
	}{
		"newer version":     {func(d *desk) { d.tamper(`PRAGMA user_version = 99`) }, FaultNewer},
		"another program's": {func(d *desk) { d.tamper(`PRAGMA application_id = 7`) }, FaultForeign},
		"a plain database":  {func(d *desk) { d.replace(nil); d.tamper(`CREATE TABLE t (x)`) }, FaultForeign},
		"text":              {func(d *desk) { d.replace([]byte(strings.Repeat("見本\n", 100))) }, FaultDamaged},
		"a short file":      {func(d *desk) { d.replace([]byte("SQLite format 3\x00")) }, FaultDamaged},
		"cut off":           {func(d *desk) { d.cut(6000) }, FaultDamaged},
		"page one":          {func(d *desk) { d.scribble(100, 300) }, FaultDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.add(sampleCase())
			d.close()
			c.make(d)
			before, err := os.ReadFile(d.o.Path)
			if err != nil {
				t.Fatal(err)
			}
			for _, readOnly := range []bool{false, true} {
				o := d.o
				o.ReadOnly = readOnly
				_, err = Open(context.Background(), o)
				faulted(t, err, c.want)
			}
			if after, err := os.ReadFile(d.o.Path); err != nil || !bytes.Equal(before, after) {
				t.Errorf("the file was changed, %v", err)
			}
		})
	}
}

// A file of an older version is kept as it is, and brought up to date.
func TestAnOlderVersionIsBroughtUpToDate(t *testing.T) {
	released := schema
	defer func() { schema = released }()
	d := newDesk(t)
	n := d.add(sampleCase())
	d.close()
	schema = append(slices.Clip(released), `CREATE TABLE later (x INTEGER) STRICT`)
	o := d.o
	o.ReadOnly = true
	_, err := Open(context.Background(), o)
	faulted(t, err, FaultMissing) // looking brings nothing up to date
	d.open()
	if k := d.show(n); k.Memo != sampleCase().Memo {
		t.Errorf("%+v", k)
	}
	if r := d.verify(); !r.OK {
		t.Errorf("%+v", r)
	}
	d.close()
	if version, err := inspect(d.o.Path); err != nil || version != len(schema) {
		t.Errorf("version %d, %v", version, err)
	}
	if version, err := inspect(filepath.Join(filepath.Dir(d.o.Path), "backup", "kept-2026-11-24T120000.db")); err != nil || version != 1 {
		t.Errorf("what was kept has version %d, %v", version, err)
	}
	schema = append(slices.Clip(released), `CREATE TABLE later (x INTEGER) STRICT`, `CREATE TABLE wrong (x NONSENSE) STRICT`)
	if _, err := Open(context.Background(), d.o); err == nil {
		t.Error("a migration that fails opens the history")
	}
	if version, err := inspect(d.o.Path); err != nil || version != 2 {
		t.Errorf("after a failed migration: version %d, %v", version, err)
	}
	schema = released
	_, err = Open(context.Background(), d.o)
	faulted(t, err, FaultNewer)
	d.s = nil
}

func TestAFullDiskLosesNothing(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	d.close()
	d.o.maxPages = 40
	d.open()
	added := 1
	for ; ; added++ {
		if _, err := d.s.Add(context.Background(), sampleCase()); err != nil {
			faulted(t, err, FaultDiskFull)
			break
		}
	}
	if r := d.verify(); !r.OK || r.Cases != int64(added) || r.Events != int64(added) {
		t.Errorf("after the disk was full: %+v, want %d cases", r, added)
	}
	d.close()
	d.o.maxPages = 0
	d.open()
	d.to(n, Decided)
	d.add(sampleCase())
	if r := d.verify(); !r.OK || r.Cases != int64(added)+1 {
		t.Errorf("with room again: %+v", r)
	}
}

func TestANetworkDriveIsRefused(t *testing.T) {
	o := newDesk(t).o
	o.remote = func(string) bool { return true }
	_, err := Open(context.Background(), o)
	faulted(t, err, FaultNetwork)
	_, err = Restore(context.Background(), o, "backup.db")
	faulted(t, err, FaultNetwork)
	for path, want := range map[string]bool{
		`\\server\share\history.db`: true, `\\?\UNC\server\share\history.db`: true, `\\?\C:\data\history.db`: false, `C:\data\history.db`: false, `/home/x/history.db`: false,
	} {
		if got := isUNC(path); got != want {
			t.Errorf("isUNC(%s) = %v", path, got)
		}
	}
	if onNetworkDrive(filepath.Join(t.TempDir(), "not", "there", "yet.db")) {
		t.Error("the test's folder passes for a network drive")
	}
}

func TestSimulatedAndRealNeverMix(t *testing.T) {
	real := newDesk(t)
	drill := newDesk(t, func(o *Options) { o.Simulation = true })
	if n := drill.add(sampleCase()); !n.Simulated() || !strings.HasPrefix(string(n), "SIM-") {
		t.Errorf("a drill's case number is %s", n)
	}
	if n := real.add(sampleCase()); n.Simulated() {
		t.Errorf("a real case number is %s", n)
	}
	real.close()
	drill.close()
	for _, d := range []*desk{real, drill} {
		o := d.o
		o.Simulation = !o.Simulation
		_, err := Open(context.Background(), o)
		faulted(t, err, FaultSimulation)
		d.open()
	}
	real.op.Role, drill.op.Role = Supervisor, Supervisor
	parcel, err := drill.s.Export(context.Background(), drill.find(Query{}), "long enough")
	if err != nil {
		t.Fatal(err)
	}
	_, err = real.s.Import(context.Background(), parcel, "long enough")
	faulted(t, err, FaultSimulation)
	o := real.o
	o.Office = "SIM"
	real.close()
	_, err = Open(context.Background(), o)
	faulted(t, err, FaultOptions)
	real.open()
}

func TestOnlySupervisorsCareForTheHistory(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	d.op.Role = Clerk
	ctx := context.Background()
	_, err := d.s.Purge(ctx)
	faulted(t, err, FaultRole)
	_, err = d.s.Export(ctx, []Number{n}, "long enough")
	faulted(t, err, FaultRole)
	faulted(t, d.s.Rotate(ctx, nil), FaultRole)
	faulted(t, d.s.AlarmSeen(ctx), FaultRole)
	_, err = Restore(ctx, d.o, "backup.db")
	faulted(t, err, FaultRole)
}

func TestEveryFaultAndRefusalHasWords(t *testing.T) {
	for code, words := range faultWords {
		if words.title == "" || words.action == "" {
			t.Errorf("%s has no words", code)
		}
	}
	for reason, words := range refusalWords {
		if words.title == "" || words.action == "" {
			t.Errorf("%s has no words", reason)
		}
	}
}

// "Use the exact same modernc.org/libc version as this module's go.mod":
// modernc.org/sqlite doc.go.
func TestLibcIsTheOneThatSQLiteWasBuiltWith(t *testing.T) {
	version := regexp.MustCompile(`modernc\.org/libc (v\S+)`)
	ours, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	path, err := exec.Command("go", "list", "-m", "-f", "{{.GoMod}}", "modernc.org/sqlite").Output()
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile(strings.TrimSpace(string(path)))
	if err != nil {
		t.Fatal(err)
	}
	got, want := version.FindSubmatch(ours), version.FindSubmatch(theirs)
	if got == nil || want == nil || !bytes.Equal(got[1], want[1]) {
		t.Errorf("go.mod has libc %s, sqlite wants %s", got, want)
	}
}

func TestPathsWithAnyCharacters(t *testing.T) {
	name := "窓口 データ #1 ?mode=ro 100%&x"
	if runtime.GOOS == "windows" {
		name = strings.ReplaceAll(name, "?", "") // no file can be called so there
	}
	d := newDesk(t, func(o *Options) {
		o.Path = filepath.Join(filepath.Dir(o.Path), name, "履歴.db")
	})
	n := d.add(sampleCase())
	d.reopen()
	if k := d.show(n); k.Holder == nil {
		t.Error("the case did not come back")
	}
	if _, err := os.Stat(d.o.Path); err != nil {
		t.Errorf("the file is elsewhere: %v", err)
	}
}
