//go:build wine

package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// tellsWhoHolds stops a program in the middle of its work on the data, as a
// session that somebody has locked would stand, and starts another.
func (b *bottle) tellsWhoHolds() {
	const data, table = `C:\共用 データ`, `C:\入力 ファイル\一覧.csv`
	rows := "municipality,procedure,holder.name,holder.address,issuedOn,replyBy\n"
	for i := range 300 {
		rows += fmt.Sprintf("tagajo,pin-reset,架空 𠮷男%d,架空市見本町1-2-3,2026-11-24,2026-12-24\n", i)
	}
	b.put(table, []byte(rows))
	first := b.unix("wine64", madoctl, "--data", data, "--operator", "madoguchi01", "print", "letters", "--csv", table, "--record", "-o", `C:\入力 ファイル\一覧.pdf`)
	if err := first.Start(); err != nil {
		b.t.Fatal(err)
	}
	defer func() {
		_ = first.Process.Kill() // what it was stored is not looked at
		_ = first.Wait()
	}()
	for tries := 0; !b.holds(); tries++ {
		if tries > 600 {
			b.t.Fatal("the first program does not begin")
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err := first.Process.Signal(syscall.SIGSTOP); err != nil {
		b.t.Fatal(err)
	}
	got := b.want(4, madoctl, "--data", data, "cases", "add", "--case", caseFile)
	for _, word := range []string{"使用中", "窓口ナビ", "担当 madoguchi01", "利用者 ", "プロセス ", " から"} {
		if !strings.Contains(got.words, word) {
			b.t.Errorf("%q does not say %q", got.words, word)
		}
	}
	if list := b.want(0, madoctl, "--data", data, "cases", "list").out; !strings.Contains(list, "caseNumber") {
		b.t.Errorf("looking on while another works: %s", list)
	}
}

// holds tells whether the run of letters has a case: its journal is begun before
// the data is held, and then has a line for each.
func (b *bottle) holds() bool {
	journal, err := os.ReadFile(b.path(`C:\入力 ファイル\一覧.pdf.run`))
	return err == nil && bytes.Count(journal, []byte("\n")) > 1
}

// examines runs the doctor where nearly everything is missing.
func (b *bottle) examines() {
	var list []struct{ Part, State, Code, Says, Action string }
	got := b.want(1, madoctl, "--data", firstData, "doctor")
	if err := json.Unmarshal([]byte(got.out), &list); err != nil {
		b.t.Fatal(err)
	}
	states := map[string]string{}
	for _, f := range list {
		states[f.Part] = f.State
		if f.Says == "" || (f.State != "good") != (f.Action != "") {
			b.t.Errorf("%+v does not say what to do", f)
		}
	}
	for part, want := range map[string]string{"reader": "bad", "view": "bad", "printer": "uneasy", "disk": "good", "history": "good"} {
		if states[part] != want {
			b.t.Errorf("%s is %q, want %q", part, states[part], want)
		}
	}
	for _, part := range []string{"reader-service", "rules", "fonts", "clock"} {
		if states[part] == "" {
			b.t.Errorf("nothing is said of %s", part)
		}
	}
}

// diagnoses makes the file for support and looks for the visitor in it.
func (b *bottle) diagnoses() {
	const file = `C:\控え 置場\診断.zip`
	b.put(`C:\控え 置場\.keep`, nil)
	b.want(0, madoctl, "--data", firstData, "doctor", "-o", file)
	archive, err := zip.OpenReader(b.path(file))
	if err != nil {
		b.t.Fatal(err)
	}
	defer archive.Close()
	var all bytes.Buffer
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			b.t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			b.t.Fatal(err)
		}
	}
	for _, secret := range []string{holderName, "架空", "𠮷男", "窓口 データ", "窓口 プログラム"} {
		if bytes.Contains(all.Bytes(), []byte(secret)) || bytes.Contains(all.Bytes(), wide(secret)) {
			b.t.Errorf("%q is in the file", secret)
		}
	}
	for _, word := range []string{`"system": "windows/amd64 `, `"place": "named"`, `"cases": `, `"edition": `, " found view no-view"} {
		if !bytes.Contains(all.Bytes(), []byte(word)) {
			b.t.Errorf("%s is not in the file:\n%s", word, all.String())
		}
	}
}

// The PC is lost: on another one the backup and the copy of the key bring the
// cases back. Without the key the backup stays shut.
func TestWineAnotherPC(t *testing.T) {
	t.Parallel()
	here, there := newBottle(t), newBottle(t)
	const copied, key, words = `C:\控え\history.db.copy`, `C:\控え\鍵の写し.bin`, `C:\控え\合言葉.txt`
	for _, b := range []*bottle{here, there} {
		b.put(madoctl, releasedFile(t, "files/madoctl.exe"))
		b.put(caseFile, aCase(t))
		b.put(words, []byte("見本の長い合言葉\r\n"))
	}
	number := here.addCase(firstData)
	here.want(0, madoctl, "--data", firstData, "cases", "backup", "-o", copied)
	here.want(0, madoctl, "--data", firstData, "cases", "key", "copy", "-o", key, "--seal", words)
	for _, file := range []string{copied, key} {
		there.put(file, []byte(readFile(t, here.path(file))))
	}
	got := there.want(4, madoctl, "--data", otherPCData, "cases", "restore", copied)
	if !strings.Contains(got.words, "鍵") {
		t.Errorf("without the key: %q", got.words)
	}
	there.want(0, madoctl, "--data", otherPCData, "cases", "key", "adopt", key, "--seal", words)
	there.want(0, madoctl, "--data", otherPCData, "cases", "restore", copied)
	there.wantSound(otherPCData)
	if shown := there.want(0, madoctl, "--data", otherPCData, "cases", "show", number); !strings.Contains(shown.out, holderName) {
		t.Errorf("the name did not come back: %s", shown.out)
	}
}

const otherPCData = `C:\新しい PC`
