package history

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// onNetworkDrive reports whether the path is on a network drive: a share by
// name, or a letter that stands for one.
func onNetworkDrive(path string) bool {
	if isUNC(path) {
		return true
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(full) + `\`)
	if err != nil {
		return false
	}
	return windows.GetDriveType(root) == windows.DRIVE_REMOTE
}
