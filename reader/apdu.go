package reader

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
)

// Transport moves one command to the card and brings its answer back: data
// followed by two status bytes. It sends each command exactly once and never
// repeats one by itself. Its errors are, or wrap, a [Fault].
type Transport interface {
	Transmit(ctx context.Context, command []byte) ([]byte, error)
}

// ApplicationID is the identifier of a card application (ISO/IEC 7816-4 §12.2.3),
// as upper-case hexadecimal digits.
type ApplicationID string

// bytes returns the identifier as it goes to the card.
func (a ApplicationID) bytes() []byte {
	b, err := hex.DecodeString(string(a))
	if err != nil {
		return nil
	}
	return b
}

// FileID is the two-byte identifier of an elementary file in the selected application.
type FileID uint16

// short returns the short identifier of the file, 1..30 (ISO/IEC 7816-4 §7.3.3).
// Every file of this card has one: the low five bits of its identifier.
func (f FileID) short() byte { return byte(f) & 0x1F }

// String writes four hexadecimal digits, as the specifications do.
func (f FileID) String() string { return fmt.Sprintf("%04X", uint16(f)) }

// The instruction bytes this program sends.
const (
	insVerify          = 0x20
	insChangeReference = 0x24
	insChangeKey       = 0x32 // JICSAP CHANGE KEY, class 80
	insSelect          = 0xA4
	insReadBinary      = 0xB0
	insReadRecord      = 0xB2
	insGetResponse     = 0xC0
)

// maxAnswer is the longest answer a short command can have: 256 bytes of data
// and two of status.
const maxAnswer = 256 + 2

func selectApplication(id ApplicationID) []byte {
	name := id.bytes()
	return append([]byte{0x00, insSelect, 0x04, 0x0C, byte(len(name))}, name...)
}

func selectFile(f FileID) []byte {
	return []byte{0x00, insSelect, 0x02, 0x0C, 0x02, byte(f >> 8), byte(f)}
}

// question asks how many tries are left: VERIFY with nothing after the header.
// Observed: it costs no try (JICSAP 6.4.9; every client read does the same).
func question(p2 byte) []byte { return []byte{0x00, insVerify, 0x00, p2} }

// currentFile as P2 of VERIFY and CHANGE names the selected file.
const currentFile = 0x80

// shortFile as P1 or P2 names a file by its short identifier.
const shortFile = 0x80

// readBinary reads up to n bytes from the start of the selected file.
// n is 1..256.
func readBinary(n int) []byte { return []byte{0x00, insReadBinary, 0x00, 0x00, byte(n)} }

func readBinaryShort(f FileID, n int) []byte {
	return []byte{0x00, insReadBinary, shortFile | f.short(), 0x00, byte(n)}
}

// readFirstRecord reads record 1 of the selected file.
func readFirstRecord() []byte { return []byte{0x00, insReadRecord, 0x01, 0x04, 0x00} }

func readFirstRecordShort(f FileID) []byte {
	return []byte{0x00, insReadRecord, 0x01, f.short()<<3 | 0x04, 0x00}
}

// Describe names a command for a trace or an error. Data that goes out with
// VERIFY and CHANGE is never written, whoever calls: it is decided here.
func Describe(command []byte) string {
	if len(command) < 4 {
		return "broken command"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %X", instructionName(command[1]), command[:4])
	if len(command) <= 4 {
		return b.String()
	}
	switch command[1] {
	case insVerify, insChangeReference, insChangeKey:
		b.WriteString(" XX")
	default:
		fmt.Fprintf(&b, " %X", command[4:])
	}
	return b.String()
}

func instructionName(ins byte) string {
	switch ins {
	case insVerify:
		return "VERIFY"
	case insChangeReference:
		return "CHANGE REFERENCE DATA"
	case insChangeKey:
		return "CHANGE KEY"
	case insSelect:
		return "SELECT"
	case insReadBinary:
		return "READ BINARY"
	case insReadRecord:
		return "READ RECORD"
	case insGetResponse:
		return "GET RESPONSE"
	}
	return "command"
}
