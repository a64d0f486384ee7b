//go:build wine

// The Windows programs and the installer, run for real under wine. The test
// stage makes the release first and gives this command:
//
//	go test -count=1 -tags wine -run Wine ./build

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// released is the folder of "go run ./build release", from this package.
const released = "bin/release"

// A bottle is a Windows of its own: a wine prefix with nobody else's data.
type bottle struct {
	t      *testing.T
	prefix string
}

// newBottle makes a prefix with the library that Debian's wine lacks.
func newBottle(t *testing.T) *bottle {
	t.Helper()
	b := &bottle{t: t, prefix: t.TempDir()}
	t.Cleanup(func() { _ = b.unix("wineserver", "-k").Run() })
	// One server for the whole bottle: left to itself it ends when the last program
	// does, and a program that starts in that moment loses its connection.
	if err := b.unix("wineserver", "-p").Run(); err != nil {
		t.Fatalf("starting the server of the prefix: %v", err)
	}
	// Without pipes: the server that wine leaves running would keep them open.
	if err := b.unix("wine64", "wineboot", "-i").Run(); err != nil {
		t.Fatalf("making the prefix: %v", err)
	}
	library := b.path(`C:\windows\system32\bcryptprimitives.dll`)
	compile := exec.Command("x86_64-w64-mingw32-gcc", "-O2", "-s", "-shared", "-o", library, "windows/wine/bcryptprimitives.c", "-ladvapi32")
	if out, err := compile.CombinedOutput(); err != nil {
		t.Fatalf("compiling the library: %v\n%s", err, out)
	}
	return b
}

// unix prepares one of wine's own programs.
func (b *bottle) unix(name string, args ...string) *exec.Cmd {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	b.t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, "/usr/lib/wine/"+name, args...)
	cmd.Env = append(os.Environ(), "WINEPREFIX="+b.prefix, "WINEDEBUG=-all", "DISPLAY=", "WINEDLLOVERRIDES=bcryptprimitives=n")
	cmd.WaitDelay = time.Second
	return cmd
}

