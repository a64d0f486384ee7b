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
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// released is the folder of "go run ./build release", from this package.
const released = "bin/release"

// A bottle is a Windows of its own: a wine prefix with nobody else's data.
type bottle struct {
	t       *testing.T
	prefix  string
	display string // as DISPLAY takes it
}

// newBottle makes a prefix with the library that Debian's wine lacks.
func newBottle(t *testing.T) *bottle {
	t.Helper()
	screen, err := openDisplay(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(screen.close)
	b := &bottle{t: t, prefix: t.TempDir(), display: screen.name}
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
	b.keepDesktop()
	library := b.path(`C:\windows\system32\bcryptprimitives.dll`)
	compile := exec.Command("x86_64-w64-mingw32-gcc", "-O2", "-s", "-shared", "-o", library, "windows/wine/bcryptprimitives.c", "-ladvapi32")
	if out, err := compile.CombinedOutput(); err != nil {
		t.Fatalf("compiling the library: %v\n%s", err, out)
	}
	return b
}

// keepDesktop opens a window that stays: wine makes a desktop for the first one, which
// takes ten seconds each time that there was none.
func (b *bottle) keepDesktop() {
	window := b.unix("wine64", "notepad")
	if err := window.Start(); err != nil {
		b.t.Fatalf("opening a window: %v", err)
	}
	b.t.Cleanup(func() {
		_ = window.Process.Kill() // nothing is in it
		_ = window.Wait()
	})
}

// unix prepares one of wine's own programs.
func (b *bottle) unix(name string, args ...string) *exec.Cmd {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	b.t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, "/usr/lib/wine/"+name, args...)
	cmd.Env = append(os.Environ(), "WINEPREFIX="+b.prefix, "WINEDEBUG=-all", "DISPLAY="+b.display, "WINEDLLOVERRIDES=bcryptprimitives=n;icacls.exe=n,b",
		"LC_ALL=C.UTF-8") // wine opens no file with a Japanese name in the locale of a bare machine
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
func (b *bottle) at(t *testing.T) *bottle { return &bottle{t: t, prefix: b.prefix, display: b.display} }

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

// standIns is the program that stands for others (testdata/standin), built once.
var standIns = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "madoguchi-standin-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	build := exec.Command("go", "build", "-trimpath", "-o", dir+"/standin.exe", "./testdata/standin")
	build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	return os.ReadFile(dir + "/standin.exe")
})

// standIn puts the program in the place of another.
func (b *bottle) standIn(windows string) {
	b.t.Helper()
	program, err := standIns()
	if err != nil {
		b.t.Fatalf("building the stand-in: %v", err)
	}
	b.put(windows, program)
}

