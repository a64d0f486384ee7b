package reader

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"testing"
)

// Each fuzz test states a law. The inputs under testdata/fuzz are kept and run
// with every test; to search further:
//
//	go test -run '^$' -fuzz '^FuzzSimpleTLV$' -fuzztime 10m ./reader

// FuzzSimpleTLV: what was parsed, written again, is the beginning of what was given.
func FuzzSimpleTLV(f *testing.F) {
	f.Add([]byte("\x01\x1c0000000000000000000020350501"), byte(1))
	f.Add([]byte{0x01, 0xFF, 0x00, 0x02, 0xAA, 0xBB}, byte(1))
	f.Add([]byte{0x01, 0xFF, 0x00}, byte(1))
	f.Fuzz(func(t *testing.T, data []byte, tag byte) {
		value, ok := simpleTLV(data, tag)
		if !ok {
			return
		}
		if !bytes.HasPrefix(data, writeSimpleTLV(tag, value, data[1] == 0xFF)) {
			t.Errorf("%X: value %X does not give it back", data, value)
		}
		if day := cardExpiry(data); day != "" && (len(value) != issueDigits || dateOfDigits(value[20:]) != day) {
			t.Errorf("%X: expiry %s", data, day)
		}
	})
}

func writeSimpleTLV(tag byte, value []byte, long bool) []byte {
	if long {
		return append([]byte{tag, 0xFF, byte(len(value) >> 8), byte(len(value))}, value...)
	}
	return append([]byte{tag, byte(len(value))}, value...)
}

// FuzzValidity: dates found in a prefix are days that exist, in order; they are
// found again in anything longer, and a shorter piece gives the same or nothing.
func FuzzValidity(f *testing.F) {
	for _, seed := range certificateSeeds() {
		f.Add(seed, uint16(len(seed)/2))
	}
	f.Fuzz(func(t *testing.T, data []byte, cut uint16) {
		v, err := parseValidity(data)
		if err != nil {
			return
		}
		if v.from > v.until || !exists(v.from) || !exists(v.until) {
			t.Fatalf("%X: %+v", data, v)
		}
		if longer, err := parseValidity(append(bytes.Clone(data), 0x00, 0xFF)); err != nil || longer != v {
			t.Errorf("%X: longer gives %+v, %v", data, longer, err)
		}
		if shorter, err := parseValidity(data[:int(cut)%(len(data)+1)]); err == nil && shorter != v {
			t.Errorf("%X: shorter gives %+v, not %+v", data, shorter, v)
		}
	})
}

func exists(d Date) bool {
	var digits []byte
	for _, r := range string(d) {
		if r != '-' {
			digits = append(digits, byte(r))
		}
	}
	return dateOfDigits(digits) == d
}

// certificateSeeds are beginnings of certificates: serial, algorithm, issuer, dates.
func certificateSeeds() [][]byte {
	seed := func(from, until []byte, head ...byte) []byte {
		body := append(head, 0x02, 0x01, 0x07, 0x30, 0x03, 0x06, 0x01, 0x2A, 0x30, 0x02, 0x31, 0x00)
		dates := append(bytes.Clone(from), until...)
		body = append(append(body, 0x30, byte(len(dates))), dates...)
		inner := append([]byte{0x30, 0x82, 0x03, 0x00}, body...)
		return append([]byte{0x30, 0x82, 0x04, 0x00}, inner...)
	}
	utc := func(s string) []byte { return append([]byte{derUTCTime, byte(len(s))}, s...) }
	general := func(s string) []byte { return append([]byte{derGeneralizedTime, byte(len(s))}, s...) }
	version := []byte{derVersion, 0x03, 0x02, 0x01, 0x02}
	return [][]byte{
		seed(utc("251124000000Z"), utc("301124145959Z"), version...),
		seed(utc("991231000000Z"), utc("491231235959Z"), version...),
		seed(utc("251124000000Z"), general("20510101145959Z"), version...),
		seed(utc("251124000000Z"), utc("301124145959Z")),
		{0x30, 0x82}, {},
	}
}

