package main

import (
	"context"
	"fmt"
	"io"

	"golang.org/x/term"
)

// typing is standard input that ends with the context: whoever waits for it is
// let go by the first Ctrl+C, with context.Canceled. What was typed by then is
// dropped.
type typing struct {
	ctx  context.Context
	from io.Reader
}

// Read reads like the input itself, for as long as the context lasts.
func (t *typing) Read(to []byte) (int, error) {
	read, err := before(t.ctx, func() ([]byte, error) {
		own := make([]byte, len(to)) // a read that comes too late must not write into to
		n, err := t.from.Read(own)
		return own[:n], err
	})
	defer clear(read)
	return copy(to, read), err
}

// readSecret reads a line of a terminal without showing it. However it ends, the
// terminal shows again what is typed.
func readSecret(ctx context.Context, terminal int) ([]byte, error) {
	state, err := term.GetState(terminal)
	if err != nil {
		return nil, fmt.Errorf("asking for the terminal's state: %w", err)
	}
	line, err := before(ctx, func() ([]byte, error) { return term.ReadPassword(terminal) })
	if ctx.Err() != nil {
		if failed := term.Restore(terminal, state); failed != nil {
			return nil, fmt.Errorf("restoring the terminal: %w", failed)
		}
	}
	return line, err
}

// before answers with what read gives, or with the context's end where that comes
// first: a read of a terminal cannot be called off, only left behind.
func before(ctx context.Context, read func() ([]byte, error)) ([]byte, error) {
	type answer struct {
		data []byte
		err  error
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	done := make(chan answer, 1)
	go func() {
		data, err := read()
		done <- answer{data, err}
	}()
	select {
	case a := <-done:
		return a.data, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
