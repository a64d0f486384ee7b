//go:build unix

package counter_test

import "syscall"

const diskFull = syscall.ENOSPC
