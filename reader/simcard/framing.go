package simcard

import (
	"encoding/binary"
	"fmt"
	"io"
)

// A message of the virtual reader is two bytes of length, high byte first, and
// that many bytes (vsmartcard, virtual smart card API).
const maxMessage = 0xFFFF

// The messages of one byte that are no command.
const (
	powerOff  = 0x00
	powerOn   = 0x01
	resetCard = 0x02
	askATR    = 0x04
)

// readMessage reads one message. A connection that ends between two messages is io.EOF.
func readMessage(r io.Reader) ([]byte, error) {
	var size [2]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return nil, err
	}
	message := make([]byte, binary.BigEndian.Uint16(size[:]))
	if _, err := io.ReadFull(r, message); err != nil {
		return nil, fmt.Errorf("reading a message of the virtual reader: %w", noEOF(err))
	}
	return message, nil
}

// noEOF makes the end of a connection within a message an error of its own.
func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// writeMessage writes one message in one piece.
func writeMessage(w io.Writer, message []byte) error {
	if len(message) > maxMessage {
		return fmt.Errorf("a message of %d bytes is too long for the virtual reader", len(message))
	}
	_, err := w.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(message))), message...))
	return err
}
