package main

import (
	"debug/pe"
	"fmt"
	"path/filepath"
)

// Where built programs go; git leaves the folder aside.
const binDir = "build/bin"

// A program is one file that is built for Windows.
type program struct {
	file      string // name of the file
	source    string // package
	tags      string
	flags     string // for the linker
	subsystem uint16 // what Windows must be told: a window or a console
}

// windowsPrograms are the desktop and the console program. The tag
// wv2runtime.error makes Wails say that the WebView2 runtime is missing
// instead of fetching it.
func windowsPrograms() []program {
	return []program{
		{"madoguchi.exe", ".", "desktop,production,wv2runtime.error", "-s -w -H windowsgui", pe.IMAGE_SUBSYSTEM_WINDOWS_GUI},
		{"madoctl.exe", "./app/madoctl", "", "-s -w", pe.IMAGE_SUBSYSTEM_WINDOWS_CUI},
	}
}

// crossBuild builds the Windows programs and looks at the files.
func crossBuild(s *site) error {
	for _, p := range windowsPrograms() {
		file := filepath.Join(binDir, p.file)
		build := forWindows(step{Command: []string{"go", "build", "-trimpath", "-tags", p.tags, "-ldflags", p.flags, "-o", file, p.source}})
		s.say("$ %s", build)
		if err := s.execute(build); err != nil {
			return err
		}
		if err := checkProgram(s.path(file), p.subsystem); err != nil {
			return fmt.Errorf("looking at %s: %w", file, err)
		}
		s.say("%s", s.path(file))
	}
	return nil
}

// checkProgram reads a Windows program back: 64 bits, the right subsystem.
func checkProgram(file string, subsystem uint16) error {
	f, err := pe.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	header, ok := f.OptionalHeader.(*pe.OptionalHeader64)
	if !ok || f.Machine != pe.IMAGE_FILE_MACHINE_AMD64 {
		return fmt.Errorf("not a program for 64-bit Windows")
	}
	if header.Subsystem != subsystem {
		return fmt.Errorf("subsystem is %d, want %d", header.Subsystem, subsystem)
	}
	return nil
}
