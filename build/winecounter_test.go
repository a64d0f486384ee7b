//go:build wine

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The places of these tests: names with blanks and Japanese, another drive.
const (
	madoctl   = `C:\窓口 プログラム\madoctl.exe`
	caseFile  = `C:\入力 ファイル\受付.json`
	firstData = `C:\窓口 データ`
	otherData = `D:\窓口 データ`
)

// The visitor of these tests; the name needs letters that few fonts have.
const holderName = "架空 𠮷男"

// aCase is the input of "cases add": the example situation and a person.
func aCase(t *testing.T) []byte {
	t.Helper()
	situation := readFile(t, "example.json")
	return fmt.Appendf(nil, `{"situation":%s,"holder":{"name":%q}}`, situation, holderName)
}

// addCase stores a case and gives its number.
func (b *bottle) addCase(data string) string {
	b.t.Helper()
	var stored struct{ CaseNumber string }
	got := b.want(0, madoctl, "--data", data, "cases", "add", "--case", caseFile)
	if err := json.Unmarshal([]byte(got.out), &stored); err != nil || stored.CaseNumber == "" {
		b.t.Fatalf("got %q: %v", got.out, err)
	}
	return stored.CaseNumber
}

func TestWineCounter(t *testing.T) {
	t.Parallel()
	b := newBottle(t)
	b.put(madoctl, releasedFile(t, "files/madoctl.exe"))
	b.put(caseFile, aCase(t))
	b.put(`C:\入力 ファイル\来庁.json`, []byte(readFile(t, "example.json")))
	if err := os.Symlink(t.TempDir(), filepath.Join(b.prefix, "dosdevices", "d:")); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		run  func(*bottle)
	}{
		{"a decision", (*bottle).decides},
		{"a rare name is printed as written", (*bottle).prints},
		{"a case is kept, sealed by Windows", (*bottle).keeps},
		{"the zip form keeps its data beside it", (*bottle).keepsBeside},
		{"another drive", (*bottle).keepsOnOtherDrive},
		{"killed at any moment, nothing is lost", (*bottle).survives},
		{"backup and restore", (*bottle).restores},
		{"a path longer than 260 characters", (*bottle).keepsDeep},
		{"a data folder that cannot be written to", (*bottle).saysReadOnly},
		{"a console of code page 932", (*bottle).speaks932},
		{"a reader service that fails", (*bottle).survivesReader},
		{"a second session is told who holds the data", (*bottle).tellsWhoHolds},
		{"the doctor says what to do", (*bottle).examines},
		{"the file for support has nobody in it", (*bottle).diagnoses},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(b.at(t)) })
	}
}

func (b *bottle) decides() {
	var plan plan
	got := b.want(0, madoctl, "decide", "--situation", `C:\入力 ファイル\来庁.json`)
	if err := json.Unmarshal([]byte(got.out), &plan); err != nil || plan.Outcome != "proceed" {
		b.t.Errorf("got %q: %v", got.out, err)
	}
}

func (b *bottle) prints() {
	letter := `{"municipality":"kagoshima-center","procedure":"pin-reset","holder":{"name":"` + holderName + `","postcode":"8900001",
		"address":["架空市見本町1-2-3"],"birthDate":"1980-04-05"},"agent":{"name":"例示 髙子","address":["架空市見本町1-2-3"],
		"birthDate":"1982-01-01","relation":"妻"},"caseNumber":"MG26-000001","issuedOn":"2026-11-24","replyBy":"2026-12-24"}`
	b.put(`C:\入力 ファイル\照会.json`, []byte(letter))
	b.put(`C:\印刷 物\.keep`, nil)
	b.want(0, madoctl, "print", "letter", "--letter", `C:\入力 ファイル\照会.json`, "-o", `C:\印刷 物\照会書.pdf`)
	text, err := exec.Command("pdftotext", b.path(`C:\印刷 物\照会書.pdf`), "-").Output()
	if err != nil {
		b.t.Fatal(err)
	}
	for _, name := range []string{"𠮷", "髙"} {
		if !strings.Contains(string(text), name) {
			b.t.Errorf("%s is not in the letter:\n%s", name, text)
		}
	}
}

func (b *bottle) keeps() {
	number := b.addCase(firstData)
	got := b.want(0, madoctl, "--data", firstData, "cases", "show", number)
	if !strings.Contains(got.out, holderName) {
		b.t.Errorf("the name did not come back: %s", got.out)
	}
	if b.exists(firstData + `\history.key`) {
		b.t.Error("the key lies in a file: it is not kept by Windows")
	}
	if strings.Contains(readFile(b.t, b.path(firstData+`\history.db`)), holderName) {
		b.t.Error("the name stands in the history in clear")
	}
}

// keepsBeside unpacks the zip form and works in it.
func (b *bottle) keepsBeside() {
	b.put(`C:\持ち運び\madoguchi.zip`, releasedFile(b.t, "*-portable.zip"))
	folder := b.path(`C:\持ち運び`)
	if out, err := exec.Command("7z", "x", "-y", "-o"+folder, folder+"/madoguchi.zip").CombinedOutput(); err != nil {
		b.t.Fatalf("unpacking: %v\n%s", err, out)
	}
	b.want(0, `C:\持ち運び\madoguchi\madoctl.exe`, "cases", "add", "--case", caseFile)
	if !b.exists(`C:\持ち運び\madoguchi\data\history.db`) {
		b.t.Error("no history beside the program")
	}
}

