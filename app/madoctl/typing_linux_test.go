package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// The first Ctrl+C ends whatever waits for the terminal: not with status 0, with
// one sentence at most, nothing written, and the terminal shows what is typed.
func TestCtrlCEndsTheWaitForTheTerminal(t *testing.T) {
	withoutRaces(t)
	for name, c := range map[string]struct {
		hides bool // what is typed is not shown
		args  []string
	}{
		"form of a PIN": {true, []string{"pin", "check", "--kind", "signature"}},
		"PIN to a card": {true, []string{"card", "verify", "--kind", "signature", "--scenario", "standard"}},
		"passphrase":    {true, []string{"cases", "export", "-o", "parcel"}},
		"a situation":   {false, []string{"decide", "--situation", "-"}},
	} {
		t.Run(name, func(t *testing.T) {
			folder, late := t.TempDir(), time.After(20*time.Second)
			keyboard, tty := terminal(t)
			cmd := onTerminal(t, tty, append([]string{"--data", filepath.Join(folder, "data")}, c.args...)...)
			cmd.Dir = folder
			if !c.hides {
				fmt.Fprint(keyboard, "{\n")
			}
			waitFor(t, late, func() bool { return c.hides || unread(t, tty) > 0 })
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			waitFor(t, late, func() bool { return !c.hides || !shows(t, tty) })
			waitFor(t, late, func() bool { return unread(t, tty) == 0 })
			fmt.Fprint(keyboard, "AB\x03")
			select {
			case err := <-ended:
				var exit *exec.ExitError
				if !errors.As(err, &exit) || exit.ExitCode() < 1 {
					t.Errorf("got %v, want a status that is not 0", err)
				}
			case <-late:
				_ = cmd.Process.Kill()
				t.Fatal("it still waits for the terminal")
			}
			if !shows(t, tty) {
				t.Error("the terminal does not show what is typed")
			}
			if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
				t.Errorf("%v is left behind (%v)", left, err)
			}
		})
	}
}

// A read that is left behind writes into no buffer of whoever went on.
func TestTypingEndsWithItsContext(t *testing.T) {
	from, to := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	in := &typing{ctx: ctx, from: from}
	go func() { _, _ = to.Write([]byte("one")) }()
	buffer := make([]byte, 8)
	if n, err := in.Read(buffer); err != nil || string(buffer[:n]) != "one" {
		t.Fatalf("got %q, %v", buffer[:n], err)
	}
	clear(buffer)
	cancel()
	if n, err := in.Read(buffer); n != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("got %d, %v", n, err)
	}
	_ = to.Close()
	if !bytes.Equal(buffer, make([]byte, 8)) {
		t.Errorf("%q was written", buffer)
	}
}

// terminal makes a pair: what a keyboard is at, and what a program reads.
func terminal(t *testing.T) (keyboard, tty *os.File) {
	t.Helper()
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no terminals can be made here: ", err)
	}
	t.Cleanup(func() { _ = keyboard.Close() })
	number, err := unix.IoctlGetInt(int(keyboard.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(keyboard.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tty.Close() })
	return keyboard, tty
}

// onTerminal is the program with a terminal of its own.
func onTerminal(t *testing.T, tty *os.File, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &exec.Cmd{Path: self, Args: append([]string{"madoctl"}, args...), Stdin: tty, Stdout: tty, Stderr: tty,
		SysProcAttr: &syscall.SysProcAttr{Setsid: true, Setctty: true}}
}

// shows reports whether a terminal shows what is typed.
func shows(t *testing.T, tty *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

// unread is how much of what was typed no program has read.
func unread(t *testing.T, tty *os.File) int {
	t.Helper()
	n, err := unix.IoctlGetInt(int(tty.Fd()), unix.TIOCINQ)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func waitFor(t *testing.T, late <-chan time.Time, so func() bool) {
	t.Helper()
	every := time.NewTicker(5 * time.Millisecond)
	defer every.Stop()
	for !so() {
		select {
		case <-every.C:
		case <-late:
			t.Fatal("the program never waited for the terminal")
		}
	}
}
