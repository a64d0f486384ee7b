package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// prSetChildSubreaper is PR_SET_CHILD_SUBREAPER of prctl(2), which package
// syscall does not name.
const prSetChildSubreaper = 36

// adoptOrphans makes this process the parent of every process below it that
// loses its own, so that a daemon which left its group is still found.
func adoptOrphans() error {
	if _, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, prSetChildSubreaper, 1, 0); errno != 0 {
		return fmt.Errorf("taking charge of orphaned processes: %w", errno)
	}
	return nil
}

// endOrphans ends every process below this one: asked first, then killed. It
// is called between steps, when none of them is wanted any more.
func endOrphans() {
	deadline := time.Now().Add(grace)
	sign := syscall.SIGTERM
	for {
		left := descendants(os.Getpid())
		if len(left) == 0 {
			return
		}
		if time.Now().After(deadline) {
			sign = syscall.SIGKILL
		}
		for _, pid := range left {
			// A process that ended meanwhile is what is wanted.
			_ = syscall.Kill(pid, sign)
		}
		time.Sleep(20 * time.Millisecond)
		reap()
	}
}

// reap collects the adopted children that have ended.
func reap() {
	for {
		pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil)
		if pid <= 0 || err != nil {
			return
		}
	}
}

// descendants lists the processes below one, from the parents in /proc.
func descendants(root int) []int {
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	children := map[int][]int{}
	for _, file := range files {
		if pid, parent, ok := parentOf(file); ok {
			children[parent] = append(children[parent], pid)
		}
	}
	var found []int
	for next := []int{root}; len(next) > 0; next = next[1:] {
		found = append(found, children[next[0]]...)
		next = append(next, children[next[0]]...)
	}
	return found
}

// parentOf reads "pid (name) state ppid …" (proc(5)). The name may hold
// blanks and brackets, so the fields are counted from its last bracket.
func parentOf(file string) (pid, parent int, ok bool) {
	data, err := os.ReadFile(file)
	if err != nil {
		return 0, 0, false
	}
	line := string(data)
	end := strings.LastIndexByte(line, ')')
	fields := strings.Fields(line[end+1:])
	if end < 0 || len(fields) < 2 {
		return 0, 0, false
	}
	pid, err = strconv.Atoi(strings.Fields(line)[0])
	if err != nil {
		return 0, 0, false
	}
	parent, err = strconv.Atoi(fields[1])
	return pid, parent, err == nil
}
