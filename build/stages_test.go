package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestStagesAreComplete(t *testing.T) {
	names := map[string]bool{}
	for _, st := range append(testStages(), windowsStages(&release{})...) {
		if st.Name == "" || st.About == "" || len(st.Steps) == 0 {
			t.Errorf("stage %+v says too little", st)
		}
		if names[st.Name] {
			t.Errorf("two stages are called %q", st.Name)
		}
		names[st.Name] = true
		for _, p := range st.Steps {
			if (p.Check == nil) == (len(p.Command) == 0) || p.String() == "" {
				t.Errorf("stage %q: a step is a command or a named check, one of both: %+v", st.Name, p)
			}
			if len(p.Command) > 0 && p.Command[0] == "npm" && !st.Node {
				t.Errorf("stage %q runs npm and does not say so", st.Name)
			}
		}
	}
}

func TestChooseStages(t *testing.T) {
	all := []stage{{Name: "one"}, {Name: "two"}, {Name: "three"}}
	got, err := chooseStages(all, []string{"three", "one"})
	if err != nil || len(got) != 2 || got[0].Name != "one" || got[1].Name != "three" {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := chooseStages(all, []string{"four"}); !errors.Is(err, errUsage) {
		t.Errorf("unknown stage: got %v, want %v", err, errUsage)
	}
}

func TestNotInstalled(t *testing.T) {
	answer := "gcc installed\npcscd not-installed\nxvfb config-files\n"
	got := notInstalled([]string{"gcc", "pcscd", "xvfb", "opensc"}, answer)
	if want := []string{"pcscd", "xvfb", "opensc"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestJudge(t *testing.T) {
	tests := []struct {
		name, have string
		note       bool
		old        bool
		bad        bool
	}{
		{name: "the pinned one", have: "v20.20.2\n"},
		{name: "another patch", have: "v20.19.2", note: true},
		{name: "a newer one", have: "v24.1.0", note: true},
		{name: "a pre-release", have: "v22.0.0-nightly", note: true},
		{name: "too old", have: "v18.20.4", old: true},
		{name: "not a version", have: "twenty", bad: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			note, err := judge("node", test.have, "20.20.2", "20.19.0")
			if (note != "") != test.note || errors.Is(err, errVersion) != test.old || (err != nil) != (test.old || test.bad) {
				t.Errorf("got %q, %v", note, err)
			}
		})
	}
}

// The versions stand in three places; here they are held together.
func TestVersionsAgree(t *testing.T) {
	mod := readFile(t, "../go.mod")
	if got := regexp.MustCompile(`(?m)^go (\S+)$`).FindStringSubmatch(mod); got == nil || got[1] != goVersion {
		t.Errorf("go.mod says %v, the build program %s", got, goVersion)
	}
	var window struct {
		Engines        map[string]string `json:"engines"`
		PackageManager string            `json:"packageManager"`
	}
	if err := json.Unmarshal([]byte(readFile(t, "../frontend/package.json")), &window); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"node": nodeVersion, "npm": npmVersion}
	if !maps.Equal(window.Engines, want) {
		t.Errorf("engines in package.json: got %v, want %v", window.Engines, want)
	}
	if got, want := window.PackageManager, "npm@"+npmVersion; got != want {
		t.Errorf("packageManager in package.json: got %q, want %q", got, want)
	}
}

// A range in package.json would let two machines build two programs.
func TestNpmVersionsAreExact(t *testing.T) {
	var window struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal([]byte(readFile(t, "../frontend/package.json")), &window); err != nil {
		t.Fatal(err)
	}
	if len(window.DevDependencies) == 0 {
		t.Fatal("package.json names no package: nothing was checked")
	}
	exact := regexp.MustCompile(`^\d+\.\d+\.\d+$`)
	for _, list := range []map[string]string{window.Dependencies, window.DevDependencies} {
		for name, version := range list {
			if !exact.MatchString(version) {
				t.Errorf("%s: %q is not one version", name, version)
			}
		}
	}
}

// The version a clerk reads, the one in the Windows files and the one kept with
// every case are one.
func TestProgramVersionsAgree(t *testing.T) {
	s := &site{root: ".."}
	want, err := s.version()
	if err != nil {
		t.Fatal(err)
	}
	for file, words := range map[string]string{
		"../app/counter/counter.go": `const Version = "` + want + `"`,
		"../frontend/package.json":  `"version": "` + want + `"`,
	} {
		if !strings.Contains(readFile(t, file), words) {
			t.Errorf("%s does not say %s", file, words)
		}
	}
	if !regexp.MustCompile(`(?m)^## ` + regexp.QuoteMeta(want) + `\b`).MatchString(readFile(t, "../CHANGELOG.md")) {
		t.Errorf("CHANGELOG.md has no heading for %s", want)
	}
}

func TestCIRunsTheTestCommandOnly(t *testing.T) {
	var lines []string
	for line := range strings.Lines(readFile(t, "../.ci/run")) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	want := []string{`cd "$(dirname "$0")/.."`, "exec go run ./build test"}
	if !slices.Equal(lines, want) {
		t.Errorf("got %q, want %q", lines, want)
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// On Windows the stages run that need nothing of Debian; the others are listed.
func TestStagesOnWindows(t *testing.T) {
	var run, listed []string
	for _, st := range append(testStages(), windowsStages(&release{})...) {
		if st.runsOn("windows") {
			run = append(run, st.Name)
		} else {
			listed = append(listed, st.Name)
		}
	}
	for _, name := range []string{"format", "vet", "lint", "unit tests", "frontend checks", "windows cross-build"} {
		if !slices.Contains(run, name) {
			t.Errorf("%s does not run on Windows: %v", name, run)
		}
	}
	for _, name := range []string{"real pcscd", "real window", "end-to-end tests", "release", "windows programs under wine", "release again"} {
		if !slices.Contains(listed, name) {
			t.Errorf("%s cannot run on Windows and is not only listed: %v", name, listed)
		}
	}
	if p := unitTests("windows")[0]; p.Check == nil || strings.Contains(p.String(), "-race") {
		t.Errorf("the unit tests on Windows: %s", p)
	}
	if p := unitTests("linux")[0]; !slices.Contains(p.Command, "-race") || !slices.Contains(p.Command, "./...") {
		t.Errorf("the unit tests on Linux: %s", p)
	}
}

// TestThoroughTestsAreRun: a test that leaves itself out under the race detector is
// run without it, and what is run without it is such a test.
func TestThoroughTestsAreRun(t *testing.T) {
	leavesOut := regexp.MustCompile(`func (Test\w+)\(t \*testing\.T\) \{\n\twithoutRaces\(t\)`)
	listed := slices.Clone(thoroughTests)
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		folder := "./" + strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../")
		for _, found := range leavesOut.FindAllSubmatch(data, -1) {
			at := slices.Index(listed, string(found[1]))
			if at < 0 || !slices.Contains(thoroughPackages, folder) {
				t.Errorf("%s of %s is run neither with nor without the race detector", found[1], folder)
				continue
			}
			listed = slices.Delete(listed, at, at+1)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(listed) > 0 {
		t.Errorf("%v do not leave themselves out", listed)
	}
}
