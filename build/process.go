package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// grace is how long a process may take to end after it was asked to.
const grace = 3 * time.Second

// execute runs the command of a step, its output going where people read. It
// is ended with all its children when the job is.
func (s *site) execute(p step) error {
	cmd := s.command(p)
	cmd.Stdout, cmd.Stderr = s.out, s.out
	return s.wait(cmd)
}

// output runs a command and returns what it printed on standard output.
func (s *site) output(p step) (string, error) {
	var out, words bytes.Buffer
	cmd := s.command(p)
	cmd.Stdout, cmd.Stderr = &out, &words
	if err := s.wait(cmd); err != nil {
		return out.String(), fmt.Errorf("%w\n%s", err, strings.TrimSpace(words.String()))
	}
	return out.String(), nil
}

// command prepares a process that leads a group of its own.
func (s *site) command(p step) *exec.Cmd {
	line := p.Command
	if s.yields && runtime.GOOS == "linux" {
		line = append([]string{"nice", "-n", "19"}, line...)
	}
	cmd := exec.CommandContext(s.ctx, line[0], line[1:]...)
	cmd.Dir = s.path(p.Dir)
	cmd.Env = append(os.Environ(), p.Env...)
	cmd.WaitDelay = grace
	leadGroup(cmd)
	return cmd
}

// wait runs the process to its end and says in words why it failed.
func (s *site) wait(cmd *exec.Cmd) error {
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case s.ctx.Err() != nil:
		return errInterrupted
	case err == nil, errors.Is(err, exec.ErrWaitDelay):
		return nil
	case errors.Is(err, exec.ErrNotFound):
		return fmt.Errorf("%s is not installed, or not in the path", cmd.Args[0])
	case errors.As(err, &exit):
		return fmt.Errorf("%s: %w", strings.Join(cmd.Args, " "), err)
	default:
		return fmt.Errorf("starting %s: %w", cmd.Args[0], err)
	}
}
