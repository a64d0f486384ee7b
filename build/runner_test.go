package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
)

// testSite is a site in an empty folder whose words go to a buffer.
func testSite(t *testing.T) (*site, *bytes.Buffer) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	words := &bytes.Buffer{}
	s := &site{ctx: ctx, cancel: cancel, root: t.TempDir(), results: &results{}, installing: &installing{}}
	s.out = io.MultiWriter(words, s.results)
	return s, words
}

// does is a step that records its name and gives err.
func does(done *[]string, name string, err error) step {
	return step{Title: name, Check: func(*site) error {
		*done = append(*done, name)
		return err
	}}
}

func TestRunStages(t *testing.T) {
	broken := errors.New("broken")
	elsewhere := "plan9"
	tests := []struct {
		name   string
		stages func(done *[]string) []stage
		done   string
		err    string
		states map[string]string
	}{
		{
			name: "all succeed, in order",
			stages: func(d *[]string) []stage {
				return []stage{
					{Name: "one", Steps: []step{does(d, "a", nil), does(d, "b", nil)}},
					{Name: "two", Steps: []step{does(d, "c", nil)}},
				}
			},
			done: "a b c", states: map[string]string{"one": "ok", "two": "ok"},
		}, {
			name: "the first failure stops and is named",
			stages: func(d *[]string) []stage {
				return []stage{
					{Name: "one", Steps: []step{does(d, "a", nil)}},
					{Name: "two", Steps: []step{does(d, "b", broken), does(d, "c", nil)}},
					{Name: "three", Steps: []step{does(d, "d", nil)}},
				}
			},
			done: "a b", err: `stage "two" failed: broken`,
			states: map[string]string{"one": "ok", "two": "FAILED", "three": "not reached"},
		}, {
			name: "a stage of another system is listed, not run",
			stages: func(d *[]string) []stage {
				return []stage{
					{Name: "one", Only: []string{elsewhere}, Steps: []step{does(d, "a", broken)}},
					{Name: "two", Steps: []step{does(d, "b", nil)}},
				}
			},
			done: "b", states: map[string]string{"one": "not on " + runtime.GOOS, "two": "ok"},
		}, {
			name: "a stage with nothing in it fails",
			stages: func(d *[]string) []stage {
				return []stage{{Name: "empty"}}
			},
			err: `stage "empty" failed`, states: map[string]string{"empty": "FAILED"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, words := testSite(t)
			var done []string
			err := s.runStages(test.stages(&done))
			if got := strings.Join(done, " "); got != test.done {
				t.Errorf("steps done: got %q, want %q", got, test.done)
			}
			if (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
				t.Errorf("error: got %v, want %q", err, test.err)
			}
			_, summary, _ := strings.Cut(words.String(), "== summary")
			for name, state := range test.states {
				if !hasLine(summary, name, state) {
					t.Errorf("summary does not say %q is %q:\n%s", name, state, summary)
				}
			}
		})
	}
}

// Stages that run beside one another meet, each needs the other; what they say stands
// in their order all the same.
func TestStagesBesideOneAnother(t *testing.T) {
	s, words := testSite(t)
	first, second := make(chan bool), make(chan bool)
	meet := func(say string, mine, other chan bool) step {
		return step{Title: say, Check: func(s *site) error {
			close(mine)
			select {
			case <-other:
			case <-s.ctx.Done():
				return errInterrupted
			}
			s.say("said by %s", say)
			return nil
		}}
	}
	var done []string
	err := s.runStages([]stage{
		{Name: "one", Steps: []step{meet("one", first, second)}},
		{Name: "two", Beside: true, Steps: []step{meet("two", second, first)}},
		{Name: "three", Steps: []step{does(&done, "after both", nil)}},
	})
	if err != nil || len(done) != 1 {
		t.Fatalf("got %v, then %v", err, done)
	}
	text := words.String()
	for _, next := range []string{"1/3 one", "said by one", "-- one: ok", "2/3 two", "said by two", "-- two: ok", "3/3 three", "== summary"} {
		_, rest, found := strings.Cut(text, next)
		if !found {
			t.Fatalf("%q is missing, or not in its place:\n%s", next, words)
		}
		text = rest
	}
}

// A stage that fails ends the one beside it, whichever stands first, and is named.
func TestFailureEndsTheStageBeside(t *testing.T) {
	broken := errors.New("broken")
	fails := step{Title: "fail", Check: func(*site) error { return broken }}
	waits := step{Title: "wait", Check: func(s *site) error { <-s.ctx.Done(); return errInterrupted }}
	for _, steps := range [][2]step{{fails, waits}, {waits, fails}} {
		s, words := testSite(t)
		var done []string
		err := s.runStages([]stage{
			{Name: "one", Steps: steps[:1]},
			{Name: "two", Beside: true, Steps: steps[1:]},
			{Name: "three", Steps: []step{does(&done, "never", nil)}},
		})
		name, other := "one", "two"
		if steps[0].Title == "wait" {
			name, other = other, name
		}
		if !errors.Is(err, broken) || !strings.Contains(err.Error(), name) || len(done) > 0 {
			t.Errorf("got %v after %v", err, done)
		}
		_, summary, _ := strings.Cut(words.String(), "== summary")
		if !hasLine(summary, name, "FAILED") || !hasLine(summary, other, "interrupted") || !hasLine(summary, "three", "not reached") {
			t.Errorf("the summary:\n%s", summary)
		}
	}
}

// hasLine tells whether a line starts with the name and goes on with state.
func hasLine(text, name, state string) bool {
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, name+" "); ok && strings.HasPrefix(strings.TrimSpace(rest), state) {
			return true
		}
	}
	return false
}

func TestInterruptedStageStops(t *testing.T) {
	s, _ := testSite(t)
	s.cancel()
	var done []string
	err := s.runStages([]stage{{Name: "one", Steps: []step{does(&done, "a", nil)}}})
	if !errors.Is(err, errInterrupted) || len(done) > 0 {
		t.Errorf("got %v after %v, want %v after nothing", err, done, errInterrupted)
	}
}

func TestResultsKeepClosingLines(t *testing.T) {
	r := &results{}
	text := "=== RUN x\nok  \tmadoguchi/rules\t0.31s\n\x1b[2m      Tests \x1b[22m \x1b[1m\x1b[32m12 passed\x1b[39m\x1b[22m (12)\n" +
		"?   \tmadoguchi\t[no test files]\nFAIL\tmadoguchi/reader\t1.00s\n  7 passed (3.1s)\n"
	for _, piece := range []string{text[:20], text[20:90], text[90:]} {
		if n, err := r.Write([]byte(piece)); n != len(piece) || err != nil {
			t.Fatalf("Write: got %d, %v", n, err)
		}
	}
	want := []string{"ok  \tmadoguchi/rules\t0.31s", "      Tests  12 passed (12)", "FAIL\tmadoguchi/reader\t1.00s", "  7 passed (3.1s)"}
	if got := strings.Join(r.lines(), "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}
