package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
)

// linuxTags are the build tags of every Go command on Linux, so that all
// stages share one build cache: Wails' window uses WebKitGTK 4.1.
const linuxTags = "webkit2_41"

// developmentProgram is the program the end-to-end tests start; its window can
// be reached by a browser. It is never shipped.
const developmentProgram = "build/cache/madoguchi-dev"

// windowFont has the letters of the window: Debian by itself has none for Japanese.
const windowFont = "fonts-noto-cjk"

// The Debian packages, by what asks for them.
var (
	cgoPackages     = []string{"gcc", "libc6-dev", "pkg-config", "libpcsclite-dev"}
	windowPackages  = append([]string{"libgtk-3-dev", "libwebkit2gtk-4.1-dev"}, cgoPackages...)
	readerPackages  = append([]string{"pcscd", "vsmartcard-vpcd", "opensc"}, cgoPackages...)
	displayPackages = append([]string{"xvfb", "dbus-daemon", windowFont}, windowPackages...)
	desktopPackages = append([]string{"xdotool", "openbox"}, displayPackages...)
	browserPackages = append([]string{"chromium-headless-shell", "xauth", "poppler-utils"}, displayPackages...)
	onLinux         = []string{"linux"}
)

// testStages are the checks in their order: what is quick and often wrong
// comes first.
func testStages() []stage {
	return []stage{
		{
			Name:  "format",
			About: "every Go file is as gofmt writes it",
			Steps: []step{{Title: "gofmt -l", Check: checkFormat}},
		}, {
			Name:     "vet",
			About:    "what go vet finds suspicious, for both systems",
			Packages: windowPackages,
			Steps:    []step{goTool("vet", "./..."), forWindows(goTool("vet", "-trimpath", "./..."))},
		}, {
			Name:     "lint",
			About:    staticcheck,
			Packages: windowPackages,
			Steps:    []step{goTool("run", staticcheck, "-tags", linuxTags, "./...")},
		}, {
			Name:     "generated bindings",
			About:    bindingsDir + " is what the Go code gives",
			Packages: windowPackages,
			Only:     onLinux,
			Steps:    []step{{Title: "write the bindings and compare", Check: checkBindings}},
		}, {
			Name:     "unit tests",
			About:    "all Go tests, with the race detector (on Windows without it, and without app/forms, which is read back with Debian's programs)",
			Packages: append([]string{"poppler-utils", "qpdf", "cups-client", "cups-daemon", "fonts-ipamj-mincho", "fonts-ipafont-mincho", "util-linux", "gnome-keyring", "dbus-daemon"}, windowPackages...),
			// Four packages at once: many of their tests wait for a disk or another program.
			Steps: append(unitTests(runtime.GOOS), step{Title: "the keyring tests, with a keyring", Check: keyringTest}),
		}, {
			Name:   "frontend checks",
			About:  "types, style and unit tests of the window",
			Node:   true,
			Yields: true,
			Steps:  []step{npm("run", "check"), npm("run", "lint"), npm("run", "test")},
		}, {
			Name:     "real pcscd",
			About:    "the reader against a PC/SC daemon with a virtual reader; OpenSC reads the same card",
			Beside:   true, // it waits for the daemon, mostly
			Packages: readerPackages,
			Only:     onLinux,
			Steps: []step{{
				Command: []string{"go", "test", "-tags", linuxTags, "-race", "-count=1", "-run", "^TestPCSCD$", "./reader"},
				Env:     []string{"MADOGUCHI_PCSCD=1"},
			}},
		}, {
			Name:     "real window",
			About:    "the desktop program on a virtual display, worked by keys",
			Packages: desktopPackages,
			Node:     true,
			Beside:   true, // it waits for the window, mostly
			Yields:   true,
			Only:     onLinux,
			Steps: []step{
				npm("run", "build"),
				desktopBuild(executable(binDir + "/madoguchi")),
				{Command: []string{"go", "test", "-count=1", "-tags", "window", "-run", "^TestWindow$", "./build"}},
			},
		}, {
			Name:     "end-to-end tests",
			About:    "the real window code and the real program, in Chromium",
			Packages: browserPackages,
			Node:     true,
			Only:     onLinux,
			Steps:    []step{npm("run", "build"), developmentBuild(), npm("run", "e2e")},
		},
	}
}

// windowsStages build the Windows files and run them, while they are built again.
func windowsStages(r *release) []stage {
	r.again = true
	stages := r.stages()
	stages[len(stages)-1].Beside, stages[len(stages)-1].Yields = true, true
	return slices.Insert(stages, len(stages)-1, stage{
		Name:     "windows programs under wine",
		About:    "installer and console program, run for real",
		Packages: []string{"wine64", "gcc-mingw-w64-x86-64", "xvfb", "poppler-utils", "util-linux"},
		Only:     onLinux,
		Steps:    []step{{Command: []string{"unshare", "-m", "go", "test", "-count=1", "-parallel=3", "-tags", "wine", "-run", "^TestWine", "./build"}}},
	})
}

// unitTests are the steps of all Go tests. The race detector needs a C compiler,
// which a Windows PC with Go and Node alone does not have, and the forms are read
// back with programs of Debian: there, the tests run without the one, and without
// the package that needs the other.
func unitTests(goos string) []step {
	if goos == "windows" {
		return []step{{Title: "go test, without the race detector and without " + formsPackage, Check: testWithoutDebian}}
	}
	raced := goTool("test", append(uninstrumented(), "-race", "-count=1", "-p=4", "./...")...)
	raced.Env = []string{"GOGC=400"} // the detector makes collecting dear
	thorough := "^(" + strings.Join(thoroughTests, "|") + ")$"
	return []step{raced, goTool("test", append([]string{"-count=1", "-run", thorough}, thoroughPackages...)...)}
}

