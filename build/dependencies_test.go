package main

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// quoted matches what stands between backquotes in README.
var quoted = regexp.MustCompile("`([^`\n]+)`")

// Every direct dependency has a line in README that says why it is there, and
// README names none that has gone.
func TestDependenciesAreExplained(t *testing.T) {
	readme := readFile(t, "../README.md")
	var named []string
	for _, match := range quoted.FindAllStringSubmatch(readme, -1) {
		named = append(named, match[1])
	}
	used := directImports(t)
	for _, path := range used {
		if !slices.ContainsFunc(named, func(module string) bool { return within(path, module+"/") }) {
			t.Errorf("README does not say why %s is needed", path)
		}
	}
	for _, module := range named {
		if _, err := os.Stat("../" + module); err == nil {
			continue // a file of our own
		}
		isModule := strings.Contains(module, ".") && strings.Count(module, "/") > 0 && !strings.ContainsAny(module, " <*") &&
			!strings.HasPrefix(module, "frontend/") && !strings.HasPrefix(module, ".")
		if isModule && !slices.ContainsFunc(used, func(path string) bool { return within(path, module+"/") }) {
			t.Errorf("README explains %s, which nothing imports", module)
		}
	}
	var window struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal([]byte(readFile(t, "../frontend/package.json")), &window); err != nil {
		t.Fatal(err)
	}
	for _, list := range []map[string]string{window.Dependencies, window.DevDependencies} {
		for name := range list {
			if !slices.Contains(named, name) {
				t.Errorf("README does not say why %s is needed", name)
			}
		}
	}
}

// directImports lists the packages of others that own code imports, tests
// included, on either system.
func directImports(t *testing.T) []string {
	t.Helper()
	found := map[string]bool{}
	for _, goos := range []string{"linux", "windows"} {
		const form = `{{join .Imports "\n"}}{{"\n"}}{{join .TestImports "\n"}}{{"\n"}}{{join .XTestImports "\n"}}`
		cmd := exec.CommandContext(t.Context(), "go", "list", "-f", form, "./...")
		cmd.Dir, cmd.Stderr = "..", os.Stderr
		cmd.Env = append(os.Environ(), "GOOS="+goos)
		if goos == "windows" {
			cmd.Env = append(cmd.Env, "CGO_ENABLED=0")
		}
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range strings.Fields(string(out)) {
			if host, _, _ := strings.Cut(path, "/"); strings.Contains(host, ".") {
				found[path] = true
			}
		}
	}
	if len(found) < 5 {
		t.Fatalf("only %d imports found: README was not compared with the program", len(found))
	}
	return slices.Sorted(maps.Keys(found))
}
