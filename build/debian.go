package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// errPackages is wrapped when Debian packages are needed and cannot be had.
var errPackages = errors.New("packages of Debian are missing")

// installPackages installs those of the named Debian packages that are not
// there yet. Where there is no apt-get, the error names what is missing.
func (s *site) installPackages(names []string) error {
	if runtime.GOOS != "linux" || len(names) == 0 {
		return nil
	}
	missing := missingPackages(s.ctx, names)
	if len(missing) == 0 {
		return nil
	}
	list := strings.Join(missing, " ")
	if _, err := exec.LookPath("apt-get"); err != nil {
		return fmt.Errorf("%w, and there is no apt-get to install them with: %s", errPackages, list)
	}
	s.say("installing %s", list)
	if !s.updated {
		if err := s.apt("update", "-q"); err != nil {
			return fmt.Errorf("%w (%s): reading the package lists: %w", errPackages, list, err)
		}
		s.updated = true
	}
	install := append([]string{"install", "-y", "-q", "--no-install-recommends"}, missing...)
	if err := s.apt(install...); err != nil {
		return fmt.Errorf("%w: as root, run: apt-get install %s: %w", errPackages, list, err)
	}
	if still := missingPackages(s.ctx, missing); len(still) > 0 {
		return fmt.Errorf("%w although apt-get reported success: %s", errPackages, strings.Join(still, " "))
	}
	return nil
}

// apt runs apt-get without questions, through sudo where the user is not root.
// It waits while another program holds the package database. The words of
// apt-get are shown only when it fails.
func (s *site) apt(args ...string) error {
	line := append([]string{"apt-get", "-o", "DPkg::Lock::Timeout=600"}, args...)
	if os.Geteuid() != 0 {
		line = append([]string{"sudo", "-n", "DEBIAN_FRONTEND=noninteractive"}, line...)
	}
	words, err := s.output(step{Command: line, Env: []string{"DEBIAN_FRONTEND=noninteractive"}})
	if err != nil {
		s.say("%s", strings.TrimSpace(words))
	}
	return err
}

// missingPackages asks dpkg which of the packages are not installed. Without
// dpkg all of them count as missing.
func missingPackages(ctx context.Context, names []string) []string {
	query := append([]string{"-W", "-f", "${Package} ${db:Status-Status}\n"}, names...)
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, "dpkg-query", query...)
	cmd.Stdout = &out
	// dpkg-query fails when it does not know one of the packages; the answer
	// for the others is still printed, and that is all that is read.
	_ = cmd.Run()
	return notInstalled(names, out.String())
}

// notInstalled reads lines of "package status" and returns the names that no
// line calls installed, in their order.
func notInstalled(names []string, answer string) []string {
	installed := map[string]bool{}
	for line := range strings.Lines(answer) {
		if name, ok := strings.CutSuffix(strings.TrimSpace(line), " installed"); ok {
			installed[name] = true
		}
	}
	var missing []string
	for _, name := range names {
		if !installed[name] {
			missing = append(missing, name)
		}
	}
	return missing
}
