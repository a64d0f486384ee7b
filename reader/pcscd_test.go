//go:build linux && cgo

package reader_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"madoguchi/reader"
	"madoguchi/reader/simcard"
)

// The tests of this file run against a real PC/SC daemon with a virtual reader,
// in namespaces of their own, so that the daemon of the machine is not touched.
// They need Debian's pcscd, vsmartcard-vpcd, opensc and libpcsclite-dev, and
// root (or user namespaces):
//
//	MADOGUCHI_PCSCD=1 go test -count=1 -run '^TestPCSCD$' ./reader
const (
	pcscdSwitch = "MADOGUCHI_PCSCD"
	howToRun    = "needs a PC/SC daemon: MADOGUCHI_PCSCD=1 go test -count=1 -run '^TestPCSCD$' ./reader"
	inside      = "inside"
)

func TestPCSCD(t *testing.T) {
	switch os.Getenv(pcscdSwitch) {
	case "":
		t.Skip(howToRun)
	case inside:
		testInside(t)
	default:
		runInside(t)
	}
}

// runInside runs this test once more in namespaces of its own.
func runInside(t *testing.T) {
	for _, program := range []string{"pcscd", "pkcs15-tool"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatalf("%s is not installed: apt-get install pcscd vsmartcard-vpcd opensc", program)
		}
	}
	command := exec.Command(os.Args[0], "-test.run=^TestPCSCD$", "-test.v="+fmt.Sprint(testing.Verbose()), "-test.timeout=5m", fmt.Sprintf("-update=%v", *update))
	command.Env = append(os.Environ(), pcscdSwitch+"="+inside)
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	command.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWNET, Pdeathsig: syscall.SIGKILL}
	if uid := os.Geteuid(); uid != 0 {
		command.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		command.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: uid, Size: 1}}
		command.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getegid(), Size: 1}}
	}
	if err := command.Run(); err != nil {
		t.Fatalf("the tests inside: %v", err)
	}
}

// testInside runs in the namespaces: it starts the daemon and goes through
// everything that is to hold against it.
func testInside(t *testing.T) {
	if err := syscall.Mount("tmpfs", "/run", "tmpfs", 0, ""); err != nil {
		t.Fatalf("mounting /run: %v", err)
	}
	if err := os.Mkdir("/run/pcscd", 0o755); err != nil {
		t.Fatal(err)
	}
	raiseLoopback(t)
	daemon := &daemon{}
	daemon.start(t)
	t.Cleanup(daemon.stop)
	place := &behindDaemon{counted: &counted{Service: reader.PCSC()}}
	t.Run("contract", func(t *testing.T) { contract(t, place) })
	t.Run("another client", func(t *testing.T) { testOpenSC(t, place) })
	t.Run("what it costs", func(t *testing.T) { testWhatItCosts(t, place) })
	t.Run("a card held by another program", func(t *testing.T) { testHeldByAnother(t, place) })
	t.Run("watching", func(t *testing.T) { testWatchingDaemon(t, place) })
	t.Run("daemon stopped and started", func(t *testing.T) { testDaemonRestart(t, place, daemon) })
	place.counted.wantNoneOpen(t)
}

// raiseLoopback brings the loopback interface of the new network up.
func raiseLoopback(t *testing.T) {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(fd)
	var request struct {
		name  [16]byte
		flags uint16
		_     [22]byte
	}
	copy(request.name[:], "lo")
	request.flags = syscall.IFF_UP | syscall.IFF_RUNNING
	if _, _, code := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), syscall.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&request))); code != 0 {
		t.Fatalf("raising the loopback interface: %v", code)
	}
}

// daemon is a pcscd of our own.
type daemon struct{ command *exec.Cmd }

// start starts the daemon and waits until its virtual reader takes cards.
func (d *daemon) start(t *testing.T) {
	t.Helper()
	for _, left := range []string{"/run/pcscd/pcscd.comm", "/run/pcscd/pcscd.pid"} {
		_ = os.Remove(left)
	}
	d.command = exec.Command("pcscd", append([]string{"--foreground"}, trusting()...)...)
	d.command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := d.command.Start(); err != nil {
		t.Fatalf("starting pcscd: %v", err)
	}
	for range 100 {
		if comesUp() {
			time.Sleep(500 * time.Millisecond) // the daemon has seen the connection come and go
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("pcscd does not come up with a virtual reader")
}

// trusting is how a daemon is told to serve clients without asking who they are: one
// of version 2 asks polkit, which is not there in the namespaces, and turns all away.
func trusting() []string {
	const option = "--disable-polkit"
	help, _ := exec.Command("pcscd", "--help").CombinedOutput() // older ones fail after their help
	if bytes.Contains(help, []byte(option)) {
		return []string{option}
	}
	return nil
}

// comesUp tells whether the daemon has clients and its virtual reader takes cards.
// The virtual reader is asked last, and let go at once: it waits without end for
// what the card on a connection says.
func comesUp() bool {
	if _, err := os.Stat("/run/pcscd/pcscd.comm"); err != nil {
		return false
	}
	conn, err := net.Dial("tcp", simcard.DefaultAddress)
	return err == nil && conn.Close() == nil
}

func (d *daemon) stop() {
	_ = d.command.Process.Kill()
	_ = d.command.Wait()
}

// behindDaemon puts cards into the daemon's virtual reader.
type behindDaemon struct {
	counted *counted

	mu   sync.Mutex
	last func() // takes the last card out
}

const virtualReader = "Virtual PCD 00 00"

func (b *behindDaemon) slow() bool { return true }

func (b *behindDaemon) service() *counted { return b.counted }

// insert takes the last card out, puts this one in, and waits until the daemon sees it.
func (b *behindDaemon) insert(t *testing.T, card *simcard.Card) string {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.last != nil {
		b.last()
		waitFor(t, "the reader to be empty", errIs(b, reader.NoCard))
	}
	b.last = plug(t, simcard.DefaultAddress, card)
	waitFor(t, "the card to be seen", errIs(b, nil))
	return virtualReader
}

// errIs reports whether the virtual reader is in the state that gives the error.
func errIs(b *behindDaemon, want error) func() bool {
	return func() bool {
		_, err := reader.New(b.counted).Find(context.Background(), virtualReader)
		return errors.Is(err, want)
	}
}

// plug puts a card into a virtual reader; what it returns takes it out.
func plug(t *testing.T, address string, card *simcard.Card) func() {
	t.Helper()
	ctx, out := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- simcard.Plug(ctx, address, card) }()
	var once sync.Once
	takeOut := func() {
		once.Do(func() {
			out()
			if err := <-ended; err != nil && !simcard.IsRemoved(err) {
				t.Errorf("plugging the card: %v", err)
			}
		})
	}
	t.Cleanup(takeOut)
	return takeOut
}

func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 250 {
		if is() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("waited 5 s for %s", what)
}
