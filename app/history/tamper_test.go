package history

import (
	"context"
	"database/sql"
	"os"
	"slices"
	"testing"
)

// tamper opens the closed history as any SQLite tool would.
func (d *desk) tamper(statements ...string) {
	d.t.Helper()
	db, err := sql.Open("sqlite", fileURI(d.o.Path))
	if err != nil {
		d.t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			d.t.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) verify() Report {
	d.t.Helper()
	r, err := d.s.Verify(context.Background())
	if err != nil {
		d.t.Fatalf("Verify: %v", err)
	}
	return r
}

const unlockEvents = `DROP TRIGGER events_kept; DROP TRIGGER events_fixed`

// What somebody with a SQLite tool does is found, and located.
func TestTamperingIsFoundAndLocated(t *testing.T) {
	for name, c := range map[string]struct {
		sql  string
		want []Finding
	}{
		"operator of an event":   {`UPDATE events SET operator = 'other' WHERE seq = 3`, []Finding{{FoundEdited, "event 3"}}},
		"time of an event":       {`UPDATE events SET at = '2026-11-01T00:00:00.000+09:00' WHERE seq = 5`, []Finding{{FoundEdited, "event 5"}}},
		"detail of an event":     {`UPDATE events SET detail = 'letter=KG26-00001A-9' WHERE kind = 'letter-made'`, []Finding{{FoundEdited, "event 4"}}},
		"mac of an event":        {`UPDATE events SET mac = x'00' WHERE seq = 2`, []Finding{{FoundEdited, "event 2"}, {FoundEdited, "event 3"}}},
		"an event in the middle": {`DELETE FROM events WHERE seq = 3`, []Finding{{FoundDeleted, "event 3"}}},
		"several events":         {`DELETE FROM events WHERE seq IN (2, 3)`, []Finding{{FoundDeleted, "event 2-3"}}},
		"the first event":        {`DELETE FROM events WHERE seq = 1`, []Finding{{FoundDeleted, "event 1"}}},
		"order of two events":    {`UPDATE events SET seq = -1 WHERE seq = 2; UPDATE events SET seq = 2 WHERE seq = 3; UPDATE events SET seq = 3 WHERE seq = -1`, []Finding{{FoundEdited, "event 2"}, {FoundEdited, "event 3"}, {FoundEdited, "event 4"}}},
		"gap closed up":          {`DELETE FROM events WHERE seq = 4; UPDATE events SET seq = seq - 1 WHERE seq > 4`, []Finding{{FoundEdited, "event 4"}, {FoundEdited, "event 5"}}},
		"an event more":          {`INSERT INTO events SELECT 7, x'01', case_id, number, kind, at, operator, program, edition, state, detail, told, told_mac, origin, chain_key, mac FROM events WHERE seq = 6`, []Finding{{FoundEdited, "event 7"}}},
		"an event pushed in":     {`UPDATE events SET seq = -seq WHERE seq > 3; UPDATE events SET seq = 1 - seq WHERE seq < 0; INSERT INTO events SELECT 4, x'01', case_id, number, kind, at, operator, program, edition, state, detail, told, told_mac, origin, chain_key, mac FROM events WHERE seq = 3`, []Finding{{FoundEdited, "event 4"}, {FoundEdited, "event 5"}}},
		"state of a case":        {`UPDATE cases SET state = 'done' WHERE id = 1`, []Finding{{FoundEdited, "case KG26-000017"}}},
		"day for the reply":      {`UPDATE cases SET reply_by = '2030-01-01' WHERE id = 1`, []Finding{{FoundEdited, "case KG26-000017"}}},
		"number of persons":      {`UPDATE cases SET people = 0 WHERE id = 2`, []Finding{{FoundEdited, "case KG26-000025"}}},
		"totals":                 {`UPDATE totals SET people = 1`, []Finding{{FoundEdited, "totals"}}},
		"a case deleted":         {`PRAGMA foreign_keys = 0; DELETE FROM cases WHERE id = 2`, []Finding{{FoundDeleted, "case KG26-000025"}}},
		"persons exchanged":      {`UPDATE told SET holder = (SELECT holder FROM told WHERE id = 1) WHERE id = 2`, []Finding{{FoundUnsealed, "case KG26-000025"}}},
		"person taken out":       {`UPDATE told SET holder = NULL WHERE id = 2`, []Finding{{FoundEdited, "case KG26-000025"}}},
		"salt":                   {`UPDATE told SET salt = x'00' WHERE id = 2`, []Finding{{FoundEdited, "case KG26-000025"}}},
		"what was told deleted":  {`DELETE FROM told WHERE id = 2`, []Finding{{FoundDeleted, "case KG26-000025"}}},
		"search token deleted":   {`DELETE FROM tokens WHERE case_id = 2 AND token = (SELECT max(token) FROM tokens WHERE case_id = 2)`, []Finding{{FoundTokens, "case KG26-000025"}}},
		"search token added":     {`INSERT INTO tokens VALUES (12345, 2)`, []Finding{{FoundTokens, "case KG26-000025"}}},
		"last number lowered":    {`UPDATE serial SET last = 1`, []Finding{{FoundSerial, "case KG26-000025"}}},
		"a case of an old row": {`UPDATE cases SET state = 'letter-made', mailed_on = '', last_event = 4 WHERE id = 1`,
			[]Finding{{FoundEdited, "case KG26-000017"}}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			first := d.add(sampleCase())             // event 1
			d.add(sampleCase())                      // event 2
			d.to(first, Decided, LetterMade, Mailed) // events 3, 4, 5
			d.to(first, AwaitingReply)               // event 6
			if r := d.verify(); !r.OK || r.Cases != 2 || r.Events != 6 || r.People != 4 {
				t.Fatalf("before: %+v", r)
			}
			d.close()
			d.tamper(unlockEvents, c.sql)
			o := d.o
			o.ReadOnly = true
			s, err := Open(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			r, err := s.Verify(context.Background())
			if err != nil || r.OK {
				t.Fatalf("not found: %+v, %v", r, err)
			}
			for _, want := range c.want {
				if !slices.Contains(r.Findings, want) {
					t.Errorf("found %v, and not %v", r.Findings, want)
				}
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// The head beside the database tells when the end of the chain is cut off, even
// when the counter works on before anybody looks.
func TestCuttingOffTheEndIsFoundAndStaysFound(t *testing.T) {
	d := newDesk(t)
	n := d.add(sampleCase())
	d.to(n, Decided, Done)
	d.close()
	d.tamper(unlockEvents, `DELETE FROM events WHERE seq >= 2`)
	o := d.o
	o.ReadOnly = true
	s, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Verify(context.Background())
	if err != nil || !slices.Contains(r.Findings, Finding{FoundCutOff, "event 2-3"}) {
		t.Errorf("found %v, %v", r.Findings, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	d.open() // the counter opens as every morning
	d.add(sampleCase())
	want := Finding{FoundAlarm, "event 2: events-cut-off after=1 head=3"}
	if r := d.verify(); !slices.Contains(r.Findings, want) {
		t.Errorf("after working on: %v", r.Findings)
	}
	d.reopen()
	if r := d.verify(); !slices.Contains(r.Findings, want) {
		t.Errorf("the next morning: %v", r.Findings)
	}
	if err := d.s.AlarmSeen(context.Background()); err != nil {
		t.Fatal(err)
	}
	if r := d.verify(); slices.Contains(r.Findings, want) {
		t.Errorf("after a supervisor has seen to it: %v", r.Findings)
	}
}

func TestAMissingHeadIsFound(t *testing.T) {
	d := newDesk(t)
	d.add(sampleCase())
	d.close()
	if err := os.Remove(headPath(d.o.Path)); err != nil {
		t.Fatal(err)
	}
	d.open()
	if r := d.verify(); !slices.Contains(r.Findings, Finding{FoundAlarm, "event 2: head-missing last=1"}) {
		t.Errorf("found %v", r.Findings)
	}
}

func TestEventsCannotBeChangedByMistake(t *testing.T) {
	d := newDesk(t)
	d.add(sampleCase())
	for _, s := range []string{`UPDATE events SET operator = 'x'`, `DELETE FROM events`} {
		if _, err := d.s.writer.Exec(s); err == nil {
			t.Errorf("%s went through", s)
		}
	}
}
