package rules

import (
	"bytes"
	"errors"
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
)

func TestPackedEditionTravels(t *testing.T) {
	files := memory(t, "kagoshima-center")
	set, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	signed := Approval{ID: set.ID, Edition: set.Edition, By: "見本 太郎", On: day(t, "2026-11-24")}
	var first, second bytes.Buffer
	if err := Pack(&first, files, signed); err != nil {
		t.Fatal(err)
	}
	if err := Pack(&second, files, signed); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Errorf("the same edition packs differently: %v", err)
	}
	tables, again, approval, err := Unpack(first.Bytes())
	if err != nil || again.Edition != set.Edition || approval != signed {
		t.Fatalf("unpacked %v, %v", approval, err)
	}
	if data, err := fs.ReadFile(tables, "papers.csv"); err != nil || !bytes.Equal(data, files["papers.csv"].Data) {
		t.Errorf("a table did not arrive as it was: %v", err)
	}
}

func TestPackedEditionWithoutItsApprovalIsRefused(t *testing.T) {
	files := memory(t, "kagoshima-center")
	set, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Pack(&b, files, Approval{ID: set.ID, Edition: "another", By: "見本 太郎"}); !errors.Is(err, ErrNotApproved) {
		t.Errorf("packed an edition nobody signed: %v", err)
	}
	if err := Pack(&b, files, Approval{ID: set.ID, Edition: set.Edition, By: "見本 太郎"}); err != nil {
		t.Fatal(err)
	}
	packed := b.Bytes()
	signed := bytes.Replace(files["fees.csv"].Data, []byte("fee,"), []byte("fine,"), 1)
	changed := fstest.MapFS{}
	for name, f := range files {
		changed[name] = f
	}
	changed["fees.csv"] = &fstest.MapFile{Data: signed}
	other, err := Load(changed)
	if err != nil {
		t.Fatal(err)
	}
	var repacked bytes.Buffer
	if err := Pack(&repacked, changed, Approval{ID: other.ID, Edition: other.Edition, By: ""}); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := Unpack(repacked.Bytes()); !errors.Is(err, ErrNotApproved) {
		t.Errorf("unpacked an edition nobody signed: %v", err)
	}
	for i := 0; i < len(packed); i += 97 {
		broken := slices.Clone(packed)
		broken[i] ^= 0x5a
		if _, got, _, err := Unpack(broken); err == nil && got.Edition != set.Edition {
			t.Fatalf("a byte changed at %d: another edition got through", i)
		}
	}
}

func TestDifferences(t *testing.T) {
	files := memory(t, "kagoshima-center")
	before, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if d := Differences(before, before); len(d) != 0 {
		t.Errorf("a set differs from itself: %+v", d)
	}
	// One row of papers asks for more.
	rows := records(t, files, "papers.csv")
	at := slices.IndexFunc(rows, func(r []string) bool { return r[0] == "paper-release-legal" })
	rows[at][slices.Index(rows[0], "requirements")] = "holder-card|visitor-a2"
	files["papers.csv"] = &fstest.MapFile{Data: csvBytes(t, rows)}
	files["examples.csv"] = &fstest.MapFile{Data: dropExpectations(t, files)}
	after, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	d := Differences(before, after)
	if len(d) != 1 || d[0].File != "papers.csv" || len(d[0].Before) != 1 || len(d[0].After) != 1 || d[0].After[0].ID != "paper-release-legal" {
		t.Errorf("got %+v", d)
	}
	changed := 0
	for _, e := range before.Examples() {
		change, ok := Compare(before, after, e.Name, e.Situation)
		if ok {
			changed++
			if !slices.Equal(change.What, []string{"requirements"}) {
				t.Errorf("%s: %v", e.Name, change.What)
			}
		}
	}
	if changed == 0 {
		t.Error("no example is decided differently")
	}
}

// dropExpectations keeps the situations of the examples and forgets their answers.
func dropExpectations(t *testing.T, files fstest.MapFS) []byte {
	t.Helper()
	rows := records(t, files, "examples.csv")
	for i, h := range rows[0] {
		if len(h) > len(expectPrefix) && h[:len(expectPrefix)] == expectPrefix {
			for _, r := range rows[1:] {
				r[i] = ""
			}
		}
	}
	return csvBytes(t, rows)
}
