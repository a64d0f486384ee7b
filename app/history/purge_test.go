package history

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
)

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

// Killed between the purge and the writing of the file anew, the program does
// the rest when it opens the history again.
func TestAnInterruptedPurgeIsFinished(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	n := d.add(sampleCase())
	d.to(n, Withdrawn)
	traces := d.traces(n)
	d.days(400)
	err := d.s.change(ctx, func(c *change) error {
		_, due, err := d.s.due(ctx, c.tx)
		if err != nil {
			return err
		}
		return c.purge(due)
	})
	if err != nil {
		t.Fatal(err)
	}
	if count(d.everything(), traces) == 0 {
		t.Fatal("nothing is left to be finished: the test shows nothing")
	}
	// What a killed program leaves behind: the files as they are, with the WAL.
	dir := t.TempDir()
	for _, suffix := range []string{"", "-wal", ".head"} {
		if err := copyFile(d.o.Path+suffix, filepath.Join(dir, "history.db"+suffix)); err != nil {
			t.Fatal(err)
		}
	}
	after := &desk{t: t, time: d.time, op: d.op, o: d.o}
	after.o.Path = filepath.Join(dir, "history.db")
	after.open()
	if left := count(after.everything(), traces); left != 0 {
		t.Errorf("%d of %d traces are left", left, len(traces))
	}
	if r := after.verify(); !r.OK {
		t.Errorf("%+v", r)
	}
	after.close()
}
