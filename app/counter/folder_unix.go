//go:build unix

package counter

import (
	"errors"
	"syscall"
)

func isReadOnly(err error) bool  { return errors.Is(err, syscall.EROFS) }
func isNotFolder(err error) bool { return errors.Is(err, syscall.ENOTDIR) }
func isDiskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
