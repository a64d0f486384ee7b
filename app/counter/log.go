package counter

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"madoguchi/reader"
)

// The program's log says when it was opened, what went wrong and what the
// self-check found, for those who support it from afar. A line is made of closed
// words, codes and numbers alone: no sentence, no path, no name of anybody, so
// that there is nothing in it to hide.
//
// The log lies in logs/ of the data folder and is limited: a file that is full
// becomes the second of a few, and the oldest goes. It never makes the data
// folder, and what cannot be written is not written: the self-check says why.

// The limits of the log: about two years of a busy counter.
const (
	logFileBytes = 256 << 10
	logFiles     = 4
)

// LogEvent is what a line of the log is about.
type LogEvent string

// The events. Each stands with a code of its own kind.
const (
	LogOpened  LogEvent = "opened"  // by the window: real or simulation
	LogClosed  LogEvent = "closed"  // by the window: real or simulation
	LogProblem LogEvent = "problem" // reference and code of a Problem that was shown
	LogReader  LogEvent = "reader"  // kind of a CardEvent, when it changes
	LogFound   LogEvent = "found"   // part and state of a finding that is not good
	LogToolkit LogEvent = "toolkit" // the window's toolkit reported an error or a panic
	LogCare    LogEvent = "care"    // the daily backup and verification: done
)

// logger writes the log of one data folder. Several programs may write to one
// folder: each line is one appending write.
type logger struct {
	dir     string // of the log; the folder above it must be there
	program string // window or console, with the version
	now     func() time.Time
	limit   int64

	mu   sync.Mutex
	last string // the line before, without its time: a repeated one is left out
}

// newLogger names the program by its file, madoguchi or madoctl.
func newLogger(dir string, now func() time.Time) *logger {
	program := strings.TrimSuffix(strings.ToLower(filepath.Base(os.Args[0])), ".exe")
	if !logWord.MatchString(program) {
		program = "?"
	}
	return &logger{dir: dir, program: program + "-" + Version, now: now, limit: logFileBytes}
}

// Log writes a line to the program's log: an event and its codes. What is not
// made of the characters of a code is written as "?".
func (c *Counter) Log(event LogEvent, codes ...string) { c.log.write(event, codes...) }

// logWord is the form of everything in a line.
var logWord = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.*_-]{0,60}$`)

func (l *logger) write(event LogEvent, codes ...string) {
	words := []string{l.program, strconv.Itoa(os.Getpid()), string(event)}
	for _, code := range codes {
		if !logWord.MatchString(code) {
			code = "?"
		}
		words = append(words, code)
	}
	text := strings.Join(words, " ")
	l.mu.Lock()
	defer l.mu.Unlock()
	if text == l.last {
		return
	}
	l.last = text
	_ = l.put(l.now().In(japan()).Format("2006-01-02T15:04:05-07:00") + " " + text + "\n") // see above
}

// put appends a line to the newest file of the log.
func (l *logger) put(line string) error {
	if _, err := os.Stat(filepath.Dir(l.dir)); err != nil {
		return err
	}
	if err := os.Mkdir(l.dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	newest := logPath(l.dir, 0)
	if info, err := os.Stat(newest); err == nil && info.Size()+int64(len(line)) > l.limit {
		if err := turnLogs(l.dir); err != nil {
			return err // the limit holds; the line is lost, the files are not
		}
	}
	f, err := os.OpenFile(newest, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(line)
	return errors.Join(err, f.Close())
}

// turnLogs makes room for a new newest file. The oldest is overwritten.
func turnLogs(dir string) error {
	for i := logFiles - 2; i >= 0; i-- {
		err := os.Rename(logPath(dir, i), logPath(dir, i+1))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// logPath is the file of a log by its age: 0 is the newest.
func logPath(dir string, age int) string {
	if age == 0 {
		return filepath.Join(dir, "madoguchi.log")
	}
	return filepath.Join(dir, fmt.Sprintf("madoguchi-%d.log", age))
}

// LogProblem writes a problem that somebody was shown for an error. Of one that
// nobody foresaw it also writes the types of the error and the number the system
// gave: the text of an error may hold anything. Wrong input and negative answers
// are everyday work and not written.
func (c *Counter) LogProblem(p Problem, err error) { c.log.problem(p, err) }

// LogProblem writes a problem for a counter that could not be opened.
func (f Folder) LogProblem(p Problem, err error) { newLogger(f.Logs(), time.Now).problem(p, err) }

func (l *logger) problem(p Problem, err error) {
	if p.Code == "" || p.Class == ClassInput || p.Class == ClassNo || errors.Is(err, reader.NoCard) {
		return
	}
	codes := []string{p.Ref, p.Code}
	if p.Class == ClassFault {
		codes = append(codes, errorTypes(err)...)
	}
	l.write(LogProblem, codes...)
}

// errorTypes are the types of an error and of what it wraps, and the system's
// numbers among them.
func errorTypes(err error) []string {
	var types []string
	for err != nil && len(types) < 8 {
		types = append(types, strings.TrimPrefix(fmt.Sprintf("%T", err), "*"))
		if number, ok := systemNumber(err); ok {
			types = append(types, strconv.FormatUint(uint64(number), 10))
		}
		if many, ok := err.(interface{ Unwrap() []error }); ok && len(many.Unwrap()) > 0 {
			err = many.Unwrap()[0]
			continue
		}
		err = errors.Unwrap(err)
	}
	return types
}
