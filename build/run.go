package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// The input of the run command, when none is named: the simulated card that
// behaves and, where there is no window to answer in, a holder who comes to renew.
const (
	exampleSituation = "build/example.json"
	standardScenario = "standard"
)

// runData is the data folder of the run command: training data, away from the
// user's own, so that what was stored can be looked at and thrown away.
const runData = binDir + "/run"

// A demonstration is what the run command was asked to show.
type demonstration struct {
	situation string // file, absolute
	chosen    bool   // the situation was named; else the window opens empty
	scenario  string // simulated card
	noWindow  bool   // even where there is a display
}

// runCommand builds the program and opens it on a simulated card; without a
// display it does the same job with the console program.
func runCommand(s *site, args []string) error {
	demo, err := s.parseDemonstration(args)
	if err != nil {
		return err
	}
	if err := s.checkGo(); err != nil {
		return err
	}
	if reason := noDisplay(demo); reason != "" {
		s.say("%s: the same job is done without a window.", reason)
		return s.runStages(consoleStages(demo))
	}
	return s.runStages(windowStages(demo))
}

func (s *site) parseDemonstration(args []string) (demonstration, error) {
	var demo demonstration
	flags := flag.NewFlagSet("run", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&demo.situation, "situation", s.path(exampleSituation), "")
	flags.StringVar(&demo.scenario, "scenario", standardScenario, "")
	flags.BoolVar(&demo.noWindow, "no-window", false, "")
	if err := flags.Parse(args); err != nil {
		return demo, fmt.Errorf("%w: %w", errUsage, err)
	}
	if flags.NArg() > 0 {
		return demo, fmt.Errorf("%w: %q", errUsage, flags.Arg(0))
	}
	flags.Visit(func(f *flag.Flag) { demo.chosen = demo.chosen || f.Name == "situation" })
	absolute, err := filepath.Abs(demo.situation)
	if err != nil {
		return demo, fmt.Errorf("finding the situation: %w", err)
	}
	demo.situation = absolute
	if _, err := os.Stat(absolute); errors.Is(err, fs.ErrNotExist) {
		return demo, fmt.Errorf("%w: there is no file %s", errUsage, absolute)
	}
	return demo, nil
}

// noDisplay says why no window can be opened; it is empty when one can.
func noDisplay(demo demonstration) string {
	switch {
	case demo.noWindow:
		return "No window was asked for"
	case runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "":
		return "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)"
	}
	return ""
}

// windowStages build the window and the desktop program and open it.
func windowStages(demo demonstration) []stage {
	program := executable(binDir + "/madoguchi")
	open := []string{program, "--simulation", "--data", runData, "--scenario", demo.scenario}
	if demo.chosen {
		open = append(open, "--situation", demo.situation)
	}
	return []stage{
		{
			Name:  "window",
			About: "the pages a clerk sees",
			Node:  true,
			Steps: []step{npm("run", "build")},
		}, {
			Name:     "program",
			About:    "the desktop program around them",
			Packages: windowPackages,
			Steps:    []step{desktopBuild(program)},
		}, {
			Name:     "open",
			About:    "in simulation mode; the job ends when the window is closed",
			Packages: []string{windowFont},
			Steps:    []step{{Command: open}},
		},
	}
}

// desktopBuild is the step that builds the desktop program for this system.
func desktopBuild(file string) step {
	tags, flags := "desktop,production,"+linuxTags, "-s -w"
	if runtime.GOOS == "windows" {
		tags, flags = "desktop,production,wv2runtime.error", "-s -w -H windowsgui"
	}
	return step{Command: []string{"go", "build", "-tags", tags, "-ldflags", flags, "-o", file, "."}}
}

// executable gives a program's file the ending its system wants.
func executable(file string) string {
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	return filepath.FromSlash(file)
}
