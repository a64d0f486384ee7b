package main

import (
	"bytes"
	"debug/pe"
	"fmt"
	"os"
	"path/filepath"
)

// Where built programs go; git leaves the folder aside.
const binDir = "build/bin"

// A program is one file that is built for Windows.
type program struct {
	file      string // name of the file
	source    string // folder of its package, slash-separated
	tags      string
	flags     string // for the linker
	subsystem uint16 // what Windows must be told: a window or a console
}

// windowsPrograms are the desktop and the console program. The tag
// wv2runtime.error makes Wails say that the WebView2 runtime is missing
// instead of fetching it.
func windowsPrograms() []program {
	return []program{
		{"madoguchi.exe", ".", "desktop,production,wv2runtime.error", "-s -w -buildid= -H windowsgui", pe.IMAGE_SUBSYSTEM_WINDOWS_GUI},
		{"madoctl.exe", "app/madoctl", "", "-s -w -buildid=", pe.IMAGE_SUBSYSTEM_WINDOWS_CUI},
	}
}

// crossBuild builds the Windows programs into a folder, with their icon,
// manifest and version, and reads the files back.
func (s *site) crossBuild(dir string) error {
	version, err := s.version()
	if err != nil {
		return err
	}
	resource, err := s.makeResource(version)
	if err != nil {
		return fmt.Errorf("making icon, manifest and version: %w", err)
	}
	for _, p := range windowsPrograms() {
		if err := s.buildProgram(p, resource, dir); err != nil {
			return err
		}
		file := filepath.Join(dir, p.file)
		if err := checkProgram(file, p.subsystem, version); err != nil {
			return fmt.Errorf("looking at %s: %w", file, err)
		}
		s.say("%s", file)
	}
	return nil
}

// buildProgram builds one program. The go command links the resource that lies
// beside the package, so it is put there for as long as that takes.
func (s *site) buildProgram(p program, resource []byte, dir string) error {
	beside := filepath.Join(s.path(p.source), "rsrc_windows_amd64.syso")
	if err := os.WriteFile(beside, resource, 0o644); err != nil {
		return fmt.Errorf("putting the resource beside %s: %w", p.source, err)
	}
	defer os.Remove(beside)
	build := forWindows(step{Command: []string{
		"go", "build", "-trimpath", "-buildvcs=false", "-tags", p.tags, "-ldflags", p.flags,
		"-o", filepath.Join(dir, p.file), "./" + p.source,
	}})
	s.say("$ %s", build)
	return s.execute(build)
}

// checkProgram reads a Windows program back: 64 bits, the right subsystem, the
// icon, the manifest and the version.
func checkProgram(file string, subsystem uint16, version string) error {
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
	if err := checkFetchesNothing(file); err != nil {
		return err
	}
	return checkResource(f, version)
}

// fetchers are words of the ways in which a Windows program gets the WebView2
// runtime from the network: Microsoft's address, the name of its small installer
// that downloads the rest, the plug-ins of NSIS, and the address shown to people.
func fetchers() []string {
	return []string{"go.microsoft.com", "fwlink", "MicrosoftEdgeWebview2Setup", "NSISdl", "inetc.dll", "developer.microsoft.com"}
}

// checkFetchesNothing reads a program for the words of fetchers, as bytes and as
// Windows writes text.
func checkFetchesNothing(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	for _, word := range fetchers() {
		if bytes.Contains(data, []byte(word)) || bytes.Contains(data, wide(word)) {
			return fmt.Errorf("it says %q, and nothing may be fetched from a network", word)
		}
	}
	return nil
}
