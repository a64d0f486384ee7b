package simcard

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
)

// The inputs under testdata/fuzz are kept and run with every test; to search further:
//
//	go test -run '^$' -fuzz '^FuzzFraming$' -fuzztime 10m ./reader/simcard

// FuzzFraming: messages read from a stream, written again, are the stream up to
// the first that is cut off; and a message that was written is read as it was.
func FuzzFraming(f *testing.F) {
	f.Add([]byte{0, 1, 4, 0, 1, 0, 0, 5, 0, 0xA4, 4, 0, 0})
	f.Add([]byte{0xFF, 0xFF, 1})
	f.Add([]byte{0, 0, 0})
	f.Fuzz(func(t *testing.T, stream []byte) {
		in, out := bytes.NewReader(stream), &bytes.Buffer{}
		for {
			message, err := readMessage(in)
			if err != nil {
				if err == io.EOF && in.Len() == 0 && out.Len() != len(stream) {
					t.Errorf("%X: read to the end, and gives %X", stream, out.Bytes())
				}
				break
			}
			if err := writeMessage(out, message); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.HasPrefix(stream, out.Bytes()) {
			t.Errorf("%X gives %X", stream, out.Bytes())
		}
	})
}

// FuzzCard sends any commands to a card. It answers each with 2 to 258 bytes,
// counters stay between 0 and their limit, and a locked PIN stays locked.
func FuzzCard(f *testing.F) {
	f.Add([]byte("\x0f\x00\xa4\x04\x0c\x0a\xd3\x92\xf0\x00\x26\x01\x00\x00\x00\x01\x04\x00\x20\x00\x98\x09\x00\x20\x00\x98\x041234\x05\x00\xb0\x8a\x00\x00"))
	f.Add([]byte("\x0f\x00\xa4\x04\x0c\x0a\xd3\x92\x10\x00\x31\x00\x01\x01\x01\x00\x05\x00\xb2\x01\x0c\x00"))
	zero := 0
	card, err := New(Description{PINs: map[string]PIN{Signature: {Remaining: &zero}}}, now)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		card.Reset()
		for len(stream) > 0 {
			n := min(int(stream[0]), len(stream)-1)
			answer, err := card.Transmit(context.Background(), stream[1:1+n])
			stream = stream[1+n:]
			if err != nil || len(answer) < 2 || len(answer) > 258 {
				t.Fatalf("%d bytes, %v", len(answer), err)
			}
			for _, name := range []string{Signature, UserIdentification, ResidentRegistration, CardInfoInput} {
				left, second := card.TriesLeft(name)
				if left < 0 || left > limits[name] || second > limits[name] || name == Signature && left != 0 {
					t.Fatalf("%s has %d and %d tries left", name, left, second)
				}
			}
		}
		card.recorded = nil
	})
}

// FuzzMessage answers any message of the virtual reader, or refuses it.
func FuzzMessage(f *testing.F) {
	f.Add([]byte{askATR})
	f.Add([]byte{resetCard})
	f.Add([]byte{})
	f.Add([]byte{0x00, 0xA4, 0x04, 0x00})
	card, err := New(Description{}, now)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, message []byte) {
		answer, err := answerMessage(context.Background(), message, card)
		known := len(message) > 1 || len(message) == 1 && (message[0] <= resetCard || message[0] == askATR)
		if (err == nil) != known || errors.Is(err, Removed{}) {
			t.Errorf("%X: %X, %v", message, answer, err)
		}
		if len(message) == 1 && message[0] <= resetCard && answer != nil {
			t.Errorf("%X is answered with %X", message, answer)
		}
		card.recorded = nil
	})
}
