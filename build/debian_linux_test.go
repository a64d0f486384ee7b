package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A stage whose package cannot be had fails before its steps, and names the package.
func TestStageWithoutItsPackageFails(t *testing.T) {
	tests := map[string]struct {
		programs map[string]string // what stands in the path, as shell scripts
		says     string
	}{
		"no apt-get":                   {nil, "there is no apt-get"},
		"the lists cannot be read":     {map[string]string{"apt-get": "exit 100"}, "reading the package lists"},
		"it cannot be installed":       {map[string]string{"apt-get": `case "$*" in *update*) ;; *) exit 100 ;; esac`}, "apt-get install vsmartcard-vpcd"},
		"success, but it is not there": {map[string]string{"apt-get": "exit 0"}, "although apt-get reported success"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			for program, script := range test.programs {
				// Without root the program goes through sudo; here both are scripts.
				for file, text := range map[string]string{program: script, "sudo": `shift 2; exec "$@"`} {
					if err := os.WriteFile(filepath.Join(folder, file), []byte("#!/bin/sh\n"+text+"\n"), 0o755); err != nil {
						t.Fatal(err)
					}
				}
			}
			t.Setenv("PATH", folder)
			s, words := testSite(t)
			var done []string
			err := s.runStages([]stage{{Name: "real pcscd", Packages: []string{"vsmartcard-vpcd"}, Steps: []step{does(&done, "a", nil)}}})
			if !errors.Is(err, errPackages) || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), `"real pcscd" failed`) {
				t.Errorf("got %v", err)
			}
			if len(done) > 0 || !hasLine(words.String(), "real pcscd", "FAILED") {
				t.Errorf("steps %v ran; said\n%s", done, words)
			}
		})
	}
}
