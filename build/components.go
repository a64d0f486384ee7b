package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A component is somebody else's work that is inside the released programs.
type component struct {
	kind     string // "golang" or "npm": the type of its package URL; "" for Go itself and fonts
	name     string
	version  string
	sha256   string   // hex, of a font file; empty elsewhere
	sha512   string   // hex, of the npm archive; empty elsewhere
	licenses []string // SPDX identifiers; none when its text is not a known one
	text     string   // the licence in full, with notices
}

// url is the component's package URL (purl), empty where there is none.
func (c component) url() string {
	if c.kind == "" {
		return ""
	}
	return "pkg:" + c.kind + "/" + strings.ReplaceAll(c.name, "@", "%40") + "@" + c.version
}

// components lists what the Windows programs and the window are made of, by
// name. A component without a licence text is an error: it may not be shipped.
func (s *site) components() ([]component, error) {
	var all []component
	for _, list := range []func() ([]component, error){s.goItself, s.goModules, s.npmPackages, s.fonts} {
		part, err := list()
		if err != nil {
			return nil, err
		}
		all = append(all, part...)
	}
	for _, c := range all {
		if strings.TrimSpace(c.text) == "" {
			return nil, fmt.Errorf("%s %s has no licence text", c.name, c.version)
		}
	}
	return all, nil
}

// goItself is the standard library and runtime, which are in every Go program.
func (s *site) goItself() ([]component, error) {
	root, err := s.output(step{Command: []string{"go", "env", "GOROOT"}})
	if err != nil {
		return nil, err
	}
	text, ids, err := licensesIn(strings.TrimSpace(root))
	if err != nil {
		return nil, err
	}
	return []component{{name: "go", version: goVersion, licenses: ids, text: text}}, nil
}

// goModules are the modules of the packages that the programs import.
func (s *site) goModules() ([]component, error) {
	found := map[string]component{}
	for _, p := range windowsPrograms() {
		list := forWindows(step{Command: []string{"go", "list", "-deps", "-json=Module", "-tags", p.tags, "./" + p.source}})
		out, err := s.output(list)
		if err != nil {
			return nil, err
		}
		if err := addModules(found, out); err != nil {
			return nil, err
		}
	}
	if len(found) == 0 {
		return nil, errors.New("no Go module is listed: nothing was looked at")
	}
	return sorted(found), nil
}

// addModules reads the stream of JSON objects that "go list" prints.
func addModules(found map[string]component, out string) error {
	stream := json.NewDecoder(strings.NewReader(out))
	for {
		var pkg struct {
			Module *struct {
				Path, Version, Dir string
				Main               bool
			}
		}
		err := stream.Decode(&pkg)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading the list of modules: %w", err)
		}
		m := pkg.Module
		if m == nil || m.Main || found[m.Path].name != "" {
			continue
		}
		text, ids, err := licensesIn(m.Dir)
		if err != nil {
			return err
		}
		found[m.Path] = component{kind: "golang", name: m.Path, version: m.Version, licenses: ids, text: text}
	}
}

// bundledTools are development packages of which a part ends up in the window.
var bundledTools = []string{"svelte", "esm-env", "clsx"}

// npmPackages are the packages whose code or data is in the built window.
func (s *site) npmPackages() ([]component, error) {
	data, err := os.ReadFile(s.path(lockFile))
	if err != nil {
		return nil, fmt.Errorf("reading the list of npm packages: %w", err)
	}
	var lock struct {
		Packages map[string]struct {
			Version, Integrity string
			Dev                bool
		}
	}
	if err := json.Unmarshal(data, &lock); err != nil {
		return nil, fmt.Errorf("reading the list of npm packages: %w", err)
	}
	found := map[string]component{}
	for path, p := range lock.Packages {
		name := strings.TrimPrefix(path, "node_modules/")
		if path == "" || p.Dev && !slices.Contains(bundledTools, name) {
			continue
		}
		text, ids, err := licensesIn(s.path(frontendDir + "/" + path))
		if err != nil {
			return nil, err
		}
		sum, err := integrityHex(p.Integrity)
		if err != nil {
			return nil, fmt.Errorf("reading the checksum of %s: %w", name, err)
		}
		found[name] = component{kind: "npm", name: name, version: p.Version, sha512: sum, licenses: ids, text: text}
	}
	return sorted(found), nil
}

// integrityHex turns "sha512-<base64>" into hexadecimal digits.
func integrityHex(integrity string) (string, error) {
	coded, ok := strings.CutPrefix(integrity, "sha512-")
	if !ok {
		return "", fmt.Errorf("%q is not a SHA-512 sum", integrity)
	}
	sum, err := base64.StdEncoding.DecodeString(coded)
	return hex.EncodeToString(sum), err
}

// licenseFile matches the names under which licences and notices are kept.
var licenseFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|copyright|notice|ofl|unlicense)`)

// licensesIn reads the licence files that lie in a folder, one after another, and
// says which licences they are. A file that only lists the licences of parts is
// in the text and names none.
func licensesIn(dir string) (text string, ids []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", nil, fmt.Errorf("looking for a licence: %w", err)
	}
	var texts []string
	for _, entry := range entries {
		if entry.IsDir() || !licenseFile.MatchString(entry.Name()) || strings.HasSuffix(entry.Name(), ".go") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return "", nil, fmt.Errorf("reading a licence: %w", err)
		}
		one := strings.TrimSpace(strings.ReplaceAll(string(data), "\r\n", "\n"))
		texts = append(texts, one)
		id := licenseOf(one)
		if id != "" && !slices.Contains(ids, id) && !strings.Contains(strings.ToUpper(entry.Name()), "3RD-PARTY") {
			ids = append(ids, id)
		}
	}
	return strings.Join(texts, "\n\n"), ids, nil
}

// licenseMarks are sentences that occur in one licence and in no other of the
// list before it, with its SPDX identifier.
var licenseMarks = []struct{ words, id string }{
	{"Apache License Version 2.0", "Apache-2.0"},
	{"Mozilla Public License Version 2.0", "MPL-2.0"},
	{"SIL OPEN FONT LICENSE Version 1.1", "OFL-1.1"},
	{"IPA Font License Agreement v1.0", "IPA"},
	{"Permission to use, copy, modify, and/or distribute this software", "ISC"},
	{"Permission to use, copy, modify, and distribute this software", "ISC"},
	{"Permission is hereby granted, free of charge", "MIT"},
	{"Neither the name", "BSD-3-Clause"},
	{"Redistributions of source code must retain", "BSD-2-Clause"},
}

// licenseOf recognises a licence by its sentences; empty when it is none of
// the known ones.
func licenseOf(text string) string {
	flat := strings.ToLower(strings.Join(strings.Fields(text), " "))
	for _, mark := range licenseMarks {
		if strings.Contains(flat, strings.ToLower(mark.words)) {
			return mark.id
		}
	}
	return ""
}

func sorted(found map[string]component) []component {
	var list []component
	for _, name := range slices.Sorted(maps.Keys(found)) {
		list = append(list, found[name])
	}
	return list
}
