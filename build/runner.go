package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"
)

// An outcome is what became of a stage.
type outcome struct {
	name  string
	state string // "ok", "FAILED", "not reached", "not on windows"
	took  time.Duration
}

// errInterrupted is the cause when a person or a service ended the job.
var errInterrupted = errors.New("interrupted")

// runStages takes the stages in order and stops at the first that fails. The
// error names it. The summary lists every stage, reached or not.
func (s *site) runStages(stages []stage) error {
	start := time.Now()
	outcomes := make([]outcome, 0, len(stages))
	var failed error
	for i, st := range stages {
		o := outcome{name: st.Name}
		switch {
		case failed != nil:
			o.state = "not reached"
		case !st.runsOn(runtime.GOOS):
			o.state = "not on " + runtime.GOOS
			s.say("\n== %d/%d %s: cannot run on %s, needs %s", i+1, len(stages), st.Name, runtime.GOOS, strings.Join(st.Only, " or "))
		default:
			s.say("\n== %d/%d %s: %s", i+1, len(stages), st.Name, st.About)
			begun := time.Now()
			err := s.runStage(st)
			o.took, o.state = time.Since(begun), "ok"
			if err != nil {
				o.state = "FAILED"
				failed = fmt.Errorf("stage %q failed: %w", st.Name, err)
			}
			s.say("-- %s: %s in %s", st.Name, o.state, seconds(o.took))
		}
		outcomes = append(outcomes, o)
	}
	s.summarise(outcomes, time.Since(start))
	return failed
}

// runStage installs what the stage needs and runs its steps.
func (s *site) runStage(st stage) error {
	if len(st.Steps) == 0 {
		return errors.New("the stage has no steps: nothing would be checked")
	}
	if err := s.installPackages(st.Packages); err != nil {
		return err
	}
	if st.Node {
		if err := s.installNodePackages(); err != nil {
			return err
		}
	}
	for _, p := range st.Steps {
		if s.ctx.Err() != nil {
			return errInterrupted
		}
		s.say("$ %s", p)
		if err := s.runStep(p); err != nil {
			return err
		}
	}
	return nil
}

// runStep runs one step and ends whatever processes it left behind.
func (s *site) runStep(p step) error {
	defer endOrphans()
	if p.Check != nil {
		return p.Check(s)
	}
	return s.execute(p)
}

// summarise prints each stage with its time, and the closing lines of the
// test programs once more, where they are looked for.
func (s *site) summarise(outcomes []outcome, total time.Duration) {
	if lines := s.results.lines(); len(lines) > 0 {
		s.results.stop()
		s.say("\n== what the tests said")
		s.say("%s", strings.Join(lines, "\n"))
	}
	s.say("\n== summary")
	for _, o := range outcomes {
		s.say("%-28s %-14s %8s", o.name, o.state, seconds(o.took))
	}
	s.say("%-28s %-14s %8s", "total", "", seconds(total))
}

// seconds prints a duration to a tenth of a second; nothing for none.
func seconds(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
