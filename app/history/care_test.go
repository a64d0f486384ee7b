package history

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
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

// everything gathers the bytes of all files of a history: database, WAL, head,
// backups and what else lies there.
func (d *desk) everything() []byte {
	d.t.Helper()
	var all []byte
	err := filepath.WalkDir(filepath.Dir(d.o.Path), func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all = append(all, data...)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

// traces are the sealed bytes and the search tokens of a case, as they lie in the file.
func (d *desk) traces(n Number) [][]byte {
	d.t.Helper()
	var traces [][]byte
	sealed, err := d.s.reader.Query(`SELECT situation, plan, holder, agent, memo, salt FROM told WHERE case_id = (SELECT id FROM cases WHERE number = ?)`, n)
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = sealed.Close() }()
	for sealed.Next() {
		c := make([][]byte, 6)
		if err := sealed.Scan(&c[0], &c[1], &c[2], &c[3], &c[4], &c[5]); err != nil {
			d.t.Fatal(err)
		}
		for _, b := range c {
			if len(b) > 0 {
				// Any part of the sealed bytes would be a trace, not the whole alone.
				traces = append(traces, b[:min(16, len(b))], b[max(0, len(b)-16):], b[len(b)/2:min(len(b)/2+16, len(b))])
			}
		}
	}
	tokens, err := d.s.reader.Query(`SELECT token FROM tokens WHERE case_id = (SELECT id FROM cases WHERE number = ?)`, n)
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = tokens.Close() }()
	for tokens.Next() {
		var token uint64
		if err := tokens.Scan(&token); err != nil {
			d.t.Fatal(err)
		}
		traces = append(traces, binary.BigEndian.AppendUint64(nil, token)[2:])
	}
	return traces
}

// isSalt reports bytes of a salt, which are stored in the clear.
func (d *desk) isSalt(trace []byte) bool {
	var n int
	if err := d.s.reader.QueryRow(`SELECT count(*) FROM told WHERE instr(salt, ?)`, trace).Scan(&n); err != nil {
		d.t.Fatal(err)
	}
	return n > 0
}

func count(all []byte, traces [][]byte) int {
	n := 0
	for _, b := range traces {
		if bytes.Contains(all, b) {
			n++
		}
	}
	return n
}

// The sealed bytes and the search tokens of a person are taken before the purge,
// and none of them is found in any file afterwards.
func TestNothingIsLeftOfAPurgedPerson(t *testing.T) {
	d := newDesk(t, func(o *Options) { o.BackupDays = 20 })
	ctx := context.Background()
	person := func(name, kana, born string) NewCase {
		n := sampleCase()
		n.Holder.Name, n.Holder.Kana, n.Holder.BirthDate, n.Agent = name, kana, date(t, born), nil
		return n
	}
	leaving := d.add(person("例示 髙子", "レイジ タカコ", "1999-01-02"))
	var others []Number
	for range 40 {
		others = append(others, d.add(person("見本 太郎", "ミホン タロウ", "1950-04-05")))
	}
	holder := person("例外 髙子", "レイガイ タカコ", "1999-01-03").Holder
	if _, err := d.s.Correct(ctx, leaving, Correction{Told: Told{Holder: holder}}); err != nil {
		t.Fatal(err)
	}
	d.to(leaving, Decided, Done)
	if _, _, err := d.s.DailyBackup(ctx); err != nil {
		t.Fatal(err)
	}
	traces := d.traces(leaving)
	if len(traces) < 40 || count(d.everything(), traces) != len(traces) {
		t.Fatalf("the test sees %d of %d traces before the purge", count(d.everything(), traces), len(traces))
	}
	events := len(d.show(leaving).Events)

	d.days(364)
	if p, err := d.s.PurgePreview(ctx); err != nil || len(p.Due) != 0 {
		t.Errorf("a day too early: %+v, %v", p, err)
	}
	d.days(1)
	p, err := d.s.PurgePreview(ctx)
	if err != nil || len(p.Due) != 1 || p.Due[0].CaseNumber != leaving || p.People != 1 || len(p.Stale) != len(others) {
		t.Errorf("preview: %+v, %v", p, err)
	}
	if d.show(leaving).Holder == nil {
		t.Error("the preview purged")
	}
	p, err = d.s.Purge(ctx)
	if err != nil || len(p.Due) != 1 || p.Backups != 1 {
		t.Fatalf("purge: %+v, %v", p, err)
	}
	if left := count(d.everything(), traces); left != 0 {
		t.Errorf("%d of %d traces are left while the counter works on", left, len(traces))
	}
	k := d.show(leaving)
	if k.Holder != nil || k.Agent != nil || k.Memo != "" || k.Situation != nil || k.Plan != nil || k.State != Done || k.PurgedOn != day("2027-11-24") {
		t.Errorf("after the purge: %+v", k)
	}
	if len(k.Events) != events+1 || k.Events[events].Kind != EventPurged || k.Events[0].Operator != "madoguchi01" {
		t.Errorf("the events are not kept: %+v", k.Events)
	}
	if got := d.find(Query{Text: "例外", Names: true}); len(got) != 0 {
		t.Errorf("still found: %v", got)
	}
	if got := d.find(Query{Text: "見本", Limit: -1}); len(got) != len(others) {
		t.Errorf("%d others are left", len(got))
	}
	if r := d.verify(); !r.OK || r.People != int64(len(others)) {
		t.Errorf("%+v", r)
	}
	_, err = d.s.Correct(ctx, leaving, Correction{Told: Told{Holder: holder}})
	refusal(t, err, AlreadyPurged)
	if counts, err := d.s.Counts(ctx); err != nil || counts.People != int64(len(others)) {
		t.Errorf("persons held: %+v, %v", counts, err)
	}
	d.close()
	if left := count(d.everything(), traces); left != 0 {
		t.Errorf("%d of %d traces are left", left, len(traces))
	}
	d.open()
}

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

