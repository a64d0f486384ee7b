package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/pflag"

	"madoguchi/app/counter"
)

// The exit statuses (contracts §5).
const (
	exitDone     = 0
	exitNegative = 1
	exitUsage    = 2
	exitCard     = 3
	exitData     = 4
)

// errNegative is a negative answer that was already given on standard output.
var errNegative = errors.New("negative answer")

// errFailedCheck is data that failed a check whose faults were already said.
var errFailedCheck = errors.New("data failed a check")

// usageError is a command line that cannot be done, said in Japanese.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

func usage(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// asUsage says in Japanese what the command line's parser found.
func asUsage(err error) error {
	var (
		own       usageError
		unknown   *pflag.NotExistError
		valueless *pflag.ValueRequiredError
		wrong     *pflag.InvalidValueError
	)
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &unknown):
		return usage("--%s という指定はありません", unknown.GetSpecifiedName())
	case errors.As(err, &valueless):
		return usage("--%s には値が要ります", valueless.GetSpecifiedName())
	case errors.As(err, &wrong):
		return usage("--%s の値が正しくありません", wrong.GetFlag().Name)
	}
	return usage("指定を読み取れません (%v)", err)
}

// report says an error on standard error and answers with the exit status.
func (p *program) report(err error) int {
	var wrong usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errNegative):
		return exitNegative
	case errors.Is(err, errFailedCheck):
		return exitData
	case errors.As(err, &wrong):
		p.say("使い方が違います: %s。madoctl --help で使い方を確かめてください", wrong.text)
		return exitUsage
	}
	problem := counter.ProblemOf(err)
	p.say("%s", problem.Sentence())
	return exitOf(problem.Class)
}

func exitOf(class counter.Class) int {
	switch class {
	case counter.ClassNo:
		return exitNegative
	case counter.ClassInput:
		return exitUsage
	case counter.ClassCard:
		return exitCard
	}
	return exitData
}

// say writes one line for people.
func (p *program) say(format string, args ...any) {
	fmt.Fprintf(p.errOut, format+"\n", args...)
}

// show gives the result of a command: JSON, or words where a person reads the
// terminal. words may be nil: then it is JSON in any case.
func (p *program) show(v any, words func(io.Writer)) error {
	if words != nil && p.outTerminal && !p.asJSON {
		words(p.out)
		return nil
	}
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("writing the result: %w", err)
	}
	return nil
}

// readInput reads a file of the command line; "-" is standard input.
func (p *program) readInput(flag, path string) ([]byte, error) {
	switch path {
	case "":
		return nil, usage("--%s FILE が要ります (- は標準入力)", flag)
	case "-":
		data, err := io.ReadAll(p.in)
		if err != nil {
			return nil, fmt.Errorf("reading standard input: %w", err)
		}
		return data, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &counter.InputError{Name: path, Err: err}
	}
	return data, nil
}
