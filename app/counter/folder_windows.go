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
