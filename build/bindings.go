package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// bindingsDir holds the TypeScript that Wails writes for the bound methods.
const bindingsDir = "frontend/wailsjs"

// checkBindings writes the bindings anew and fails when that changes a file.
// The new files stay, to be looked at and committed.
func checkBindings(s *site) error {
	before, err := snapshot(s.path(bindingsDir))
	if err != nil {
		return fmt.Errorf("reading the bindings: %w", err)
	}
	write := step{Command: []string{"go", "run", "-tags", "bindings," + linuxTags, "."}}
	s.say("$ %s", write)
	if _, err := s.output(write); err != nil {
		return err
	}
	after, err := snapshot(s.path(bindingsDir))
	if err != nil {
		return fmt.Errorf("reading the bindings: %w", err)
	}
	if len(after) == 0 {
		return fmt.Errorf("no bindings were written to %s", bindingsDir)
	}
	if changed := changedFiles(before, after); len(changed) > 0 {
		return fmt.Errorf("the bindings in %s are not those of the Go code; they have been written anew, commit them: %s",
			bindingsDir, strings.Join(changed, ", "))
	}
	return nil
}

// changedFiles names the files that are not the same in both, in order.
func changedFiles(before, after map[string]string) []string {
	changed := map[string]bool{}
	for name, text := range after {
		if old, ok := before[name]; !ok || old != text {
			changed[name] = true
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			changed[name] = true
		}
	}
	return slices.Sorted(maps.Keys(changed))
}

// sortedNames are the names of files, in order.
func sortedNames(files map[string]string) []string {
	return slices.Sorted(maps.Keys(files))
}
