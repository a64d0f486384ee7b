//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// leadGroup gives the process a group of its own, and asks the whole group to
// end when the job is cancelled.
func leadGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
}
