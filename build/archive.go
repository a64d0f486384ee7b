package main

import (
	"archive/zip"
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// writeZip puts files under one folder of a zip file: same content and same
// date, same bytes. A name that ends in a slash is an empty folder.
func writeZip(file, folder string, made time.Time, contents map[string][]byte) (err error) {
	out, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("making %s: %w", file, err)
	}
	defer func() {
		if closing := out.Close(); err == nil {
			err = closing
		}
	}()
	archive := zip.NewWriter(out)
	for _, name := range slices.Sorted(maps.Keys(contents)) {
		header := &zip.FileHeader{Name: folder + "/" + name, Method: zip.Deflate, Modified: made.UTC()}
		if strings.HasSuffix(name, "/") {
			header.Method = zip.Store
		}
		part, err := archive.CreateHeader(header)
		if err != nil {
			return fmt.Errorf("adding %s: %w", name, err)
		}
		if _, err := part.Write(contents[name]); err != nil {
			return fmt.Errorf("adding %s: %w", name, err)
		}
	}
	return archive.Close()
}

// checksums gives the lines that "sha256sum --check" reads, by name.
func checksums(dir string, names []string) ([]byte, error) {
	var lines strings.Builder
	for _, name := range slices.Sorted(slices.Values(names)) {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, fmt.Errorf("adding up %s: %w", name, err)
		}
		fmt.Fprintf(&lines, "%x  %s\n", sha256.Sum256(data), name)
	}
	return []byte(lines.String()), nil
}
