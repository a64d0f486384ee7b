package history

import (
	"bytes"
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// testdata/released holds a history as each schema that offices have wrote it:
// two cases over two visits, a correction, a purge. Each opens with today's
// program, whole, and a copy of it as it was is kept. The files are made once, by
// the program of that schema, and never again:
//
//	go test ./app/history -run EveryReleasedSchema -keep-schema
//
// Before the first release the file of schema 1 may be made anew with it.
var keepSchema = flag.Bool("keep-schema", false, "write testdata/released for the schema of this program")

// releasedFiles are what belongs to a history.
var releasedFiles = []string{"history.db", "history.db.head", "history.key"}

func releasedPath(version int, file string) string {
	return filepath.Join("testdata", "released", fmt.Sprintf("schema-%d", version), file+".gz")
}

func TestEveryReleasedSchemaIsBroughtUpToDate(t *testing.T) {
	if *keepSchema {
		writeReleased(t)
	}
	for version := 1; version <= len(schema); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			dir := t.TempDir()
			for _, file := range releasedFiles {
				unpackTo(t, releasedPath(version, file), filepath.Join(dir, file))
			}
			path := filepath.Join(dir, "history.db")
			if got, err := inspect(path); err != nil || got != version {
				t.Fatalf("the file has version %d, %v", got, err)
			}
			d := newDesk(t, func(o *Options) {
				o.Path, o.Key = path, FileKey{Path: filepath.Join(dir, "history.key")}
			})
			if got, err := inspect(path); err != nil || got != len(schema) {
				t.Errorf("opened, it has version %d, %v, want %d", got, err, len(schema))
			}
			if r := d.verify(); !r.OK || r.Cases != 3 {
				t.Errorf("%+v", r)
			}
			wantReleased(t, d)
			kept, err := filepath.Glob(filepath.Join(dir, "backup", "kept-*.db"))
			if err != nil || (len(kept) == 1) != (version < len(schema)) {
				t.Errorf("kept as it was: %v, %v", kept, err)
			}
		})
	}
}

// wantReleased looks at the cases, and works with them.
func wantReleased(t *testing.T, d *desk) {
	t.Helper()
	open, corrected, purged := newNumber("KG", 2026, 1, false), newNumber("KG", 2026, 2, false), newNumber("KG", 2026, 3, false)
	if k := d.show(open); k.State != Mailed || k.Holder == nil || k.Holder.Name != "架空 𠮷男" || k.Memo != sampleCase().Memo {
		t.Errorf("the open case: %+v", k)
	}
	if k := d.show(corrected); k.Holder == nil || k.Holder.Name != "訂正 𠮷男" {
		t.Errorf("the corrected case: %+v", k)
	}
	if k := d.show(purged); k.Holder != nil || len(k.Events) == 0 {
		t.Errorf("the purged case: %+v", k)
	}
	if got := d.find(Query{Text: "𠮷男"}); len(got) != 2 {
		t.Errorf("found by name: %v", got)
	}
	d.to(open, AwaitingReply)
	if n := d.add(sampleCase()); n != newNumber("KG", 2027, 1, false) && n != newNumber("KG", 2026, 4, false) {
		t.Errorf("the next case is %s", n)
	}
	if r := d.verify(); !r.OK {
		t.Errorf("after work: %+v", r)
	}
}

// writeReleased makes the file of this program's schema.
func writeReleased(t *testing.T) {
	t.Helper()
	d := newDesk(t)
	first, second, third := d.add(sampleCase()), d.add(sampleCase()), d.add(sampleCase())
	d.to(third, Decided, Done)
	d.days(DefaultRetentionDays + 1)
	if done, err := d.s.Purge(context.Background()); err != nil || done.People == 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	d.to(first, Decided, LetterMade, Mailed)
	holder := *sampleCase().Holder
	holder.Name = "訂正 𠮷男"
	if _, err := d.s.Correct(context.Background(), second, Correction{Told: Told{Holder: &holder}}); err != nil {
		t.Fatal(err)
	}
	d.close()
	for _, file := range releasedFiles {
		data, err := os.ReadFile(filepath.Join(filepath.Dir(d.o.Path), file))
		if err != nil {
			t.Fatal(err)
		}
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		to := releasedPath(len(schema), file)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, packed.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func unpackTo(t *testing.T, from, to string) {
	t.Helper()
	f, err := os.Open(from)
	if err != nil {
		t.Fatalf("a released schema without its file: %v", err)
	}
	defer func() { _ = f.Close() }() // only read from
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
