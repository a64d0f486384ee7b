package counter

import (
	"errors"

	"golang.org/x/sys/windows"
)

func isReadOnly(err error) bool  { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
func isNotFolder(err error) bool { return errors.Is(err, windows.ERROR_DIRECTORY) }
func isDiskFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

// freeBytes is the room left for this user on the disk of a folder.
func freeBytes(path string) (uint64, error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return 0, err
	}
	var free, total, all uint64
	err = windows.GetDiskFreeSpaceEx(name, &free, &total, &all)
	return free, err
}

// systemNumber is the number of an error of the system itself.
func systemNumber(err error) (uintptr, bool) {
	number, ok := err.(windows.Errno)
	return uintptr(number), ok
}
