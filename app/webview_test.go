package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"madoguchi/app/counter"
)

func TestTheWebviewForgets(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "webview", "見本")
	profile := filepath.Join(folder, "EBWebView", "Default")
	if err := os.MkdirAll(profile, 0o700); err != nil {
		t.Fatal(err)
	}
	gone, stays := []string{"Web Data", "Web Data-journal", "History"}, []string{"Preferences", "Local State"}
	for _, name := range append(gone, stays...) {
		if err := os.WriteFile(filepath.Join(profile, name), []byte("架空 𠮷男"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	blocked := filepath.Join(profile, "Preferences", "x")
	if got, err := prepareWebview([]string{blocked, folder}); err != nil || got != folder {
		t.Fatalf("got %s, %v, want %s", got, err, folder)
	}
	for _, name := range gone {
		if _, err := os.Stat(filepath.Join(profile, name)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range stays {
		if _, err := os.Stat(filepath.Join(profile, name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := prepareWebview([]string{blocked}); !errors.Is(err, counter.ErrFolderNotWritable) {
		t.Errorf("a folder that cannot be made: %v", err)
	}
	if got, err := prepareWebview(nil); got != "" || err != nil {
		t.Errorf("no folder of our own: %s, %v", got, err)
	}
}

// No field of the window lets the browser remember what was typed into it.
func TestNoFieldIsRemembered(t *testing.T) {
	fields := 0
	err := filepath.WalkDir("../frontend/src", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".svelte") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, field := range regexp.MustCompile(`(?s)<(input|textarea)\b.*?(/>|></)`).FindAllString(string(data), -1) {
			if regexp.MustCompile(`type="(checkbox|radio|number|file)"`).MatchString(field) {
				continue
			}
			fields++
			if !strings.Contains(field, `autocomplete="off"`) {
				t.Errorf("%s: %s", path, field)
			}
		}
		return nil
	})
	if err != nil || fields < 8 {
		t.Errorf("%d fields were looked at, %v", fields, err)
	}
}
