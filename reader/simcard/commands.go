package simcard

import (
	"crypto/subtle"
	"encoding/hex"
	"slices"
	"strings"
)

const (
	insVerify          = 0x20
	insChangeReference = 0x24
	insChangeKey       = 0x32
	insSelect          = 0xA4
	insReadBinary      = 0xB0
	insReadRecord      = 0xB2
	insGetResponse     = 0xC0
)

// The status words of the card.
const (
	ok               = 0x9000
	noLimit          = 0x63C0
	wrongFileKind    = 0x6981
	notAuthenticated = 0x6982
	blockedISO       = 0x6983
	blocked          = 0x6984
	noCurrentFile    = 0x6986
	wrongLength      = 0x6700
	noChannel        = 0x6881
	noSecure         = 0x6882
	wrongData        = 0x6A80
	notFound         = 0x6A82
	noRecord         = 0x6A83
	wrongParameters  = 0x6A86
	noReference      = 0x6A88
	pastEnd          = 0x6B00
	unknownIns       = 0x6D00
	unknownClass     = 0x6E00
)

// status makes an answer without data.
func status(word int) []byte { return []byte{byte(word >> 8), byte(word)} }

// faultStatus makes the answer a description asks for; check has read it before.
func faultStatus(digits string) []byte {
	b, err := hex.DecodeString(digits)
	if err != nil {
		return status(0x6F00)
	}
	return b
}

// parsed is a short command taken apart (ISO/IEC 7816-3 §12.1): at most 255
// bytes of data, and at most 256 expected.
type parsed struct {
	ins, p1, p2 byte
	data        []byte
	expected    int // 0 where there is no Le field
}

// parse takes a command apart. The second value is the status word that refuses it, or ok.
func parse(command []byte) (parsed, int) {
	if len(command) < 4 {
		return parsed{}, wrongLength
	}
	p := parsed{ins: command[1], p1: command[2], p2: command[3]}
	switch body := command[4:]; {
	case len(body) == 0:
	case len(body) == 1:
		p.expected = le(body[0])
	case len(body) == 1+int(body[0]):
		p.data = body[1:]
	case len(body) == 2+int(body[0]) && body[0] != 0:
		p.data, p.expected = body[1:len(body)-1], le(body[len(body)-1])
	default:
		return p, wrongLength // extended lengths included
	}
	return p, ok
}

func le(b byte) int {
	if b == 0 {
		return 256
	}
	return int(b)
}

// execute answers a command as the card does.
func (c *Card) execute(command []byte) []byte {
	if c.from.kind() == TransitCard {
		return status(unknownClass)
	}
	p, refused := parse(command)
	if refused != ok {
		return status(refused)
	}
	if p.ins != insGetResponse {
		c.pending = nil
	}
	switch class := command[0]; {
	case class == 0x80 && p.ins == insChangeKey:
		return status(c.change(p, true))
	case class == 0x00:
		return c.dispatch(p)
	case class&0x0C != 0 && class < 0x10:
		return status(noSecure)
	case class < 0x04:
		return status(noChannel)
	}
	return status(unknownClass)
}

func (c *Card) dispatch(p parsed) []byte {
	switch p.ins {
	case insSelect:
		return status(c.selectCommand(p))
	case insVerify:
		return status(c.verify(p))
	case insChangeReference:
		return status(c.change(p, false))
	case insReadBinary:
		return c.readBinary(p)
	case insReadRecord:
		return c.readRecord(p)
	case insGetResponse:
		return c.getResponse(p)
	}
	return status(unknownIns)
}

// selectCommand selects an application by its whole name, or a file of it. A
// refused SELECT changes nothing.
func (c *Card) selectCommand(p parsed) int {
	if p.expected != 0 && p.p2&0x0C == 0x0C {
		return wrongLength
	}
	switch {
	case p.p1 == 0x04 && (p.p2 == 0x0C || p.p2 == 0x00):
		a := c.apps[strings.ToUpper(hex.EncodeToString(p.data))]
		if a == nil {
			return notFound
		}
		if a != c.current {
			c.forget()
		}
		c.current, c.file = a, nil
		return ok
	case p.p1 == 0x02 && p.p2 == 0x0C:
		if len(p.data) != 2 {
			return wrongLength
		}
		f := c.fileOf(uint16(p.data[0])<<8 | uint16(p.data[1]))
		if f == nil {
			return notFound
		}
		c.file = f
		return ok
	}
	return wrongParameters
}

func (c *Card) fileOf(id uint16) *file {
	if c.current == nil {
		return nil
	}
	return c.current.files[id]
}

// short finds the file a parameter names: by its short identifier, or the
// current one. The second value is the status word that refuses it, or ok.
func (c *Card) short(byShort bool, id byte) (*file, int) {
	if !byShort {
		if c.file == nil {
			return nil, noCurrentFile
		}
		return c.file, ok
	}
	if c.from.NoShortFileIDs {
		return nil, wrongParameters
	}
	f := c.fileOf(uint16(id & 0x1F))
	if f == nil {
		return nil, notFound
	}
	c.file = f
	return f, ok
}

