package counter

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

func testLogger(t *testing.T) *logger {
	t.Helper()
	at := time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)
	l := newLogger(filepath.Join(t.TempDir(), "logs"), func() time.Time { return at })
	l.program = "madoguchi-0.1.0"
	return l
}

func TestALogLineIsMadeOfCodes(t *testing.T) {
	l := testLogger(t)
	l.write(LogProblem, "R-002", "no-reader")
	l.write(LogProblem, "M-999", "見本 太郎", "a b", `C:\Users\x`, "fs.PathError")
	data, err := os.ReadFile(logPath(l.dir, 0))
	if err != nil {
		t.Fatal(err)
	}
	want := regexp.MustCompile(`^2026-11-24T10:00:00\+09:00 madoguchi-0\.1\.0 \d+ problem R-002 no-reader
2026-11-24T10:00:00\+09:00 madoguchi-0\.1\.0 \d+ problem M-999 \? \? \? fs\.PathError
$`)
	if !want.Match(data) {
		t.Errorf("got %q", data)
	}
}

func TestARepeatedLineIsLeftOut(t *testing.T) {
	l := testLogger(t)
	for range 5 {
		l.write(LogReader, "failed", "R-001")
	}
	l.write(LogReader, "reader")
	l.write(LogReader, "failed", "R-001")
	if got := strings.Count(logText(t, l), "\n"); got != 3 {
		t.Errorf("%d lines, want 3", got)
	}
}

// The files turn, the oldest goes, and no line is longer than the limit allows.
func TestTheLogTurns(t *testing.T) {
	l := testLogger(t)
	l.limit = 200
	for i := range 100 {
		l.write(LogCare, fmt.Sprintf("n%d", i))
	}
	entries, err := os.ReadDir(l.dir)
	if err != nil || len(entries) != logFiles {
		t.Fatalf("%d files, %v, want %d", len(entries), err, logFiles)
	}
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Size() == 0 || info.Size() > l.limit {
			t.Errorf("%s: %v, %v", e.Name(), info, err)
		}
	}
	text := logText(t, l)
	if !strings.Contains(text, " n99\n") || strings.Contains(text, " n1\n") {
		t.Errorf("the newest line is to stay and the oldest to go:\n%s", text)
	}
}

// The log makes no data folder, and a place where it cannot be written stops nothing.
func TestTheLogWritesOnlyWhereThereIsADataFolder(t *testing.T) {
	l := testLogger(t)
	above := filepath.Dir(l.dir)
	if err := os.Remove(above); err != nil {
		t.Fatal(err)
	}
	l.write(LogOpened, "real")
	if _, err := os.Stat(above); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the log made the data folder: %v", err)
	}
	if err := os.WriteFile(above, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l.write(LogClosed, "real")
}

func TestErrorTypes(t *testing.T) {
	_, missing := os.Open(filepath.Join(t.TempDir(), "見本 太郎"))
	err := fmt.Errorf("opening 見本 太郎: %w", errors.Join(missing))
	got := strings.Join(errorTypes(err), " ")
	if !strings.HasPrefix(got, "fmt.wrapError errors.joinError fs.PathError syscall.Errno 2") {
		t.Errorf("got %q", got)
	}
}

// logText is the whole log, oldest first.
func logText(t *testing.T, l *logger) string {
	t.Helper()
	var text strings.Builder
	for age := logFiles - 1; age >= 0; age-- {
		data, err := os.ReadFile(logPath(l.dir, age))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		text.Write(data)
	}
	return text.String()
}
