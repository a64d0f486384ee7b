package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"
)

// An outcome is what became of a stage.
type outcome struct {
	name  string
	state string // "ok", "FAILED", "interrupted", "not reached", "not on windows"
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
	for len(outcomes) < len(stages) {
		group := together(stages[len(outcomes):])
		if failed != nil {
			for _, st := range group {
				outcomes = append(outcomes, outcome{name: st.Name, state: "not reached"})
			}
			continue
		}
		var done []outcome
		done, failed = s.runGroup(group, func(i int) string {
			return fmt.Sprintf("%d/%d", len(outcomes)+i+1, len(stages))
		})
		outcomes = append(outcomes, done...)
	}
	s.summarise(outcomes, time.Since(start))
	return failed
}

// together is the first of the stages and those that run beside it.
func together(stages []stage) []stage {
	end := 1
	for end < len(stages) && stages[end].Beside {
		end++
	}
	return stages[:end]
}

// runGroup runs stages at the same time. What the first says is read at once, what
// the others say in its turn. The first to fail ends the others; the error names it.
func (s *site) runGroup(group []stage, number func(i int) string) ([]outcome, error) {
	if len(group) == 1 {
		o, err := s.runNumbered(group[0], number(0))
		return []outcome{o}, err
	}
	defer endOrphans()
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	outcomes := make([]outcome, len(group))
	words := make([]bytes.Buffer, len(group))
	failed := make(chan error, len(group)) // in the order of time
	var running sync.WaitGroup
	for i, st := range group {
		part := *s
		part.ctx, part.shared, part.yields = ctx, true, st.Yields
		if i > 0 {
			part.out = &words[i]
		}
		running.Go(func() {
			var err error
			if outcomes[i], err = part.runNumbered(st, number(i)); err != nil {
				failed <- err
				cancel()
			}
		})
	}
	running.Wait()
	close(failed)
	for i := range words {
		fmt.Fprint(s.out, words[i].String())
	}
	return outcomes, <-failed
}

// runNumbered announces a stage, runs it where it can run, and says what became of it.
func (s *site) runNumbered(st stage, number string) (outcome, error) {
	if !st.runsOn(runtime.GOOS) {
		s.say("\n== %s %s: cannot run on %s, needs %s", number, st.Name, runtime.GOOS, strings.Join(st.Only, " or "))
		return outcome{name: st.Name, state: "not on " + runtime.GOOS}, nil
	}
	s.say("\n== %s %s: %s", number, st.Name, st.About)
	begun := time.Now()
	err := s.runStage(st)
	o := outcome{name: st.Name, state: "ok", took: time.Since(begun)}
	if err != nil {
		o.state = "FAILED"
		if errors.Is(err, errInterrupted) {
			o.state = "interrupted"
		}
		err = fmt.Errorf("stage %q failed: %w", st.Name, err)
	}
	s.say("-- %s: %s in %s", st.Name, o.state, seconds(o.took))
	return o, err
}

// runStage installs what the stage needs and runs its steps.
func (s *site) runStage(st stage) error {
	if len(st.Steps) == 0 {
		return errors.New("the stage has no steps: nothing would be checked")
	}
	if err := s.prepare(st); err != nil {
		return err
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

// prepare installs what a stage needs, one stage at a time.
func (s *site) prepare(st stage) error {
	s.installing.Lock()
	defer s.installing.Unlock()
	if err := s.installPackages(st.Packages); err != nil || !st.Node {
		return err
	}
	return s.installNodePackages()
}

// runStep runs one step and ends whatever processes it left behind; where another
// stage runs beside it, they are ended after both.
func (s *site) runStep(p step) error {
	if !s.shared {
		defer endOrphans()
	}
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
