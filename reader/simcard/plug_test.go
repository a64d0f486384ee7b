package simcard

import (
	"bytes"
	"context"
	"errors"
	"net"
	"testing"
)

// virtualReader waits for a card as the daemon's virtual reader does.
func virtualReader(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	return listener
}

func plugInto(listener net.Listener, card *Card) (context.CancelFunc, <-chan error) {
	ctx, out := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Plug(ctx, listener.Addr().String(), card) }()
	return out, ended
}

// exchange sends a message and returns the answer.
func exchange(t *testing.T, conn net.Conn, message ...byte) []byte {
	t.Helper()
	if err := writeMessage(conn, message); err != nil {
		t.Fatal(err)
	}
	answer, err := readMessage(conn)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestPlug(t *testing.T) {
	listener, card := virtualReader(t), newCard(t, Description{})
	out, ended := plugInto(listener, card)
	conn, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	if got := exchange(t, conn, askATR); !bytes.Equal(got, card.ATR()) {
		t.Errorf("ATR %X", got)
	}
	for _, silent := range []byte{powerOn, resetCard} {
		if err := writeMessage(conn, []byte{silent}); err != nil {
			t.Fatal(err)
		}
	}
	if got := exchange(t, conn, 0x00, 0xA4, 0x04, 0x00, 0x00); !bytes.Equal(got, []byte{0x6A, 0x82}) {
		t.Errorf("an unknown application: %X", got)
	}

	conn.Close() // the daemon goes away, and comes back
	if conn, err = listener.Accept(); err != nil {
		t.Fatal(err)
	}
	if got := exchange(t, conn, askATR); !bytes.Equal(got, card.ATR()) {
		t.Errorf("ATR after coming back %X", got)
	}
	out()
	if err := <-ended; err != nil {
		t.Errorf("Plug ended with %v", err)
	}
	if _, err := readMessage(conn); err == nil {
		t.Error("the card is still in the reader")
	}
}

func TestPlugPulled(t *testing.T) {
	listener, card := virtualReader(t), newCard(t, Description{Faults: []Fault{{At: 2, Kind: Pull}}})
	_, ended := plugInto(listener, card)
	conn, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	exchange(t, conn, 0x00, 0xA4, 0x04, 0x00)
	if err := writeMessage(conn, []byte{0x00, 0xA4, 0x04, 0x00}); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !IsRemoved(err) {
		t.Errorf("Plug ended with %v, want the card pulled", err)
	}
	if _, err := readMessage(conn); err == nil {
		t.Error("the card is still in the reader")
	}
}

func TestPlugWithoutDaemon(t *testing.T) {
	listener := virtualReader(t)
	address := listener.Addr().String()
	listener.Close()
	var refused *net.OpError
	if err := Plug(context.Background(), address, newCard(t, Description{})); !errors.As(err, &refused) {
		t.Errorf("got %v, want an error of the network", err)
	}
}
