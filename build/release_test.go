package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var made = time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC)

func TestZipIsTheSameTwice(t *testing.T) {
	contents := map[string][]byte{"b.txt": []byte("two"), "a.txt": []byte("one"), "data/": nil}
	var files [2][]byte
	for i := range files {
		name := filepath.Join(t.TempDir(), "x.zip")
		if err := writeZip(name, "top", made, contents); err != nil {
			t.Fatal(err)
		}
		files[i] = []byte(readFile(t, name))
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("the same content gave two zip files")
	}
	archive, err := zip.NewReader(bytes.NewReader(files[0]), int64(len(files[0])))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
	}
	if want := []string{"top/a.txt", "top/b.txt", "top/data/"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
}

func TestChecksums(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a"), []byte("abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := checksums(dir, []string{"a"})
	// FIPS 180-2, appendix B.1.
	want := "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n"
	if err != nil || string(got) != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

func TestLicenseOf(t *testing.T) {
	tests := map[string]string{
		"Permission is hereby granted, free of\ncharge, to any person":            "MIT",
		"Redistributions of source code must retain … Neither the name of Google": "BSD-3-Clause",
		"Redistributions of source code must retain … Neither the names of its":   "BSD-3-Clause",
		"Redistributions of source code must retain":                              "BSD-2-Clause",
		"                 Apache License\n           Version 2.0, January 2004":   "Apache-2.0",
		"SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007":                    "OFL-1.1",
		"All rights reserved.": "",
	}
	for text, want := range tests {
		if got := licenseOf(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestComponentWithoutLicence(t *testing.T) {
	dir := t.TempDir()
	text, _, err := licensesIn(dir)
	if text != "" || err != nil {
		t.Fatalf("got %q, %v from an empty folder", text, err)
	}
	for _, name := range []string{"LICENSE.md", "NOTICE", "license.go", "README.md"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("in "+name+"\r\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	text, _, err = licensesIn(dir)
	if want := "in LICENSE.md\n\nin NOTICE"; text != want || err != nil {
		t.Errorf("got %q, %v, want %q", text, err, want)
	}
}

func TestBillOfMaterials(t *testing.T) {
	parts := []component{
		{kind: "golang", name: "example.org/a", version: "v1.2.3", licenses: []string{"MIT", "BSD-3-Clause"}},
		{kind: "npm", name: "@scope/b", version: "4.5.6", sha512: strings.Repeat("00ff", 32)},
	}
	data, err := billOfMaterials("0.1.0", made, parts)
	if err != nil {
		t.Fatal(err)
	}
	var got bom
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Format != "CycloneDX" || got.Spec != "1.5" || got.Metadata.Timestamp != "2026-11-22T05:00:00Z" || len(got.Components) != 2 {
		t.Fatalf("got %+v", got)
	}
	if url := got.Components[1].PURL; url != "pkg:npm/%40scope/b@4.5.6" {
		t.Errorf("package URL: got %q", url)
	}
	if ids := got.Components[0].Licenses; len(ids) != 2 || ids[0].License.ID != "MIT" || ids[1].License.ID != "BSD-3-Clause" {
		t.Errorf("licences: got %v", ids)
	}
	if err := got.check(); err != nil {
		t.Errorf("what was written does not pass: %v", err)
	}
}

// Each of these lists lacks one thing that the standard or its readers need.
func TestBillOfMaterialsCheck(t *testing.T) {
	for name, spoil := range map[string]func(*bom){
		"another standard":    func(b *bom) { b.Spec = "1.4" },
		"nothing in it":       func(b *bom) { b.Components = nil },
		"no version":          func(b *bom) { b.Components[1].Version = "" },
		"a type of our own":   func(b *bom) { b.Components[0].Type = "module" },
		"two of one name":     func(b *bom) { b.Components[1].Ref = b.Components[0].Ref },
		"no licence":          func(b *bom) { b.Components[0].Licenses = nil },
		"an empty licence":    func(b *bom) { b.Components[0].Licenses[0].License = bomLicenseName{} },
		"half of a sum":       func(b *bom) { b.Components[1].Hashes[0].Content = "00ff" },
		"a sum of which kind": func(b *bom) { b.Components[1].Hashes[0].Algorithm = "MD5" },
	} {
		t.Run(name, func(t *testing.T) {
			data, err := billOfMaterials("0.1.0", made, []component{
				{kind: "golang", name: "example.org/a", version: "v1.2.3", licenses: []string{"MIT"}},
				{name: "x.ttf", version: "1", sha256: strings.Repeat("0", 64)},
			})
			if err != nil {
				t.Fatal(err)
			}
			var list bom
			if err := json.Unmarshal(data, &list); err != nil {
				t.Fatal(err)
			}
			if err := list.check(); err != nil {
				t.Fatalf("before: %v", err)
			}
			spoil(&list)
			if list.check() == nil {
				t.Error("it passes")
			}
		})
	}
}

// A program that says where to fetch from is refused, however it spells it.
func TestFetchesNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.exe")
	for _, c := range []struct {
		data []byte
		ok   bool
	}{
		{[]byte("MicrosoftEdgeWebView2RuntimeInstallerX64.exe"), true},
		{[]byte("x https://go.microsoft.com/fwlink/p/?LinkId=2124703"), false},
		{append([]byte("x"), wide("MicrosoftEdgeWebview2Setup.exe")...), false},
	} {
		if err := os.WriteFile(file, c.data, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := checkFetchesNothing(file); (err == nil) != c.ok {
			t.Errorf("%q: %v", c.data, err)
		}
	}
}

func TestIntegrityHex(t *testing.T) {
	got, err := integrityHex("sha512-AP8=")
	if got != "00ff" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := integrityHex("sha1-AP8="); err == nil {
		t.Error("a sum of another kind was taken")
	}
}

func TestWindowsLines(t *testing.T) {
	got := string(windowsLines([]byte("一\n二\r\n")))
	if want := "\ufeff一\r\n二\r\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The installer must never fetch anything, nor empty a folder it did not make.
func TestInstallerScript(t *testing.T) {
	script := readFile(t, "windows/installer/setup.nsi")
	if !strings.HasPrefix(script, "\ufeff") {
		t.Error("without a byte order mark makensis does not read it as UTF-8")
	}
	for _, word := range []string{"NSISdl", "inetc", "http:", "https:", "RMDir /r \"$INSTDIR", "RMDir /r $INSTDIR"} {
		if strings.Contains(script, word) {
			t.Errorf("the installer says %s", word)
		}
	}
	for line := range strings.Lines(script) {
		if strings.Contains(line, "RMDir /r") && !strings.Contains(line, `"$Data\data"`) {
			t.Errorf("the installer empties a folder: %s", line)
		}
	}
}

func FuzzResources(f *testing.F) {
	f.Add([]byte{}, uint32(0))
	f.Add(make([]byte, 64), uint32(0x1000))
	f.Add(nested(), uint32(0x2000))
	f.Fuzz(func(t *testing.T, section []byte, address uint32) {
		if len(section) > 4096 {
			return // directories may name each other many times over
		}
		found, err := resources(section, address)
		if err != nil && !errors.Is(err, errResources) {
			t.Errorf("got %v", err)
		}
		for name, data := range found {
			if !bytes.Contains(section, data) {
				t.Errorf("%v holds bytes that are not in the section", name)
			}
		}
	})
}

func TestResources(t *testing.T) {
	found, err := resources(nested(), 0x2000)
	if err != nil || string(found[resourceName{24, 1}]) != "<xml/>" {
		t.Errorf("got %v, %v", found, err)
	}
}

// nested is a section with one manifest: three levels, one entry each.
func nested() []byte {
	section := make([]byte, 0, 96)
	level := func(id, offset uint32) {
		section = append(section, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0)
		section = append(section, byte(id), byte(id>>8), 0, 0)
		section = append(section, byte(offset), byte(offset>>8), byte(offset>>16), byte(offset>>24))
	}
	level(24, 24|subdirectory)
	level(1, 48|subdirectory)
	level(0x411, 72)
	section = append(section, 88, 0x20, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	return append(section, "<xml/>"...)
}
