package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"
)

// A site is where a job works: the repository, the output and the processes.
type site struct {
	ctx     context.Context
	cancel  context.CancelFunc
	root    string    // the folder that holds go.mod, absolute
	out     io.Writer // what people read
	results *results  // the closing lines of the test programs
	shared  bool      // another stage runs at the same time
	yields  bool      // and has the processor first
	*installing
}

// installing is held by the stage that installs what it needs.
type installing struct {
	sync.Mutex
	updated bool // apt-get update has run in this job
}

// openSite finds the repository and takes charge of the processes that steps
// start. It fails outside the root of the repository.
func openSite(ctx context.Context) (*site, error) {
	root, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("finding the current folder: %w", err)
	}
	first, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil || !strings.HasPrefix(string(first), "module madoguchi\n") {
		return nil, fmt.Errorf("run this from the root of the repository (the folder that holds go.mod), not from %s", root)
	}
	if err := adoptOrphans(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	s := &site{ctx: ctx, cancel: cancel, root: root, results: &results{}, installing: &installing{}}
	s.out = io.MultiWriter(os.Stdout, s.results)
	go s.endWithParent(os.Getppid())
	return s, nil
}

// close ends every process that is still there.
func (s *site) close() {
	s.cancel()
	endOrphans()
}

// endWithParent cancels the job when the process that started it is gone. "go
// run" does not pass a SIGTERM on to the program it runs; without this, a
// cancelled job would go on unseen.
func (s *site) endWithParent(parent int) {
	if runtime.GOOS == "windows" {
		return // a Windows process keeps the number of a parent that has ended
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-tick.C:
			if os.Getppid() != parent {
				s.cancel()
				return
			}
		}
	}
}

// path joins a slash-separated path of the repository to its root.
func (s *site) path(name string) string {
	return filepath.Join(s.root, filepath.FromSlash(name))
}

// say prints a sentence for people.
func (s *site) say(format string, args ...any) {
	fmt.Fprintf(s.out, format+"\n", args...)
}