func TestCasesMoveBetweenPCs(t *testing.T) {
	ctx := context.Background()
	here := newDesk(t)
	there := newDesk(t, func(o *Options) { o.Office = "KA" })
	n := here.add(sampleCase())
	here.to(n, Decided, LetterMade, Mailed)
	other := here.add(sampleCase())
	here.to(other, Decided, Done)
	_, err := here.s.Export(ctx, []Number{n, other}, "見本の合言葉")
	refusal(t, err, NotOpen)
	_, err = here.s.Export(ctx, []Number{n}, "short")
	faultCode(t, err, FaultSealed)
	parcel, err := here.s.Export(ctx, []Number{n}, "見本の合言葉")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(parcel, []byte("𠮷男")) || bytes.Contains(parcel, []byte(n)) {
		t.Error("the parcel can be read")
	}
	take := func(d *desk, parcel []byte) Import {
		t.Helper()
		done, err := d.s.Import(ctx, parcel, "見本の合言葉")
		if err != nil {
			t.Fatal(err)
		}
		return done
	}
	_, err = there.s.Import(ctx, parcel, "another one")
	faultCode(t, err, FaultSealed)
	_, err = there.s.Import(ctx, parcel[:len(parcel)-1], "見本の合言葉")
	faultCode(t, err, FaultSealed)
	if done := take(there, parcel); !slices.Equal(done.Added, []Number{n}) {
		t.Errorf("first: %+v", done)
	}
	for range 3 {
		if done := take(there, parcel); !slices.Equal(done.Unchanged, []Number{n}) {
			t.Errorf("again: %+v", done)
		}
	}
	a, b := here.show(n), there.show(n)
	if b.Holder.Name != a.Holder.Name || string(b.Plan) != string(a.Plan) || b.State != Mailed || len(b.Events) != 5 || b.Events[0].Operator != "madoguchi01" || !b.Events[0].Brought {
		t.Errorf("arrived as %+v", b)
	}
	if got := there.find(Query{Text: "𠮷男"}); !slices.Equal(got, []Number{n}) {
		t.Errorf("found there: %v", got)
	}
	// The second visit is at the other counter, and its outcome comes back.
	there.days(9)
	there.to(n, AwaitingReply, SecondVisit, EnvelopeOpened)
	back, err := there.s.Export(ctx, []Number{n}, "見本の合言葉")
	if err != nil {
		t.Fatal(err)
	}
	if done := take(here, back); !slices.Equal(done.Continued, []Number{n}) {
		t.Errorf("back: %+v", done)
	}
	if done := take(here, back); !slices.Equal(done.Unchanged, []Number{n}) {
		t.Errorf("back again: %+v", done)
	}
	if done := take(here, parcel); !slices.Equal(done.Unchanged, []Number{n}) {
		t.Errorf("the old parcel: %+v", done)
	}
	if k := here.show(n); k.State != EnvelopeOpened {
		t.Errorf("back as %s", k.State)
	}
	for _, d := range []*desk{here, there} {
		if r := d.verify(); !r.OK {
			t.Errorf("%+v", r)
		}
	}
	// Both go on: nobody can say which is right.
	here.to(n, Done)
	there.to(n, SentBack)
	parted, err := there.s.Export(ctx, []Number{n}, "見本の合言葉")
	if err != nil {
		t.Fatal(err)
	}
	_, err = here.s.Import(ctx, parted, "見本の合言葉")
	refusal(t, err, Diverged)
	// Another case under the same number.
	same := newDesk(t)
	same.add(sampleCase())
	_, err = same.s.Import(ctx, parcel, "見本の合言葉")
	refusal(t, err, NumberTaken)
	if got := same.find(Query{}); len(got) != 1 {
		t.Errorf("after a refused import: %v", got)
	}
}

// faultCode is faulted for a fault that has no place.
func faultCode(t *testing.T, err error, want FaultCode) {
	t.Helper()
	if !errors.Is(err, &Fault{Code: want}) {
		t.Errorf("got %v, want the fault %s", err, want)
	}
}

func TestCounts(t *testing.T) {
	d := newDesk(t)
	for _, minutes := range []int{10, 20, 60} {
		n := d.add(sampleCase())
		d.to(n, Decided)
		d.time = d.time.Add(time.Duration(minutes) * time.Minute)
		d.to(n, Done)
	}
	d.time = noon.AddDate(0, 0, 10)
	n := d.add(sampleCase())
	d.to(n, Decided, LetterMade, Mailed, AwaitingReply)
	d.days(12)
	d.to(n, SecondVisit)
	for per, want := range map[Period]string{
		PerDay: `period,municipality,procedure,outcome,state,cases,medianMinutes,medianDaysToSecondVisit
2026-11-24,kagoshima-center,pin-reset,visit-again,done,3,20,
2026-12-04,kagoshima-center,pin-reset,visit-again,second-visit,1,,12
`,
		PerMonth: `period,municipality,procedure,outcome,state,cases,medianMinutes,medianDaysToSecondVisit
2026-11,kagoshima-center,pin-reset,visit-again,done,3,20,
2026-12,kagoshima-center,pin-reset,visit-again,second-visit,1,,12
`} {
		counts, err := d.s.Stats(context.Background(), 0, 0, per)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := WriteCounts(&out, counts); err != nil || out.String() != want {
			t.Errorf("per %s:\n%s%v", per, out.String(), err)
		}
	}
	if counts, err := d.s.Stats(context.Background(), date(t, "2026-12-01"), date(t, "2026-12-31"), PerDay); err != nil || len(counts) != 1 {
		t.Errorf("December: %+v, %v", counts, err)
	}
}
