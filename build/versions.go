package main

import (
	"fmt"
	"strconv"
	"strings"
)

// The versions everything is built and tested with. go.mod says the same of
// Go, frontend/package.json of node and npm; a test compares them.
const (
	goVersion   = "1.26.8"
	nodeVersion = "20.20.2"
	npmVersion  = "11.19.1"
)

// The oldest versions that can do the work. Vite 8 asks for node ^20.19; npm 9
// reads the lock file and is what Debian's stable release brings.
const (
	oldestNode = "20.19.0"
	oldestNPM  = "9.2.0"
)

// The tools that are run straight from the module proxy, each exact.
const (
	staticcheck = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"
	winres      = "github.com/tc-hib/go-winres@v0.3.3"
)

// judge compares a tool's version with the pinned one. It gives a sentence
// when they differ and an error when the version is too old to work.
func judge(name, have, pinned, oldest string) (string, error) {
	have = strings.TrimPrefix(strings.TrimSpace(have), "v")
	order, err := compareVersions(have, oldest)
	if err != nil {
		return "", fmt.Errorf("reading the version of %s: %w", name, err)
	}
	if order < 0 {
		return "", fmt.Errorf("%w: %s is %s here, at least %s is needed; install %s", errVersion, name, have, oldest, pinned)
	}
	if have != pinned {
		return fmt.Sprintf("note: %s is %s here; the program is made and tested with %s", name, have, pinned), nil
	}
	return "", nil
}

// compareVersions orders two versions of three numbers: below zero when a is
// older than b. What follows a hyphen is left aside.
func compareVersions(a, b string) (int, error) {
	left, err := versionNumbers(a)
	if err != nil {
		return 0, err
	}
	right, err := versionNumbers(b)
	if err != nil {
		return 0, err
	}
	for i := range left {
		if left[i] != right[i] {
			return left[i] - right[i], nil
		}
	}
	return 0, nil
}

func versionNumbers(version string) ([3]int, error) {
	var numbers [3]int
	plain, _, _ := strings.Cut(version, "-")
	parts := strings.Split(plain, ".")
	if len(parts) != len(numbers) {
		return numbers, fmt.Errorf("%q is not a version of three numbers", version)
	}
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil {
			return numbers, fmt.Errorf("%q is not a version of three numbers", version)
		}
		numbers[i] = n
	}
	return numbers, nil
}

// checkGo says so when Go is another one than the tests were made with. An
// older one never gets here: go.mod makes the go command refuse or fetch.
func (s *site) checkGo() error {
	have, err := s.output(step{Command: []string{"go", "env", "GOVERSION"}})
	if err != nil {
		return fmt.Errorf("asking for the version of go: %w", err)
	}
	note, err := judge("go", strings.TrimPrefix(have, "go"), goVersion, goVersion)
	if note != "" {
		s.say("%s", note)
	}
	return err
}
