package main

import (
	"slices"
	"strings"
)

// A stage is one named part of a job. Its packages are installed before its
// steps run; the first step that fails fails the stage.
type stage struct {
	Name     string   // what the summary and a failure call it
	About    string   // one line for people
	Packages []string // Debian packages the steps need
	Node     bool     // the steps need the packages of frontend/package-lock.json
	Only     []string // operating systems it can run on (GOOS); empty means all
	Beside   bool     // runs at the same time as the stage before it, of which it needs nothing
	Yields   bool     // leaves the processor to the stage beside it, whose tests look at clocks
	Steps    []step
}

// A step is a command, or a check written in Go, of which exactly one is set.
type step struct {
	Command []string
	Dir     string   // slash-separated, from the root of the repository
	Env     []string // KEY=value, added to the environment
	Check   func(*site) error
	Title   string // what a check does; a command speaks for itself
}

// runsOn tells whether the stage can run on an operating system.
func (st stage) runsOn(goos string) bool {
	return len(st.Only) == 0 || slices.Contains(st.Only, goos)
}

// String is the step as a person would type it.
func (p step) String() string {
	if p.Check != nil {
		return p.Title
	}
	line := strings.Join(append(slices.Clone(p.Env), p.Command...), " ")
	if p.Dir != "" {
		line = "(cd " + p.Dir + " && " + line + ")"
	}
	return line
}
