package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// fontsDir holds the fonts that are put into every printed page, each family
// with its licence beside it: Family-*.ttf and Family-*.txt.
const fontsDir = "app/forms/fonts"

// fonts are the shipped font files.
func (s *site) fonts() ([]component, error) {
	files, err := filepath.Glob(filepath.Join(s.path(fontsDir), "*.?tf"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errors.New("no font found in " + fontsDir)
	}
	var list []component
	for _, file := range files {
		family, _, _ := strings.Cut(filepath.Base(file), "-")
		text, err := familyLicense(filepath.Dir(file), family)
		if err != nil {
			return nil, err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("reading a font: %w", err)
		}
		sum := sha256.Sum256(data)
		one := component{
			name: filepath.Base(file), version: "sha256-" + hex.EncodeToString(sum[:8]),
			sha256: hex.EncodeToString(sum[:]), text: text,
		}
		if id := licenseOf(text); id != "" {
			one.licenses = []string{id}
		}
		list = append(list, one)
	}
	return list, nil
}

// familyLicense reads the text file that lies beside a family's fonts.
func familyLicense(dir, family string) (string, error) {
	files, err := filepath.Glob(filepath.Join(dir, family+"*.txt"))
	if err != nil || len(files) == 0 {
		return "", fmt.Errorf("no licence beside the font family %s", family)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		return "", fmt.Errorf("reading the licence of a font: %w", err)
	}
	return strings.TrimSpace(strings.ReplaceAll(string(data), "\r\n", "\n")), nil
}
