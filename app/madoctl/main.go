// Command madoctl does on a console what the window does at the counter: decide,
// read cards, print, keep cases, train. It is for batch work, support staff and
// checks from outside.
//
// JSON goes to standard output (always with --json, and whenever the output is
// no terminal), sentences for people go to standard error, in Japanese. The exit
// status is 0 when it is done, 1 for a negative answer, 2 for wrong usage, 3 when
// the reader or the card failed, 4 when data failed a check. Nothing prompts where
// there is no terminal, and a PIN is read from standard input only, never from
// the command line, and never written anywhere.
package main

import (
	"bufio"
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"
)

func main() { os.Exit(call()) }

// call runs one command line of this process and answers with its exit status.
func call() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	stdin := int(os.Stdin.Fd())
	p := &program{
		in:          bufio.NewReader(&typing{ctx: ctx, from: os.Stdin}),
		out:         os.Stdout,
		errOut:      os.Stderr,
		outTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		now:         time.Now,
	}
	if term.IsTerminal(stdin) {
		p.secret = func() ([]byte, error) { return readSecret(ctx, stdin) }
	}
	return p.run(ctx, os.Args[1:])
}