// path is where a Windows path of drive C lies.
func (b *bottle) path(windows string) string {
	rest := strings.TrimPrefix(windows, `C:\`)
	return filepath.Join(b.prefix, "drive_c", strings.ReplaceAll(rest, `\`, "/"))
}

// exists tells whether a file or folder of drive C is there.
func (b *bottle) exists(windows string) bool {
	_, err := os.Stat(b.path(windows))
	return err == nil
}

// put writes a file of drive C.
func (b *bottle) put(windows string, data []byte) {
	b.t.Helper()
	file := b.path(windows)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o755); err != nil {
		b.t.Fatal(err)
	}
}

// An answer is what a program said and the status it ended with.
type answer struct {
	status     int
	out, words string
}

// run runs a Windows program to its end.
func (b *bottle) run(input string, program string, args ...string) answer {
	b.t.Helper()
	cmd := b.unix("wine64", append([]string{program}, args...)...)
	var out, words bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &out, &words
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) && !errors.Is(err, exec.ErrWaitDelay) {
		b.t.Fatalf("%s %s: %v", program, strings.Join(args, " "), err)
	}
	return answer{cmd.ProcessState.ExitCode(), out.String(), words.String()}
}

// want runs a program and compares the status.
func (b *bottle) want(status int, program string, args ...string) answer {
	b.t.Helper()
	got := b.run("", program, args...)
	if got.status != status {
		b.t.Fatalf("%s %s: status %d, want %d\n%s%s", program, strings.Join(args, " "), got.status, status, got.out, got.words)
	}
	return got
}

// at makes a bottle for a subtest out of the same prefix.
func (b *bottle) at(t *testing.T) *bottle { return &bottle{t: t, prefix: b.prefix} }

// releasedFile reads a file of the release whose name ends so.
func releasedFile(t *testing.T, pattern string) []byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(released, pattern))
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files %s in build/%s: run go run ./build release first", len(files), pattern, released)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const (
	installed    = `C:\Program Files\Madoguchi\`
	programData  = `C:\ProgramData\Madoguchi\data\`
	setupProgram = `C:\配布 ソフト\madoguchi-setup.exe`
	uninstallKey = `HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\Madoguchi`
)

func TestWineInstaller(t *testing.T) {
	t.Parallel()
	b := newBottle(t)
	b.put(setupProgram, releasedFile(t, "*-setup.exe"))
	setup := b.path(setupProgram)
	t.Run("for everybody, without the runtime", func(t *testing.T) {
		b := b.at(t)
		b.want(3, setup, "/S", "/AllUsers")
		for _, file := range []string{"madoguchi.exe", "madoctl.exe", "LICENSE.txt", "THIRD-PARTY-LICENSES.txt", "administrators-guide-ja.txt", "uninstall.exe"} {
			if !b.exists(installed + file) {
				t.Errorf("%s was not installed", file)
			}
		}
		if !b.exists(programData) {
			t.Error("the data folder was not made")
		}
	})
	b.put(programData+"history.db", []byte("cases"))
	t.Run("upgrade, with the runtime beside the installer", func(t *testing.T) {
		b := b.at(t)
		runtime := b.path(`C:\配布 ソフト\MicrosoftEdgeWebView2RuntimeInstallerX64.exe`)
		build := exec.Command("go", "build", "-o", runtime, "./testdata/runtime")
		build.Env = append(os.Environ(), "GOOS=windows", "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		b.want(0, setup, "/S", "/AllUsers")
		b.wantCases(t)
	})
	t.Run("an older version is refused", func(t *testing.T) {
		b := b.at(t)
		b.put(installed+"madoguchi.exe", []byte("newer"))
		b.want(0, "reg", "add", uninstallKey, "/v", "DisplayVersion", "/d", "99.0.0", "/f")
		b.want(2, setup, "/S", "/AllUsers")
		if readFile(t, b.path(installed+"madoguchi.exe")) != "newer" {
			t.Error("the newer program was replaced")
		}
	})
	t.Run("removed, the data stays", func(t *testing.T) {
		b := b.at(t)
		b.put(installed+"notes.txt", []byte("not ours"))
		b.want(0, installed+"uninstall.exe", "/S", "/AllUsers", `_?=`+strings.TrimSuffix(installed, `\`))
		if b.exists(installed+"madoguchi.exe") || b.exists(installed+"madoctl.exe") {
			t.Error("the programs are still there")
		}
		if !b.exists(installed + "notes.txt") {
			t.Error("a file that was not installed was removed")
		}
		b.wantCases(t)
		b.want(1, "reg", "query", uninstallKey)
	})
	t.Run("removed with the data, when asked", func(t *testing.T) {
		b := b.at(t)
		b.want(0, setup, "/S", "/AllUsers")
		b.want(0, installed+"uninstall.exe", "/S", "/AllUsers", "/PURGEDATA", `_?=`+strings.TrimSuffix(installed, `\`))
		if b.exists(programData) {
			t.Error("the data is still there")
		}
	})
	t.Run("for one user, in a folder of choice", func(t *testing.T) {
		b := b.at(t)
		b.want(0, setup, "/S", "/CurrentUser", `/D=C:\個人用\窓口`)
		if !b.exists(`C:\個人用\窓口\madoguchi.exe`) {
			t.Error("not installed in the named folder")
		}
		b.want(0, "reg", "query", strings.Replace(uninstallKey, "HKLM", "HKCU", 1))
	})
}

// wantCases looks whether the installer left the cases alone.
func (b *bottle) wantCases(t *testing.T) {
	t.Helper()
	if got := readFile(t, b.path(programData+"history.db")); got != "cases" {
		t.Errorf("the history is %q", got)
	}
}
