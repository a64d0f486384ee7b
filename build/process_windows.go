package main

import (
	"os/exec"
	"strconv"
)

// leadGroup ends the process with its children when the job is cancelled.
func leadGroup(cmd *exec.Cmd) {
	cmd.Cancel = func() error {
		return exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid)).Run()
	}
}
