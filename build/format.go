package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// checkFormat fails and names the files when gofmt would change any Go file of
// the repository.
func checkFormat(s *site) error {
	files, err := goFiles(s.root)
	if err != nil {
		return fmt.Errorf("listing Go files: %w", err)
	}
	if len(files) == 0 {
		return fmt.Errorf("no Go file found under %s: nothing was checked", s.root)
	}
	out, err := s.output(step{Command: append([]string{"gofmt", "-l"}, files...)})
	if err != nil {
		return err
	}
	if out != "" {
		return fmt.Errorf("not formatted, run gofmt -w on:\n%s", strings.TrimSpace(out))
	}
	s.say("%d files", len(files))
	return nil
}

// goFiles lists the Go files below a folder, from there, without those that
// npm brings and those in folders that tools keep for themselves.
func goFiles(root string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (name == "node_modules" || strings.HasPrefix(name, ".")) {
			return fs.SkipDir
		}
		if !entry.IsDir() && strings.HasSuffix(name, ".go") {
			short, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			files = append(files, short)
		}
		return nil
	})
	return files, err
}

// snapshot reads every file below a folder: slash-separated path to content.
// A folder that is not there has no files.
func snapshot(dir string) (map[string]string, error) {
	files := map[string]string{}
	if _, err := os.Stat(dir); os.IsNotExist(err) {
		return files, nil
	}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		short, err := filepath.Rel(dir, path)
		files[filepath.ToSlash(short)] = string(data)
		return err
	})
	return files, err
}
