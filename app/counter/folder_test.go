package counter

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFolderBesideProgram(t *testing.T) {
	dir := t.TempDir()
	folder := besideProgram(filepath.Join(dir, "madoguchi.exe"))
	if want := Folder(filepath.Join(dir, "data")); folder != want {
		t.Errorf("got %s, want %s", folder, want)
	}
	if folder.exists() {
		t.Error("the folder is not there and is said to be")
	}
	if err := os.WriteFile(string(folder), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if folder.exists() {
		t.Error("a file was taken for the folder")
	}
}
