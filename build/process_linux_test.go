package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// alive tells whether a process is there and has not ended.
func alive(pid int) bool {
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return false
	}
	line := string(data)
	return !strings.HasPrefix(strings.TrimSpace(line[strings.LastIndexByte(line, ')')+1:]), "Z")
}

func TestStepLeavesNoProcess(t *testing.T) {
	if err := adoptOrphans(); err != nil {
		t.Fatal(err)
	}
	tests := map[string]string{
		"child in the group":     `sleep 300 & echo $! >pid`,
		"daemon in a new group":  `setsid sh -c 'sleep 300 & echo $! >pid; sleep 0.2' & wait`,
		"child that will not go": `sh -c 'trap "" TERM; echo $$ >pid; while :; do sleep 300; done' & while [ ! -s pid ]; do :; done`,
	}
	for name, script := range tests {
		t.Run(name, func(t *testing.T) {
			s, _ := testSite(t)
			if err := s.runStep(step{Command: []string{"sh", "-c", "exec >/dev/null 2>&1; " + script}}); err != nil {
				t.Fatal(err)
			}
			pid := readPID(t, s.path("pid"))
			if alive(pid) {
				_ = syscall.Kill(pid, syscall.SIGKILL)
				t.Errorf("process %d is still there", pid)
			}
		})
	}
}

// A stage that yields has the lowest claim on the processor.
func TestStageThatYieldsIsNice(t *testing.T) {
	for _, yields := range []bool{false, true} {
		s, _ := testSite(t)
		s.yields = yields
		out, err := s.output(step{Command: []string{"nice"}})
		if err != nil || (strings.TrimSpace(out) == "19") != yields {
			t.Errorf("yields %t: niceness %q, %v", yields, out, err)
		}
	}
}

func TestCancelEndsTheGroup(t *testing.T) {
	if err := adoptOrphans(); err != nil {
		t.Fatal(err)
	}
	s, _ := testSite(t)
	go func() {
		for s.ctx.Err() == nil {
			if data, err := os.ReadFile(s.path("pid")); err == nil && strings.HasSuffix(string(data), "\n") {
				s.cancel()
			}
		}
	}()
	err := s.runStep(step{Command: []string{"sh", "-c", `sleep 300 & echo $! >pid; wait`}})
	if !errors.Is(err, errInterrupted) {
		t.Errorf("got %v, want %v", err, errInterrupted)
	}
	if pid := readPID(t, s.path("pid")); alive(pid) {
		t.Errorf("process %d is still there", pid)
	}
}

func TestJobEndsWithItsParent(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	inner, stop := context.WithCancel(ctx)
	s := &site{ctx: inner, cancel: stop}
	s.endWithParent(os.Getppid() + 1) // a parent that is not ours has gone
	if ctx.Err() != nil || inner.Err() == nil {
		t.Error("the job goes on although its parent has gone")
	}
}

func readPID(t *testing.T, file string) int {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	return pid
}