// readBinary reads a file of bytes. By short identifier the offset has eight bits.
func (c *Card) readBinary(p parsed) []byte {
	f, refused := c.short(p.p1&0x80 != 0, p.p1)
	if refused != ok {
		return status(refused)
	}
	offset := int(p.p1)<<8 | int(p.p2)
	if p.p1&0x80 != 0 {
		offset = int(p.p2)
	}
	switch {
	case len(p.data) > 0 || p.expected == 0:
		return status(wrongLength)
	case f.pin != nil || f.records != nil:
		return status(wrongFileKind)
	case f.needs != nil && !f.needs.verified:
		return status(notAuthenticated)
	case offset >= len(f.data):
		return status(pastEnd)
	}
	return c.deliver(f.data[offset:min(offset+p.expected, len(f.data))])
}

// readRecord reads one record of a record file.
func (c *Card) readRecord(p parsed) []byte {
	f, refused := c.short(p.p2>>3 != 0, p.p2>>3)
	if refused != ok {
		return status(refused)
	}
	switch {
	case p.p2&0x07 != 0x04:
		return status(wrongParameters)
	case len(p.data) > 0 || p.expected == 0:
		return status(wrongLength)
	case f.records == nil:
		return status(wrongFileKind)
	case p.p1 == 0 || int(p.p1) > len(f.records):
		return status(noRecord)
	}
	record := f.records[p.p1-1]
	return c.deliver(record[:min(p.expected, len(record))])
}

// deliver answers with data, in two pieces where the description asks for it.
func (c *Card) deliver(data []byte) []byte {
	const piece = 128
	if !c.from.Chained || len(data) <= piece {
		return append(slices.Clone(data), status(ok)...)
	}
	c.pending = slices.Clone(data[piece:])
	return append(slices.Clone(data[:piece]), 0x61, byte(len(c.pending)))
}

func (c *Card) getResponse(p parsed) []byte {
	rest := c.pending
	c.pending = nil
	switch {
	case len(rest) == 0:
		return status(0x6985)
	case p.p1 != 0 || p.p2 != 0:
		return status(wrongParameters)
	case p.expected != len(rest):
		c.pending = rest
		return []byte{0x6C, byte(len(rest))}
	}
	return append(slices.Clone(rest), status(ok)...)
}

// verify answers the question (no data) or takes the attempt (data).
func (c *Card) verify(p parsed) int {
	if p.p1 != 0 || p.p2&0x80 == 0 || p.p2&0x60 != 0 {
		return wrongParameters
	}
	f, refused := c.short(p.p2 != 0x80, p.p2)
	switch {
	case refused != ok:
		return refused
	case f.pin == nil:
		return wrongFileKind
	case p.expected != 0:
		return wrongLength
	case f.pin.unset:
		return noReference
	case len(p.data) == 0:
		return c.question(f.pin)
	}
	return f.pin.attempt(p.data)
}

// question answers how many tries are left. It costs nothing, and says so even
// after a success (observed: 63C3 right after a correct VERIFY).
func (c *Card) question(p *pin) int {
	if p.remaining == 0 {
		switch c.from.LockedAs {
		case "6984":
			return blocked
		case "6983":
			return blockedISO
		}
	}
	return noLimit + p.remaining
}

// attempt takes a try. A locked PIN stays locked whatever is sent; a success
// restores the counter; a value of a wrong length costs a try as any other, for
// nobody knows that the real card is kinder.
func (p *pin) attempt(value []byte) int {
	if p.remaining == 0 {
		return blocked
	}
	if len(value) > 16 {
		return wrongLength
	}
	p.remaining--
	p.verified = false
	if subtle.ConstantTimeCompare(value, p.value) != 1 {
		return noLimit + p.remaining
	}
	p.remaining, p.verified = p.limit, true
	return ok
}

// change sets a new value after a success, by the command the PIN's application takes.
func (c *Card) change(p parsed, changeKey bool) int {
	wantP1 := byte(0x01)
	if changeKey {
		wantP1 = 0x00
	}
	if p.p1 != wantP1 || p.p2&0x80 == 0 || p.p2&0x60 != 0 {
		return wrongParameters
	}
	f, refused := c.short(p.p2 != 0x80, p.p2)
	switch {
	case refused != ok:
		return refused
	case f.pin == nil:
		return wrongFileKind
	case f.pin.changeKey != changeKey:
		return unknownIns
	case f.pin.remaining == 0:
		return blocked
	case !f.pin.verified:
		return notAuthenticated
	case len(p.data) < f.pin.min || len(p.data) > f.pin.max:
		return wrongData
	}
	f.pin.value = slices.Clone(p.data)
	return ok
}
