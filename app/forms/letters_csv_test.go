package forms

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"

	"madoguchi/rules"
)

const tableHead = "municipality,procedure,holder.name,holder.postcode,holder.address,holder.birthDate,agent.name,caseNumber,issuedOn,replyBy\n"

const tableRow = "tagajo,pin-reset,見本 太郎,985-8531,\"宮城県多賀城市見本1-2-3\nコーポ見本 503号室\",1960-04-05,例示 髙子,KG26-000017,2026-11-24,2026-12-24\n"

func TestTablesInEveryEncoding(t *testing.T) {
	plain := tableHead + strings.ReplaceAll(tableRow, "髙", "高")
	sjis, err := japanese.ShiftJIS.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"utf-8": plain, "utf-8 with bom": "\ufeff" + plain, "shift_jis": sjis, "crlf": strings.ReplaceAll(plain, "\n", "\r\n")} {
		t.Run(name, func(t *testing.T) {
			rows, faults, err := ReadLetters([]byte(data))
			if err != nil || faults != nil || len(rows) != 1 {
				t.Fatalf("%d rows, %v, %v", len(rows), faults, err)
			}
			l := rows[0].Letter
			if l.Holder.Name != "見本 太郎" || len(l.Holder.Address) != 2 || l.Holder.Address[1] != "コーポ見本 503号室" || l.Procedure[0] != rules.PINReset || l.ReplyBy.String() != "2026-12-24" {
				t.Errorf("got %+v", l)
			}
		})
	}
}

func TestShiftJISOfWindows(t *testing.T) {
	// 髙 and ① stand in Windows code page 932 only.
	data := []byte(tableHead)
	row, err := japanese.ShiftJIS.NewEncoder().String("tagajo,pin-reset,見本 髙太,9858531,見本①,,,KG26-000017,2026-11-24,2026-12-24\n")
	if err != nil {
		t.Fatal(err)
	}
	rows, faults, err := ReadLetters(append(data, row...))
	if err != nil || faults != nil || rows[0].Letter.Holder.Name != "見本 髙太" {
		t.Errorf("%+v, %v, %v", rows, faults, err)
	}
}

func TestHeaderIsCheckedFirst(t *testing.T) {
	_, faults, err := ReadLetters([]byte("municipality,procedure,holder.nmae,holder.address,issuedOn,issuedOn\nx\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, f := range faults {
		got += f.Error() + "\n"
	}
	for _, want := range []string{"1行目 holder.nmae列: 知らない列です", "1行目 issuedOn列: 同じ列が二つあります", "1行目 holder.name列: 列がありません"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
}

func TestEveryFaultIsToldAtOnce(t *testing.T) {
	data := tableHead + tableRow + // lines 2 and 3
		"tagajo,pin-set,見本 花子,,見本1,2026-13-01,,K1,2026-11-24,\n" + // 4
		"tagajo,pin-reset,,,見本1,,,K2,24 November,\n" + // 5
		"tagajo,pin-reset,見本\n" // 6
	rows, faults, err := ReadLetters([]byte(data))
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	want := []struct {
		line   int
		column string
	}{{4, "procedure"}, {4, "holder.birthDate"}, {5, "holder.name"}, {5, "issuedOn"}, {6, ""}}
	if len(faults) != len(want) {
		t.Fatalf("faults %v, want %d", faults, len(want))
	}
	for i, w := range want {
		if faults[i].Line != w.line || faults[i].Column != w.column || faults[i].Reason == "" {
			t.Errorf("fault %d: %+v, want line %d, column %s", i, faults[i], w.line, w.column)
		}
	}
}

func TestUnreadableTables(t *testing.T) {
	if _, _, err := ReadLetters([]byte{0xFF, 0xFE, 0x81, 0x00, 0xFF}); !errors.Is(err, ErrTableEncoding) {
		t.Errorf("got %v, want ErrTableEncoding", err)
	}
	if _, _, err := ReadLetters(nil); !errors.Is(err, ErrTableEmpty) {
		t.Errorf("got %v, want ErrTableEmpty", err)
	}
	_, faults, err := ReadLetters([]byte(tableHead + "tagajo,\"pin-reset,x\n"))
	if err != nil || len(faults) != 1 || faults[0].Line != 2 {
		t.Errorf("open quotation mark: %v, %v", faults, err)
	}
}

func FuzzReadLetters(f *testing.F) {
	f.Add([]byte(tableHead + tableRow))
	f.Add([]byte("municipality,procedure\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, faults, err := ReadLetters(data)
		if err == nil && faults == nil {
			for _, r := range rows {
				if r.Letter.Municipality == "" || r.Letter.Holder.Name == "" || r.Letter.IssuedOn.IsZero() {
					t.Errorf("a row without its required cells was taken: %+v", r)
				}
			}
		}
	})
}