const (
	installed    = `C:\Program Files\Madoguchi\`
	programData  = `C:\ProgramData\Madoguchi\data\`
	setupProgram = `C:\配布 ソフト\madoguchi-setup.exe`
	uninstallKey = `HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\Madoguchi`
)

// An office installs, works, upgrades, removes and installs again, with the
// installed console program; what it kept is there each time.
func TestWineInstaller(t *testing.T) {
	t.Parallel()
	b := newBottle(t)
	b.put(setupProgram, releasedFile(t, "*-setup.exe"))
	b.put(caseFile, aCase(t))
	setup := b.path(setupProgram)
	t.Run("for everybody, without the runtime, data for a group", func(t *testing.T) {
		b := b.at(t)
		b.standIn(`C:\windows\system32\icacls.exe`)
		b.want(3, setup, "/S", "/AllUsers", `/DATAGROUP=CITY\窓口担当`)
		for _, file := range []string{"madoguchi.exe", "madoctl.exe", "LICENSE.txt", "THIRD-PARTY-LICENSES.txt", "administrators-guide-ja.txt", "uninstall.exe"} {
			if !b.exists(installed + file) {
				t.Errorf("%s was not installed", file)
			}
		}
		if !b.exists(programData) {
			t.Error("the data folder was not made")
		}
		b.wantLimited(t)
	})
	b.storeInstalled(t)
	t.Run("upgrade, with the runtime beside the installer", func(t *testing.T) {
		b := b.at(t)
		b.standIn(`C:\配布 ソフト\MicrosoftEdgeWebView2RuntimeInstallerX64.exe`)
		b.want(0, setup, "/S", "/AllUsers")
		b.wantCases(t, installed+"madoctl.exe")
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
	t.Run("nothing is done while the program is open", func(t *testing.T) {
		b := b.at(t)
		b.want(0, "reg", "add", uninstallKey, "/v", "DisplayVersion", "/d", "0.0.1", "/f")
		b.standIn(installed + "madoguchi.exe")
		b.whileOpen(installed+"madoguchi.exe", func() {
			b.want(2, setup, "/S", "/AllUsers")
			b.uninstall(2, "/S /AllUsers")
		})
		if !b.exists(installed+"madoguchi.exe") || !b.exists(installed+"madoctl.exe") {
			t.Error("something was removed")
		}
		b.want(0, setup, "/S", "/AllUsers")
	})
	t.Run("removed, the data stays", func(t *testing.T) {
		b := b.at(t)
		b.put(installed+"notes.txt", []byte("not ours"))
		b.uninstall(0, "/S /AllUsers")
		if b.exists(installed+"madoguchi.exe") || b.exists(installed+"madoctl.exe") {
			t.Error("the programs are still there")
		}
		if !b.exists(installed + "notes.txt") {
			t.Error("a file that was not installed was removed")
		}
		b.want(1, "reg", "query", uninstallKey)
		b.put(madoctl, releasedFile(t, "files/madoctl.exe"))
		b.wantCases(t, madoctl)
	})
	t.Run("removed with the data, when asked", func(t *testing.T) {
		b := b.at(t)
		b.want(0, setup, "/S", "/AllUsers")
		b.wantCases(t, installed+"madoctl.exe")
		b.uninstall(0, "/S /AllUsers /PURGEDATA")
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
		b.storeInstalled(t, `C:\個人用\窓口\madoctl.exe`)
		b.want(0, `C:\個人用\窓口\uninstall.exe`, "/S", "/CurrentUser", `_?=C:\個人用\窓口`)
		if b.exists(`C:\個人用\窓口\madoctl.exe`) || !b.exists(programData+"history.db") {
			t.Error("removed for one user: the program stays or the data went")
		}
		b.want(0, setup, "/S", "/CurrentUser", `/D=C:\個人用\窓口`)
		b.want(0, `C:\個人用\窓口\uninstall.exe`, "/S", "/CurrentUser", "/PURGEDATA", `_?=C:\個人用\窓口`)
		if b.exists(programData) {
			t.Error("removed for one user with the data: it is still there")
		}
	})
}

// uninstall removes the program and compares the status, from a batch file as the
// guide has it: "_?=" makes the uninstaller stay until it is done, and takes the
// rest of the line as it stands, without quotes.
func (b *bottle) uninstall(status int, options string) {
	b.t.Helper()
	folder := strings.TrimSuffix(installed, `\`)
	b.put(`C:\配布 ソフト\remove.cmd`, []byte("@\""+folder+"\\uninstall.exe\" "+options+" _?="+folder+"\r\n@exit %errorlevel%\r\n"))
	b.want(status, "cmd", "/c", `C:\配布 ソフト\remove.cmd`)
}

// whileOpen does something while a program is open, that is until its input ends.
func (b *bottle) whileOpen(program string, do func()) {
	b.t.Helper()
	cmd := b.unix("wine64", program)
	in, err := cmd.StdinPipe()
	if err != nil {
		b.t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 4)); err != nil {
		b.t.Errorf("%s does not open: %v", program, err)
	}
	do()
	if err := in.Close(); err != nil {
		b.t.Error(err)
	}
	if err := cmd.Wait(); err != nil && !errors.Is(err, exec.ErrWaitDelay) {
		b.t.Error(err)
	}
}

// wantLimited looks how the installer had the data folder's permissions set.
func (b *bottle) wantLimited(t *testing.T) {
	t.Helper()
	got := strings.Split(readFile(t, b.path(`C:\icacls.txt`)), "\n")
	want := []string{`C:\ProgramData\Madoguchi`, "/inheritance:r", "/grant:r",
		"*S-1-5-18:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F", `CITY\窓口担当:(OI)(CI)M`}
	if !slices.Equal(got, want) {
		t.Errorf("icacls was called with %q, want %q", got, want)
	}
}

// storeInstalled keeps a case with the installed program, in its usual data folder.
func (b *bottle) storeInstalled(t *testing.T, program ...string) {
	t.Helper()
	program = append(program, installed+"madoctl.exe")
	if got := b.at(t).want(0, program[0], "cases", "add", "--case", caseFile); !strings.Contains(got.out, "caseNumber") {
		t.Errorf("got %q", got.out)
	}
	if !b.exists(programData + "history.db") {
		t.Error("the history is not where the guide says")
	}
}

// wantCases looks whether the installer left the case alone.
func (b *bottle) wantCases(t *testing.T, program string) {
	t.Helper()
	if got := b.at(t).want(0, program, "cases", "verify").out; !strings.Contains(got, `"ok": true`) || !strings.Contains(got, `"cases": 1`) {
		t.Errorf("the history: %s", got)
	}
}
