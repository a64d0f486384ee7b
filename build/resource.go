package main

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"unicode/utf16"
)

// resourceList says which icon, manifest and names go into the programs.
const resourceList = "build/windows/winres.json"

// version is the version of the program, as wails.json states it.
func (s *site) version() (string, error) {
	data, err := os.ReadFile(s.path("wails.json"))
	if err != nil {
		return "", fmt.Errorf("reading the version: %w", err)
	}
	var project struct {
		Info struct{ ProductVersion string }
	}
	if err := json.Unmarshal(data, &project); err != nil {
		return "", fmt.Errorf("reading the version in wails.json: %w", err)
	}
	if _, err := versionNumbers(project.Info.ProductVersion); err != nil {
		return "", fmt.Errorf("reading the version in wails.json: %w", err)
	}
	return project.Info.ProductVersion, nil
}

// makeResource gives the object file that the linker puts into a program.
func (s *site) makeResource(version string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "madoguchi-resource-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	prefix := filepath.Join(dir, "rsrc")
	make := step{Command: []string{
		"go", "run", winres, "make", "--in", s.path(resourceList), "--out", prefix, "--arch", "amd64",
		"--product-version", version + ".0", "--file-version", version + ".0",
	}}
	if _, err := s.output(make); err != nil {
		return nil, err
	}
	return os.ReadFile(prefix + "_windows_amd64.syso")
}

// Types of resources, and the number under which Wails looks for the icon
// (PE format, "Resource types"; Wails: winc.AppIconID).
const (
	typeGroupIcon = 14
	typeVersion   = 16
	typeManifest  = 24
	iconNumber    = 3
)

// manifestWords must all stand in the manifest: no administrator is asked for,
// the picture is sharp on every screen, long paths work.
var manifestWords = []string{`level="asInvoker"`, "permonitorv2,permonitor", `SMI/2016/WindowsSettings">true</longPathAware>`}

// checkResource reads icon, manifest and version back from a program.
func checkResource(f *pe.File, version string) error {
	section := f.Section(".rsrc")
	if section == nil {
		return errors.New("no resources")
	}
	data, err := section.Data()
	if err != nil {
		return fmt.Errorf("reading resources: %w", err)
	}
	found, err := resources(data, section.VirtualAddress)
	if err != nil {
		return err
	}
	if len(found[resourceName{typeGroupIcon, iconNumber}]) == 0 {
		return errors.New("no icon")
	}
	manifest := found[resourceName{typeManifest, 1}]
	for _, word := range manifestWords {
		if !bytes.Contains(manifest, []byte(word)) {
			return fmt.Errorf("the manifest does not say %s", word)
		}
	}
	words := found[resourceName{typeVersion, 1}]
	for _, word := range []string{"窓口ナビ", version + ".0"} {
		if !bytes.Contains(words, wide(word)) {
			return fmt.Errorf("the version resource does not say %s", word)
		}
	}
	return nil
}

// wide is text as Windows keeps it: UTF-16, low byte first.
func wide(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}

// A resourceName is the type and the number of a resource.
type resourceName struct{ kind, number uint32 }

// errResources is wrapped when the resource section cannot be read.
var errResources = errors.New("the resource section is damaged")

// resources reads the three levels of a resource section (PE format, "The
// .rsrc Section"): type, number, language; of the languages the first is taken.
func resources(section []byte, address uint32) (map[resourceName][]byte, error) {
	found := map[resourceName][]byte{}
	kinds, err := directory(section, 0)
	if err != nil {
		return nil, err
	}
	for _, kind := range kinds {
		numbers, err := directory(section, kind.offset)
		if err != nil {
			return nil, err
		}
		for _, number := range numbers {
			data, err := leaf(section, address, number.offset)
			if err != nil {
				return nil, err
			}
			found[resourceName{kind.id, number.id}] = data
		}
	}
	return found, nil
}

// An entry of a directory: an identifier and where it leads.
type entry struct{ id, offset uint32 }

// subdirectory is the bit that tells a directory from a leaf.
const subdirectory = 1 << 31

// directory reads the entries of one resource directory.
func directory(section []byte, offset uint32) ([]entry, error) {
	offset &^= subdirectory
	const header, each = 16, 8
	if uint64(offset)+header > uint64(len(section)) {
		return nil, errResources
	}
	head := section[offset:]
	count := int(binary.LittleEndian.Uint16(head[12:])) + int(binary.LittleEndian.Uint16(head[14:]))
	if len(head) < header+count*each {
		return nil, errResources
	}
	entries := make([]entry, count)
	for i := range entries {
		at := head[header+i*each:]
		entries[i] = entry{binary.LittleEndian.Uint32(at), binary.LittleEndian.Uint32(at[4:])}
	}
	return entries, nil
}

// leaf reads the bytes of the first language of a resource.
func leaf(section []byte, address, offset uint32) ([]byte, error) {
	languages, err := directory(section, offset)
	if err != nil || len(languages) == 0 || uint64(languages[0].offset)+8 > uint64(len(section)) {
		return nil, errResources
	}
	at := section[languages[0].offset:]
	start, size := uint64(binary.LittleEndian.Uint32(at)), uint64(binary.LittleEndian.Uint32(at[4:]))
	if start < uint64(address) || start-uint64(address)+size > uint64(len(section)) {
		return nil, errResources
	}
	start -= uint64(address)
	return section[start : start+size], nil
}
