package main

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// condition knows [mounts]: whether this process may mount.
func condition(name string) (bool, error) {
	if name != "mounts" {
		return false, fmt.Errorf("unknown condition %q", name)
	}
	return exec.Command("unshare", "-m", "true").Run() == nil, nil
}

// status runs a command and compares its exit status: status 4 madoctl decide …
// The files out and err hold what it wrote, stdin.txt what it reads.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	cmd := command(ts, args[1:])
	cmd.Dir = ts.Getenv("WORK")
	for _, name := range []string{"PATH", "WORK", "HOME", "PCSCLITE_CSOCK_NAME", "XDG_DATA_HOME", "READONLY", "FULL"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	if in, err := os.Open(ts.MkAbs("stdin.txt")); err == nil {
		defer in.Close()
		cmd.Stdin = in
	}
	var out, errOut strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		ts.Fatalf("running %v: %v", args[1:], err)
	}
	ts.Check(os.WriteFile(ts.MkAbs("out"), []byte(out.String()), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("err"), []byte(errOut.String()), 0o600))
	if got := cmd.ProcessState.ExitCode(); got != want {
		ts.Fatalf("%v: exit status %d, want %d\n%s%s", args[1:], got, want, out.String(), errOut.String())
	}
}

// command is the command itself, or, where READONLY names a folder, the command
// with that folder mounted read-only: root ignores mode bits. Others get a
// folder without write permission. Where FULL names a folder it is, for the
// command, on a disk with no room left.
func command(ts *testscript.TestScript, args []string) *exec.Cmd {
	if ts.Getenv("FULL") != "" {
		const filled = `mount -t tmpfs -o size=16k tmpfs "$FULL" && head -c 16384 /dev/zero >"$FULL/filled" && exec "$@"`
		return exec.Command("unshare", append([]string{"-m", "sh", "-c", filled, "sh"}, args...)...)
	}
	folder := ts.Getenv("READONLY")
	if folder == "" {
		return exec.Command(args[0], args[1:]...)
	}
	if os.Geteuid() != 0 {
		ts.Check(os.Chmod(folder, 0o500))
		return exec.Command(args[0], args[1:]...)
	}
	const mounted = `mount --bind "$READONLY" "$READONLY" && mount -o remount,bind,ro "$READONLY" && exec "$@"`
	return exec.Command("unshare", append([]string{"-m", "sh", "-c", mounted, "sh"}, args...)...)
}

// sentence demands exactly one line on standard error, in Japanese, that holds
// every word given: one clear sentence, no stack, no second line.
func sentence(ts *testscript.TestScript, neg bool, words []string) {
	text := ts.ReadFile("err")
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) != 1 || !strings.ContainsAny(text, "。") {
		ts.Fatalf("want one sentence, got %q", text)
	}
	for _, w := range words {
		if !strings.Contains(text, w) {
			ts.Fatalf("%q does not hold %q", text, w)
		}
	}
}

// schema writes the number of a database's schema: schema FILE N.
func schema(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: schema FILE N")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec("PRAGMA user_version = " + args[1])
	ts.Check(errors.Join(err, db.Close()))
}
