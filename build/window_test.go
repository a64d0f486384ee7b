//go:build window

// The real window on a virtual display, worked by keys as a person would. Its
// stage builds the program first and gives this command:
//
//	go test -count=1 -tags window -run '^TestWindow$' ./build

package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"image"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"
)

// windowResults keeps the pictures and everything the program wrote.
const windowResults = "../frontend/test-results/window"

// A made-up resident and PIN that must be found nowhere afterwards.
var canaries = []string{"架空金糸雀", "かなりあ架空町", "例示小鳥", "KANARI77", "1947-03-19", "S22.3.19"}

// rightHalf is where the answer stands, and most of a file that is looked at.
var rightHalf = image.Rect(760, 200, 1300, 560)

// A bench is a display with a window manager, a message bus and a home of its own.
type bench struct {
	t       *testing.T
	ctx     context.Context
	display *display
	home    string
	env     []string
}

func newBench(t *testing.T) *bench {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	t.Cleanup(cancel)
	d, err := openDisplay(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.close)
	bus, address, err := (&site{ctx: ctx}).openBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { endGroup(bus) })
	home, err := filepath.Abs(windowResults)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.RemoveAll(home), os.MkdirAll(home, 0o700)); err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, ctx: ctx, display: d, home: home}
	b.env = append(os.Environ(), "DISPLAY="+d.name, "DBUS_SESSION_BUS_ADDRESS="+address, "HOME="+home, "TZ=Asia/Tokyo",
		"LC_ALL=C.UTF-8", // xdotool finds and types no Japanese in the locale of a bare machine
		"XDG_RUNTIME_DIR="+home, "XDG_DATA_HOME="+home+"/share", "XDG_CACHE_HOME="+home+"/cache", "XDG_CONFIG_HOME="+home+"/config")
	b.start("openbox", &bytes.Buffer{})
	return b
}

