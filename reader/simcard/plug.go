package simcard

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// DefaultAddress is where the virtual reader of a local PC/SC daemon waits for
// its card (package vsmartcard-vpcd of Debian).
const DefaultAddress = "127.0.0.1:35963"

// replugAfter is how long Plug waits before it tries again to reach a daemon
// that went away.
const replugAfter = 200 * time.Millisecond

// Plug puts the card into the virtual reader of a real PC/SC daemon and keeps it
// there until the context ends, which takes it out. The first connection must
// succeed: its failure is an error. Later, when the daemon goes away and comes
// back, the card is put in again. A card that is pulled, by a fault of its
// description or by [Card.Pull], ends Plug with [Removed].
func Plug(ctx context.Context, address string, card *Card) error {
	conn, err := dial(ctx, address)
	if err != nil {
		return fmt.Errorf("reaching the virtual reader: %w", err)
	}
	for {
		card.Insert()
		err := serve(ctx, conn, card)
		switch {
		case ctx.Err() != nil:
			return nil
		case IsRemoved(err):
			return err
		}
		if conn, err = redial(ctx, address); err != nil {
			return nil
		}
	}
}

func dial(ctx context.Context, address string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "tcp", address)
}

// redial waits until the daemon is back; its only error is the context's.
func redial(ctx context.Context, address string) (net.Conn, error) {
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(replugAfter):
		}
		if conn, err := dial(ctx, address); err == nil {
			return conn, nil
		}
	}
}

// serve answers the virtual reader until the connection or the context ends, or
// the card is pulled. Closing the connection takes the card out.
func serve(ctx context.Context, conn net.Conn, card *Card) error {
	ctx, done := context.WithCancel(ctx)
	defer done()
	defer conn.Close()
	watching := make(chan struct{})
	go func() {
		defer close(watching)
		select {
		case <-ctx.Done():
		case <-card.Pulled():
		}
		conn.Close()
	}()
	err := answerAll(ctx, conn, card)
	select {
	case <-card.Pulled():
		err = Removed{}
	default:
	}
	done()
	<-watching
	return err
}

// answerAll answers message after message.
func answerAll(ctx context.Context, conn io.ReadWriter, card *Card) error {
	for {
		message, err := readMessage(promptly{conn})
		if err != nil {
			return err
		}
		answer, err := answerMessage(ctx, message, card)
		if err != nil {
			return err
		}
		if answer == nil {
			continue
		}
		if err := writeMessage(conn, answer); err != nil {
			return err
		}
	}
}

// answerMessage answers one message, or nothing where none is expected.
func answerMessage(ctx context.Context, message []byte, card *Card) ([]byte, error) {
	switch {
	case len(message) == 0:
		return nil, errors.New("the virtual reader sent an empty message")
	case len(message) > 1:
		return card.Transmit(ctx, message)
	}
	switch message[0] {
	case powerOff, powerOn, resetCard:
		card.Reset()
		return nil, nil
	case askATR:
		return card.ATR(), nil
	}
	return nil, fmt.Errorf("the virtual reader sent the unknown message %02X", message[0])
}

// promptly reads a connection and confirms at once what it received. The virtual
// reader writes the length of a message and the message in two pieces, and sends
// the second only when the first is confirmed: otherwise each command takes
// 40 ms longer.
type promptly struct{ io.ReadWriter }

// Read asks for the confirmation before it waits, for writing puts it off again.
func (p promptly) Read(b []byte) (int, error) {
	acknowledge(p.ReadWriter)
	return p.ReadWriter.Read(b)
}
