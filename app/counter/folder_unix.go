//go:build unix

package counter

import (
	"errors"
	"os"
	"syscall"
)

func isReadOnly(err error) bool  { return errors.Is(err, syscall.EROFS) }
func isNotFolder(err error) bool { return errors.Is(err, syscall.ENOTDIR) }
func isDiskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// freeBytes is the room left for this user on the disk of a folder.
func freeBytes(path string) (uint64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(path, &s); err != nil {
		return 0, err
	}
	return s.Bavail * uint64(s.Bsize), nil
}

// systemNumber is the number of an error of the system itself.
func systemNumber(err error) (uintptr, bool) {
	number, ok := err.(syscall.Errno)
	return uintptr(number), ok
}

// protect has nothing to do: the folder was made for its owner alone.
func protect(string) error { return nil }

// syncFolder brings the names in a folder to the disk.
func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