func (b *bottle) keepsOnOtherDrive() {
	b.addCase(otherData)
	b.wantSound(otherData)
}

// wantSound runs the check of the history and gives the number of its cases.
func (b *bottle) wantSound(data string) int {
	b.t.Helper()
	var sound struct {
		OK    bool
		Cases int
	}
	got := b.want(0, madoctl, "--data", data, "cases", "verify")
	if err := json.Unmarshal([]byte(got.out), &sound); err != nil || !sound.OK || sound.Cases == 0 {
		b.t.Errorf("got %q: %v", got.out, err)
	}
	return sound.Cases
}

// survives kills the program in the middle of storing, at moments that grow
// from "not begun" to "nearly done"; every case that was answered for is there.
func (b *bottle) survives() {
	data := `C:\途中で 切る`
	b.addCase(data)
	answered := 1
	for i := range 12 {
		cmd := b.unix("wine64", madoctl, "--data", data, "cases", "add", "--case", caseFile)
		var out strings.Builder
		cmd.Stdout = &out
		if err := cmd.Start(); err != nil {
			b.t.Fatal(err)
		}
		late := time.AfterFunc(time.Duration(20+i*30)*time.Millisecond, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait() // killed, or done before that
		late.Stop()
		if strings.Contains(out.String(), "caseNumber") {
			answered++
		}
	}
	b.addCase(data)
	if got := b.wantSound(data); got < answered+1 {
		b.t.Errorf("%d cases, at least %d were answered for", got, answered+1)
	}
}

func (b *bottle) restores() {
	copied := `C:\控え 置場\history-copy.db`
	if err := os.MkdirAll(filepath.Dir(b.path(copied)), 0o755); err != nil {
		b.t.Fatal(err)
	}
	b.want(0, madoctl, "--data", firstData, "cases", "backup", "-o", copied)
	before := b.wantSound(firstData)
	number := b.addCase(firstData)
	b.want(0, madoctl, "--data", firstData, "cases", "restore", copied)
	if after := b.wantSound(firstData); after != before {
		b.t.Errorf("%d cases after restoring, want %d", after, before)
	}
	if got := b.run("", madoctl, "--data", firstData, "cases", "show", number); got.status == 0 {
		b.t.Error("a case younger than the backup is still there")
	}
}

func (b *bottle) keepsDeep() {
	deep := `C:\` + strings.Repeat(`とても長い名前のフォルダー\`, 25) + `データ`
	b.addCase(deep)
	b.wantSound(deep)
}

func (b *bottle) saysReadOnly() {
	data := `C:\読むだけ`
	b.put(data+`\seen.txt`, []byte("x"))
	folder := b.path(data)
	if out, err := exec.Command("mount", "--bind", "-o", "ro", folder, folder).CombinedOutput(); err != nil {
		b.t.Fatalf("making the folder read-only (run this under \"unshare -m\"): %v\n%s", err, out)
	}
	defer func() {
		if err := exec.Command("umount", folder).Run(); err != nil {
			b.t.Error(err)
		}
	}()
	got := b.want(4, madoctl, "--data", data, "cases", "add", "--case", caseFile)
	if !strings.Contains(got.words, "書き込め") {
		b.t.Errorf("got %q, want a sentence that says why", got.words)
	}
}

// speaks932 runs the program from a batch file of a Japanese console: words on
// the console itself, and JSON in UTF-8 where the output goes to a file or a pipe.
func (b *bottle) speaks932() {
	b.put(`C:\932\madoctl.exe`, releasedFile(b.t, "files/madoctl.exe"))
	b.put(`C:\932\visit.json`, []byte(readFile(b.t, "example.json")))
	b.put(`C:\932\decide.cmd`, []byte("@chcp 932\r\n@C:\\932\\madoctl.exe decide --situation C:\\932\\visit.json\r\n"+
		"@C:\\932\\madoctl.exe decide --situation C:\\932\\visit.json >C:\\932\\plan.json\r\n"))
	line := `/usr/lib/wine/wine64 cmd /c 'C:\932\decide.cmd'`
	cmd := exec.Command("script", "-qec", line, "/dev/null") // a terminal of its own: wine makes it a console
	cmd.Env = b.unix("").Env
	console, err := cmd.Output()
	for _, words := range []string{"932", "お持ちいただくもの", "ご本人のマイナンバーカード"} {
		if err != nil || !bytes.Contains(console, []byte(words)) {
			b.t.Errorf("the console does not say %q (%v):\n%s", words, err, console)
		}
	}
	file := readFile(b.t, b.path(`C:\932\plan.json`))
	if !json.Valid([]byte(file)) || !strings.Contains(file, "本人") || bytes.Contains(console, []byte(`"outcome"`)) {
		b.t.Errorf("in the file: %q", file)
	}
}

func (b *bottle) survivesReader() {
	got := b.want(3, madoctl, "card", "status")
	if got.words == "" || strings.Contains(got.words, "panic") || strings.Contains(got.words, "goroutine") {
		b.t.Errorf("got %q, want a sentence", got.words)
	}
}
