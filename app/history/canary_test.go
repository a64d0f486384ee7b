package history

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"madoguchi/rules"
)

// spellings are the ways in which a text could lie in a file.
func spellings(text string) [][]byte {
	var little, big []byte
	for _, u := range utf16.Encode([]rune(text)) {
		little = append(little, byte(u), byte(u>>8))
		big = append(big, byte(u>>8), byte(u))
	}
	quoted, _ := json.Marshal(text)
	escaped := strings.Trim(fmt.Sprintf("%+q", text), `"`)
	return [][]byte{[]byte(text), little, big, []byte(hex.EncodeToString([]byte(text))), []byte(strings.ToUpper(hex.EncodeToString([]byte(text)))),
		[]byte(hex.EncodeToString(little)), []byte(base64.StdEncoding.EncodeToString([]byte(text))), bytes.Trim(quoted, `"`), []byte(escaped)}
}

// A whole day of cases of one made-up family; then every file that the history
// wrote, while it works, after it was killed and after it was closed, and every
// error it gave, is searched for them.
func TestNoPersonCanBeReadAnywhere(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	secrets := []string{"架空 𠮷男", "架空", "𠮷男", "カクウ ヨシオ", "カクウ", "ヨシオ", "例示 髙子", "髙子", "鹿児島市見本町1-2-3", "見本町", "例示荘203",
		"1975-03-10", "1980-07-01", "099-000-0000", "892-0846", "耳が遠いので", "ゆっくり話す", "訂正 𠮷男", "引越し先"}
	secrets = append(secrets, "吉男", "高子", "架空吉男") // as the search keys spell them
	var said []string
	note := func(err error) {
		if err == nil {
			t.Error("an error was expected")
			return
		}
		said = append(said, err.Error(), fmt.Sprintf("%+v", err))
		if w, ok := err.(interface{ Title() string }); ok {
			said = append(said, w.Title())
		}
	}
	for i := range 60 {
		n := d.add(sampleCase())
		d.time = d.time.Add(4 * time.Minute)
		switch i % 4 {
		case 0:
			d.to(n, Decided, Done)
		case 1:
			d.to(n, Decided, LetterMade, Mailed)
			holder := *sampleCase().Holder
			holder.Name, holder.Address = "訂正 𠮷男", Lines{"引越し先9-9"}
			if _, err := d.s.Correct(ctx, n, Correction{Told: Told{Holder: &holder}}); err != nil {
				t.Fatal(err)
			}
		case 2:
			d.to(n, Withdrawn)
			_, err := d.s.Advance(ctx, n, Step{To: Done})
			note(err)
		case 3:
			bad := sampleCase()
			bad.Memo = "耳が遠いので 123456789018"
			_, err := d.s.Add(ctx, bad)
			note(err)
			bad = sampleCase()
			bad.Situation = json.RawMessage(`{"holder":"架空 𠮷男"`)
			_, err = d.s.Add(ctx, bad)
			note(err)
		}
		for _, text := range []string{"架空", "ヨシオ", "1975-03-10"} {
			if len(d.find(Query{Text: text})) == 0 {
				t.Fatalf("%s is not found", text)
			}
		}
	}
	_, err := d.s.Find(ctx, Query{Text: "髙"})
	note(err)
	if _, _, err := d.s.DailyBackup(ctx); err != nil {
		t.Fatal(err)
	}
	parcel, err := d.s.Export(ctx, d.find(Query{List: OpenCases}), "見本の長い合言葉")
	if err != nil {
		t.Fatal(err)
	}
	open := d.everything()
	if wal, err := os.Stat(d.o.Path + "-wal"); err != nil || wal.Size() == 0 {
		t.Errorf("there is no WAL to look into: %v", err)
	}
	d.close()
	d.tamper(`UPDATE told SET holder = x'0102' WHERE id = 1`)
	d.open()
	_, err = d.s.Show(ctx, newNumber("KG", 2026, 1, false))
	note(err)
	places := map[string][]byte{"files while it works": open, "files when it is closed": d.everything(), "parcel": parcel, "errors": []byte(strings.Join(said, "\n"))}
	for _, secret := range secrets {
		for _, spelling := range spellings(secret) {
			for place, content := range places {
				if bytes.Contains(content, spelling) {
					t.Errorf("%s: %q lies there as %q", place, secret, spelling)
				}
			}
		}
	}
	if len(said) < 30 || len(open) < 100_000 {
		t.Errorf("only %d errors and %d bytes were searched", len(said), len(open))
	}
}

// No column holds a PIN.
func TestPINsHaveNoColumn(t *testing.T) {
	for _, step := range schema {
		for _, word := range []string{"pin", "password", "暗証"} {
			for line := range strings.Lines(step) {
				code, _, _ := strings.Cut(line, "--")
				if strings.Contains(strings.ToLower(code), word) {
					t.Errorf("the schema has %q", strings.TrimSpace(code))
				}
			}
		}
	}
	for _, kind := range rules.PINKinds() {
		for _, step := range schema {
			if strings.Contains(step, string(kind)) {
				t.Errorf("the schema names the PIN %s", kind)
			}
		}
	}
}
