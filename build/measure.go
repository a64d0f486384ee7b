package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"image/color"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// emptyProgram is the window that a start is compared with.
const emptyProgram = "build/cache/madoguchi-empty"

// measureCommand prints how fast the window is: nothing here passes or fails,
// because a shared machine has no time of its own.
func measureCommand(s *site, args []string) error {
	flags := flag.NewFlagSet("measure", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	runs := flags.Int("runs", 20, "")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	stages := measureStages(*runs)
	names := flags.Args()
	if *runs < 1 {
		return fmt.Errorf("%w: a number of runs", errUsage)
	}
	stages, err := chooseStages(stages, names)
	if err != nil {
		return err
	}
	if err := s.checkGo(); err != nil {
		return err
	}
	return s.runStages(stages)
}

// measureStages are what can be measured.
func measureStages(runs int) []stage {
	program := executable(binDir + "/madoguchi")
	return []stage{
		{
			Name:     "start",
			About:    "from the start to a usable desk, beside an empty window of the same toolkit",
			Packages: displayPackages,
			Node:     true,
			Only:     onLinux,
			Steps: []step{
				npm("run", "build"),
				desktopBuild(program),
				{Command: []string{"go", "build", "-tags", "desktop,production," + linuxTags, "-ldflags", "-s -w", "-o", emptyProgram, "./build/testdata/empty"}},
				{Title: "start both in turn", Check: func(s *site) error { return s.measureStart(s.path(program), runs) }},
			},
		}, {
			Name:     "keys",
			About:    "from a key to the painted answer, in Chromium",
			Packages: browserPackages,
			Node:     true,
			Only:     onLinux,
			Steps: []step{
				npm("run", "build"),
				developmentBuild(),
				{Command: []string{"npm", "run", "e2e"}, Dir: frontendDir, Env: append([]string{"MADOGUCHI_MEASURE=1"}, noBrowser...)},
			},
		}, {
			Name:     "memory",
			About:    "what is resident over a day of 200 cases, without the web view",
			Packages: windowPackages,
			Only:     onLinux,
			Steps:    []step{goTool("test", "./app", "-run", "^$", "-bench", "^BenchmarkDay$", "-benchtime", "200x", "-timeout", "30m")},
		},
	}
}

// developmentBuild is the step that builds the program the end-to-end tests start.
func developmentBuild() step {
	return step{Command: []string{"go", "build", "-tags", "dev," + linuxTags, "-o", developmentProgram, "."}}
}

// readyMark is what both windows draw once they can be used: the upright bar
// beside the question that is asked (window.css, --key), and the empty page's.
var readyMark = color.RGBA{R: 0x00, G: 0x17, B: 0xc1, A: 255}

const readyMarkLong = 60 // pixels

// measureStart starts the program and the empty window in turn and compares the
// medians of the time until each is drawn.
func (s *site) measureStart(program string, runs int) error {
	d, err := openDisplay(s.ctx)
	if err != nil {
		return err
	}
	defer d.close()
	home, err := os.MkdirTemp("", "madoguchi-start-")
	if err != nil {
		return fmt.Errorf("making a folder for the data: %w", err)
	}
	defer os.RemoveAll(home)
	bus, address, err := s.openBus()
	if err != nil {
		return err
	}
	defer endGroup(bus)
	env := append(os.Environ(), "DISPLAY="+d.name, "DBUS_SESSION_BUS_ADDRESS="+address, "HOME="+home, "XDG_RUNTIME_DIR="+home)
	var desk, empty []time.Duration
	for i := range runs + 1 {
		e, err := s.startOnce(d, env, s.path(emptyProgram))
		if err != nil {
			return err
		}
		p, err := s.startOnce(d, env, program, "--data", home+"/data")
		if err != nil {
			return err
		}
		if i > 0 { // the first of each fills the caches
			empty, desk = append(empty, e), append(desk, p)
		}
	}
	s.say("empty window: %s", spread(empty))
	s.say("usable desk:  %s", spread(desk))
	s.say("ratio of the medians: %.2f", float64(middle(desk))/float64(middle(empty)))
	return nil
}

// startOnce starts a program and waits until its mark is drawn, then ends it.
func (s *site) startOnce(d *display, env []string, program string, args ...string) (time.Duration, error) {
	if err := s.untilMark(d, false); err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(s.ctx, program, args...)
	cmd.Env = env
	leadGroup(cmd)
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, fmt.Errorf("starting %s: %w", program, err)
	}
	defer endGroup(cmd)
	if err := s.untilMark(d, true); err != nil {
		return 0, fmt.Errorf("%s: %w", program, err)
	}
	return time.Since(begun), nil
}

// untilMark waits until the mark is, or is no longer, on the display.
func (s *site) untilMark(d *display, wanted bool) error {
	const longest = 30 * time.Second
	ctx, cancel := context.WithTimeout(s.ctx, longest)
	defer cancel()
	for {
		now, err := d.screen()
		if err != nil && !errors.Is(err, errScreen) {
			return err
		}
		if err == nil && now.hasBar(readyMark, readyMarkLong) == wanted {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("nothing was drawn in %s", longest)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// openBus starts a message bus of its own: the toolkit asks it whether the
// program runs already.
func (s *site) openBus() (*exec.Cmd, string, error) {
	cmd := exec.CommandContext(s.ctx, "dbus-daemon", "--session", "--nofork", "--print-address")
	leadGroup(cmd)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, "", fmt.Errorf("making a pipe to the message bus: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, "", fmt.Errorf("starting the message bus: %w", err)
	}
	line := make([]byte, 512)
	n, err := out.Read(line)
	if err != nil {
		endGroup(cmd)
		return nil, "", fmt.Errorf("the message bus did not start: %w", err)
	}
	return cmd, strings.TrimSpace(string(line[:n])), nil
}

// endGroup ends a process and its children, and waits for it.
func endGroup(cmd *exec.Cmd) {
	// One that has ended already is what is wanted.
	_ = cmd.Cancel()
	_ = cmd.Wait()
}

func middle(times []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)/2]
}

func spread(times []time.Duration) string {
	return fmt.Sprintf("median %d ms, from %d to %d, %d starts", middle(times).Milliseconds(),
		slices.Min(times).Milliseconds(), slices.Max(times).Milliseconds(), len(times))
}