// FuzzStatus: every status word as the answer to the question gives a line that
// promises nothing the word does not say.
func FuzzStatus(f *testing.F) {
	for _, word := range []uint16{0x63C0, 0x63C3, 0x63CF, 0x6984, 0x6983, 0x9000, 0x6300, 0x6A88, 0x0000, 0xFFFF} {
		f.Add(word, 3)
	}
	f.Fuzz(func(t *testing.T, word uint16, limit int) {
		answer := answerOf(Status(word), limit)
		left := answer.left()
		switch answer.state {
		case PINLocked:
			if word != 0x63C0 && word != 0x6983 && word != 0x6984 || *left != 0 {
				t.Errorf("%04X is locked with %d left", word, *left)
			}
		case PINOK, PINLastTry:
			if word&0xFFF0 != 0x63C0 || *left != int(word&0xF) || *left == 0 || *left > max(limit, 1) {
				t.Errorf("%04X of %d is %s with %d left", word, limit, answer.state, *left)
			}
		case PINUnset, PINUnknown:
			if left != nil {
				t.Errorf("%04X is %s with %d left", word, answer.state, *left)
			}
		default:
			t.Errorf("%04X has no state", word)
		}
	})
}

// scripted answers each command with the next piece of a text: a length and so
// many bytes. At its end it is a card that was taken.
type scripted struct {
	rest     []byte
	commands [][]byte
}

func (s *scripted) Transmit(_ context.Context, command []byte) ([]byte, error) {
	s.commands = append(s.commands, bytes.Clone(command))
	if len(s.rest) == 0 {
		return nil, CardRemoved
	}
	n := min(int(s.rest[0]), len(s.rest)-1)
	answer := s.rest[1 : 1+n]
	s.rest = s.rest[1+n:]
	return answer, nil
}

// FuzzSummary reads cards that answer anything. Reading ends, sends nothing that
// spends a try, fails only with a fault, and gives JSON of the fixed shape.
func FuzzSummary(f *testing.F) {
	f.Add([]byte("\x02\x90\x00\x02\x6a\x86\x02\x90\x00"))
	f.Add(bytes.Repeat([]byte{2, 0x90, 0x00}, 30))
	f.Add(bytes.Repeat([]byte{2, 0x61, 0x10}, 60))
	f.Add(bytes.Repeat([]byte{2, 0x6C, 0x10}, 60))
	f.Add(bytes.Repeat([]byte{2, 0x63, 0xC3}, 40))
	f.Add(append(bytes.Repeat([]byte{2, 0x90, 0x00}, 2), 34, 'J', 'P', 'K', 'I', 'A', 'P'))
	f.Fuzz(func(t *testing.T, script []byte) {
		card := &scripted{rest: bytes.Clone(script)}
		summary, err := ReadSummary(context.Background(), card, "2026-11-24")
		if _, typed := FaultOf(err); err != nil && !typed {
			t.Errorf("%v has no fault", err)
		}
		if len(card.commands) > 150 {
			t.Errorf("%d commands", len(card.commands))
		}
		for _, c := range card.commands {
			if c[1] == insVerify && len(c) != 4 || c[1] == insChangeReference || c[1] == insChangeKey {
				t.Errorf("sent %s", Describe(c))
			}
		}
		if n := len(summary.PINs); n != 0 && n != 4 || summary.PINs == nil || summary.Certificates == nil {
			t.Errorf("%d PINs in %+v", n, summary)
		}
		if _, err := json.Marshal(summary); err != nil {
			t.Error(err)
		}
	})
}

// FuzzVerdict: an attempt answered with anything goes out once, and only 9000 is yes.
func FuzzVerdict(f *testing.F) {
	f.Add(uint16(0x9000))
	f.Add(uint16(0x63C2))
	f.Add(uint16(0x6C04))
	f.Fuzz(func(t *testing.T, word uint16) {
		attempt, err := NewAttempt("user-identification", []byte("7351"))
		if err != nil {
			t.Fatal(err)
		}
		ok := []byte{2, 0x90, 0x00}
		script := append(append(append(bytes.Clone(ok), ok...), 2, 0x63, 0xC3), ok...)
		script = append(script, 2, byte(word>>8), byte(word))
		card := &scripted{rest: append(script, ok...)}
		_, err = NewSession(card).Verify(context.Background(), attempt, Consent{}, "2026-11-24")
		if (err == nil) != (word == 0x9000) {
			t.Errorf("%04X: %v", word, err)
		}
		sent := 0
		for _, c := range card.commands {
			if c[1] == insVerify && len(c) > 4 {
				sent++
			}
		}
		var wrong *WrongPIN
		if sent != 1 || errors.As(err, &wrong) && word&0xFFF0 != 0x63C0 {
			t.Errorf("%04X: sent %d times, %v", word, sent, err)
		}
	})
}
