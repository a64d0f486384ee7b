package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

const (
	frontendDir = "frontend"
	lockFile    = "frontend/package-lock.json"
	nodeModules = "frontend/node_modules"
)

// noBrowser keeps npm from fetching browsers: the tests use Debian's Chromium.
var noBrowser = []string{"PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1", "npm_config_fund=false", "npm_config_audit=false"}

// npm is a step that runs npm in the frontend's folder.
func npm(args ...string) step {
	return step{Command: append([]string{"npm"}, args...), Dir: frontendDir, Env: noBrowser}
}

// installNodePackages brings frontend/node_modules to what the lock file says,
// with "npm ci". It does nothing when they were installed from the same file.
func (s *site) installNodePackages() error {
	if err := s.checkNode(); err != nil {
		return err
	}
	lock, err := os.ReadFile(s.path(lockFile))
	if err != nil {
		return fmt.Errorf("reading the list of npm packages: %w", err)
	}
	sum := sha256.Sum256(lock)
	want := hex.EncodeToString(sum[:])
	stamp := s.path(nodeModules + "/.installed-from")
	if have, err := os.ReadFile(stamp); err == nil && string(have) == want {
		return nil
	}
	s.say("installing npm packages")
	if err := s.execute(npm("ci", "--no-progress")); err != nil {
		return fmt.Errorf("installing npm packages: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(stamp), 0o755); err != nil {
		return fmt.Errorf("noting the installed npm packages: %w", err)
	}
	if err := os.WriteFile(stamp, []byte(want), 0o644); err != nil {
		return fmt.Errorf("noting the installed npm packages: %w", err)
	}
	return nil
}

// checkNode refuses a Node that the frontend's tools cannot run on, and says
// so when it is another one than the tests were made with.
func (s *site) checkNode() error {
	for _, tool := range []struct{ name, pinned, oldest string }{
		{"node", nodeVersion, oldestNode},
		{"npm", npmVersion, oldestNPM},
	} {
		have, err := s.output(step{Command: []string{tool.name, "--version"}})
		if err != nil {
			return fmt.Errorf("asking for the version of %s (install Node %s): %w", tool.name, nodeVersion, err)
		}
		note, err := judge(tool.name, have, tool.pinned, tool.oldest)
		if err != nil {
			return err
		}
		if note != "" {
			s.say("%s", note)
		}
	}
	return nil
}

// errVersion is wrapped when a tool is too old to do the work.
var errVersion = errors.New("a tool is too old")