// uninstrumented are the flags that leave libraries out of what the race detector
// watches: they calculate on memory of their own, and watched they would take most
// of the time of the tests.
func uninstrumented() []string {
	var flags []string
	for _, library := range []string{
		"modernc.org/...", "golang.org/x/crypto/...", "golang.org/x/image/...", "github.com/jung-kurt/gofpdf/...",
		"github.com/go-text/...", "github.com/makiuchi-d/gozxing/...", "image/...", "compress/...",
	} {
		flags = append(flags, "-gcflags="+library+"=-race=false")
	}
	return flags
}

// thoroughTests try everything, one after the other, or start programs of their
// own: they leave themselves out under the race detector and are run without it.
var (
	thoroughPackages = []string{"./app", "./app/history", "./app/madoctl", "./rules"}
	thoroughTests    = []string{
		"TestARoleChangesOnlyItsSettings", "TestAnsweringInOrderReachesThePlan", "TestBoundMethodsWithstandAnyArgument", "TestCtrlCEndsTheWaitForTheTerminal",
		"TestEveryMutantIsReported", "TestEveryMutantOfAListIsReported", "TestEveryPairOfMatters", "TestEverySituationHasOneRow",
		"TestExercisesCanBePlayed", "TestKilledAtAnyMomentNothingAcknowledgedIsLost", "TestNoQuestionWithoutEffect",
		"TestOddSituations", "TestPartialBirthDates", "TestScripts", "TestTheDeskLeadsToFullScore",
	}
)

// formsPackage is the package whose tests need Debian's programs.
const formsPackage = "madoguchi/app/forms"

// testWithoutDebian tests every package but the one.
func testWithoutDebian(s *site) error {
	list, err := s.output(goTool("list", "./..."))
	if err != nil {
		return fmt.Errorf("listing the packages: %w", err)
	}
	packages := slices.DeleteFunc(strings.Fields(list), func(name string) bool { return name == formsPackage })
	s.say("not tested here: %s", formsPackage)
	return s.execute(goTool("test", append([]string{"-count=1"}, packages...)...))
}

// keyringTest tests the key store against a real keyring, in a session and in a
// folder of its own: the keyring of whoever runs it is not touched.
func keyringTest(s *site) error {
	if runtime.GOOS != "linux" {
		s.say("the keyring is Linux's: run on Linux")
		return nil
	}
	dir, err := os.MkdirTemp("", "madoguchi-keyring-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	const unlock = "echo -n x | gnome-keyring-daemon --unlock --components=secrets >/dev/null && "
	test := "exec go test -tags " + linuxTags + " " + strings.Join(uninstrumented(), " ") + " -race -count=1 -run Keyring ./app/history"
	return s.execute(step{
		Command: []string{"dbus-run-session", "--", "sh", "-c", unlock + test},
		Env:     []string{"MADOGUCHI_TEST_KEYRING=1", "XDG_RUNTIME_DIR=" + dir, "XDG_DATA_HOME=" + dir},
	})
}

// goTool is a step that runs a go command with the tags all stages share.
func goTool(verb string, args ...string) step {
	if verb == "run" {
		return step{Command: append([]string{"go", verb}, args...)}
	}
	return step{Command: append([]string{"go", verb, "-tags", linuxTags}, args...)}
}

// forWindows makes the step work on the Windows form of the program.
func forWindows(p step) step {
	p.Env = append(slices.Clone(p.Env), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	return p
}

// testCommand runs the checks, or lists them.
func testCommand(s *site, args []string) error {
	flags := flag.NewFlagSet("test", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	list := flags.Bool("list", false, "")
	var only []string
	flags.Func("stage", "", func(name string) error { only = append(only, name); return nil })
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("%w: %q", errUsage, flags.Arg(0))
	}
	r, err := s.newRelease()
	if err != nil {
		return err
	}
	stages, err := chooseStages(append(testStages(), windowsStages(r)...), only)
	if err != nil {
		return err
	}
	if *list {
		s.listStages(stages)
		return nil
	}
	if err := s.checkGo(); err != nil {
		return err
	}
	return s.runStages(stages)
}

// chooseStages keeps the named stages, in their own order; all of them when
// none is named.
func chooseStages(all []stage, names []string) ([]stage, error) {
	if len(names) == 0 {
		return all, nil
	}
	var chosen []stage
	for _, st := range all {
		if slices.Contains(names, st.Name) {
			chosen = append(chosen, st)
		}
	}
	if len(chosen) != len(names) {
		var known []string
		for _, st := range all {
			known = append(known, st.Name)
		}
		return nil, fmt.Errorf("%w: the stages are %s", errUsage, strings.Join(known, ", "))
	}
	return chosen, nil
}

// listStages prints what each stage does, needs and runs on.
func (s *site) listStages(stages []stage) {
	for i, st := range stages {
		s.say("%d. %s: %s", i+1, st.Name, st.About)
		if len(st.Only) > 0 {
			s.say("   only on: %s", strings.Join(st.Only, " "))
		}
		if len(st.Packages) > 0 {
			s.say("   packages: %s", strings.Join(st.Packages, " "))
		}
		if st.Beside {
			s.say("   at the same time as %d", i)
		}
		for _, p := range st.Steps {
			s.say("   $ %s", p)
		}
	}
}