// start starts a program that is ended with the test.
func (b *bench) start(name string, out *bytes.Buffer, args ...string) *exec.Cmd {
	b.t.Helper()
	cmd := exec.CommandContext(b.ctx, name, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = b.env, out, out
	leadGroup(cmd)
	if err := cmd.Start(); err != nil {
		b.t.Fatalf("starting %s: %v", name, err)
	}
	b.t.Cleanup(func() { endGroup(cmd) })
	return cmd
}

// program starts the desktop program in training on the folder of the bench.
func (b *bench) program(out *bytes.Buffer) *exec.Cmd {
	b.t.Helper()
	return b.start("./bin/madoguchi", out, "--simulation", "--data", b.home+"/data")
}

// ask runs xdotool and gives what it says.
func (b *bench) ask(args ...string) string {
	b.t.Helper()
	cmd := exec.Command("xdotool", args...)
	cmd.Env = b.env
	out, err := cmd.Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// until waits for something, and fails with its name when it does not come.
func (b *bench) until(what string, happened func() bool) {
	b.t.Helper()
	for begun := time.Now(); time.Since(begun) < 40*time.Second; time.Sleep(30 * time.Millisecond) {
		if happened() {
			return
		}
	}
	b.keep("failed")
	b.t.Fatalf("%s: waited in vain, see %s/failed.png", what, windowResults)
}

func (b *bench) screen() screen {
	b.t.Helper()
	s, err := b.display.screen()
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

// keep saves what is shown as a file of the run.
func (b *bench) keep(name string) {
	b.t.Helper()
	if err := b.screen().save(filepath.Join(b.home, name+".png")); err != nil {
		b.t.Error(err)
	}
}

// press presses keys one by one and waits after each until the window has
// answered: it has changed and then stood still.
func (b *bench) press(keys ...string) {
	b.t.Helper()
	for _, key := range keys {
		before := b.screen().data
		b.ask("key", key)
		b.until("the answer to "+key, func() bool { return !bytes.Equal(before, b.screen().data) })
		b.still()
	}
}

// still waits until nothing moves any more.
func (b *bench) still() {
	b.t.Helper()
	last := b.screen().data
	b.until("the window stands still", func() bool {
		time.Sleep(120 * time.Millisecond)
		now := b.screen().data
		same := bytes.Equal(last, now)
		last = now
		return same
	})
}

// write types a text as slowly as a person, so that no scanner is suspected, and
// goes on to the next field.
func (b *bench) write(text, next string) {
	b.t.Helper()
	b.ask("type", "--delay", "50", text)
	b.still()
	b.ask("key", next)
	b.still()
}

// printed lists the PDF files that were made.
func (b *bench) printed(pattern string) []string {
	var files []string
	// A folder that is not there yet holds none.
	_ = filepath.WalkDir(b.home+"/data", func(path string, entry fs.DirEntry, err error) error {
		if match, _ := filepath.Match(pattern, filepath.Base(path)); err == nil && match && !entry.IsDir() {
			files = append(files, path)
		}
		return nil
	})
	return files
}

func TestWindow(t *testing.T) {
	b := newBench(t)
	var said bytes.Buffer
	program := b.program(&said)
	var window string
	b.until("the window's title", func() bool {
		window = b.ask("search", "--onlyvisible", "--name", "^【訓練】窓口ナビ$")
		return window != "" && !strings.Contains(window, "\n")
	})
	b.until("the desk", func() bool { return b.screen().hasBar(readyMark, readyMarkLong) })
	b.ask("windowfocus", "--sync", window)
	b.still()
	b.keep("1-desk")
	s := b.screen()
	if got := s.colours(s.whole(), 50); got < 50 {
		t.Errorf("the window shows only %d colours", got)
	}
	b.renew()
	b.showPIN()
	b.writeLetter()
	b.startTwice(window)
	b.quit(program)
	b.stored()
	b.crash(&said)
	b.searchFor(said.Bytes())
}

// renew is the commonest case: five keys to the printed checklist.
func (b *bench) renew() {
	b.press("2", "q", "a")
	b.press("F9")
	b.until("the checklist", func() bool { return len(b.printed("checklist*.pdf")) == 1 })
	b.still()
	b.keep("2-printed")
	b.press("m")
	b.until("the checklist in the right half of the window", func() bool { return b.screen().colours(rightHalf, 20) >= 20 })
	b.still()
	b.keep("2-preview")
	b.press("Escape", "F12")
}

func (b *bench) showPIN() {
	b.press("F7", "1")
	b.ask("type", "--delay", "50", "KANARI77")
	b.still()
	b.keep("3-pin")
	b.press("Escape", "Escape")
}

func (b *bench) writeLetter() {
	b.press("3", "p", "F10")
	b.write(canaries[0], "Return")
	b.write("8920816", "Return")
	b.write(canaries[1]+"1-2", "Tab")
	b.write("S22.3.19", "Return")
	b.write(canaries[2], "Return")
	b.write(canaries[1]+"3-4", "Tab")
	b.write("S55.4.5", "Return")
	b.write("子", "Return")
	b.write("R9.1.22", "F10")
	b.until("the letter", func() bool { return len(b.printed("letter*.pdf")) == 1 })
	b.still()
	b.keep("4-letter")
	b.press("F12")
}

// startTwice starts the program again while its window is hidden.
func (b *bench) startTwice(window string) {
	b.ask("windowminimize", "--sync", window)
	b.until("the window is hidden", func() bool { return !b.screen().hasBar(readyMark, readyMarkLong) })
	var said bytes.Buffer
	second := b.program(&said)
	ended := make(chan error, 1)
	go func() { ended <- second.Wait() }()
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		b.t.Fatal("a second program goes on beside the first")
	}
	b.until("the first window is back", func() bool { return b.screen().hasBar(readyMark, readyMarkLong) })
	b.keep("5-forward")
}

// quit closes the window as its cross does.
func (b *bench) quit(program *exec.Cmd) {
	b.ask("key", "alt+F4")
	ended := make(chan error, 1)
	go func() { ended <- program.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			b.t.Errorf("the program ended with %v", err)
		}
	case <-time.After(20 * time.Second):
		b.keep("failed")
		b.t.Error("the program does not end with its window")
	}
}

// stored asks the console program for the cases of the day.
func (b *bench) stored() {
	cmd := exec.Command("go", "run", "./app/madoctl", "--simulation", "--data", b.home+"/data", "--json", "cases", "list")
	cmd.Dir, cmd.Env = "..", append(slices.Clone(b.env), "CGO_ENABLED=0", "HOME="+os.Getenv("HOME"))
	cmd.Env = append(cmd.Env, "XDG_CACHE_HOME="+os.Getenv("XDG_CACHE_HOME"))
	out, err := cmd.Output()
	var cases []struct{ State, Procedure string }
	if err := errors.Join(err, json.Unmarshal(out, &cases)); err != nil {
		b.t.Fatalf("asking for the cases: %v: %s", err, out)
	}
	states := make([]string, 0, len(cases))
	for _, c := range cases {
		states = append(states, c.State)
	}
	slices.Sort(states)
	if want := []string{"decided", "letter-made"}; !slices.Equal(states, want) {
		b.t.Errorf("stored %v, want %v", states, want)
	}
}

// crash ends the program in the middle of a PIN, as a fault would.
func (b *bench) crash(said *bytes.Buffer) {
	said.Reset()
	program := b.program(said)
	b.until("the desk", func() bool { return b.screen().hasBar(readyMark, readyMarkLong) })
	b.ask("windowfocus", "--sync", b.ask("search", "--onlyvisible", "--name", "窓口ナビ"))
	b.still()
	b.press("F7", "1")
	b.ask("type", "--delay", "50", "KANARI77")
	b.still()
	if err := program.Process.Signal(syscall.SIGQUIT); err != nil {
		b.t.Fatal(err)
	}
	// It has to fail: that is what a crash is.
	_ = program.Wait()
	if !bytes.Contains(said.Bytes(), []byte("goroutine ")) {
		b.t.Errorf("the crash left no traces of its own: %.300s", said.Bytes())
	}
}

// searchFor looks for the resident in everything the program wrote and said: its
// data, its logs, the web view's profile and caches, the traces of the crash.
func (b *bench) searchFor(said []byte) {
	files := 0
	err := filepath.WalkDir(b.home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		files++
		for _, name := range found(data) {
			b.t.Errorf("%s holds %s", path, name)
		}
		return err
	})
	if err != nil {
		b.t.Error(err)
	}
	for _, name := range found(said) {
		b.t.Errorf("the program said %s", name)
	}
	if files < 10 {
		b.t.Errorf("only %d files were searched", files)
	}
	if len(found([]byte("a"+spellings("例示小鳥")[1]+"b"))) == 0 {
		b.t.Error("the search finds nothing it should find")
	}
}

// found names the canaries that data holds in any spelling.
func found(data []byte) []string {
	var names []string
	for _, canary := range canaries {
		for _, spelling := range spellings(canary) {
			if bytes.Contains(data, []byte(spelling)) {
				names = append(names, canary)
				break
			}
		}
	}
	return names
}

// spellings are a text in UTF-8, in UTF-16 of both orders, and each in hexadecimal.
func spellings(text string) []string {
	var little, big []byte
	for _, u := range utf16.Encode([]rune(text)) {
		little = append(little, byte(u), byte(u>>8))
		big = append(big, byte(u>>8), byte(u))
	}
	all := []string{text, string(little), string(big)}
	for _, plain := range slices.Clone(all) {
		all = append(all, hex.EncodeToString([]byte(plain)), strings.ToUpper(hex.EncodeToString([]byte(plain))))
	}
	return all
}
