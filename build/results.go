package main

import (
	"bytes"
	"regexp"
	"strings"
)

// closing matches the line with which a test program says what it ran: one of
// "go test" for each package, the totals of vitest and of Playwright.
var closing = regexp.MustCompile(`^(ok  \t.*|FAIL\t.*|\s*Test Files\s.*|\s*Tests\s.*|\s+\d+ (passed|failed|flaky|skipped).*)$`)

// colour matches the escape sequences with which programs colour their words.
var colour = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// results is a writer that keeps the closing lines of the test programs whose
// output passes through it.
type results struct {
	rest    []byte
	kept    []string
	stopped bool
}

func (r *results) Write(data []byte) (int, error) {
	if r.stopped {
		return len(data), nil
	}
	r.rest = append(r.rest, data...)
	for {
		end := bytes.IndexByte(r.rest, '\n')
		if end < 0 {
			return len(data), nil
		}
		line := colour.ReplaceAllString(strings.TrimRight(string(r.rest[:end]), "\r"), "")
		if closing.MatchString(line) {
			r.kept = append(r.kept, line)
		}
		r.rest = r.rest[end+1:]
	}
}

// lines are the closing lines seen so far.
func (r *results) lines() []string { return r.kept }

// stop keeps no more lines, so that repeating them is not seen as new ones.
func (r *results) stop() { r.stopped = true }
