//go:build unix

package counter

import (
	"errors"
	"os"
	"path/filepath"
)

// systemVersion is known on Windows only: nobody supports another system from afar.
func systemVersion() string { return "" }

// viewVersion is the version of the part of the system that shows the window;
// only Windows has one of its own.
func viewVersion() (version string, asked bool) { return "", false }

// desktopFolder is where people look for a file that was made for them.
func desktopFolder() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	desktop := filepath.Join(home, "Desktop")
	if info, err := os.Stat(desktop); err == nil && info.IsDir() {
		return desktop, nil
	}
	return "", errors.New("no desktop")
}
