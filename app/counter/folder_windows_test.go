package counter

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
)

// A folder the program makes is its maker's, administrators' and the system's:
// three entries, none inherited. Wine keeps no such lists: this runs on Windows.
func TestANewFolderIsItsMakersOwn(t *testing.T) {
	folder := Folder(filepath.Join(t.TempDir(), "data"))
	if err := folder.Make(); err != nil {
		t.Fatal(err)
	}
	descriptor, err := windows.GetNamedSecurityInfo(string(folder), windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		t.Fatal(err)
	}
	rules := descriptor.String()
	if !strings.HasPrefix(rules, "D:P") || strings.Count(rules, "(A;") != 3 || strings.Contains(rules, ";BU)") || strings.Contains(rules, ";WD)") {
		t.Errorf("got %s", rules)
	}
}
