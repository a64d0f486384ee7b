package reader

import (
	"errors"
	"time"
)

// validity is from when until when a certificate counts, as days in Japan, both included.
type validity struct{ from, until Date }

var errNotCertificate = errors.New("not the beginning of a certificate")

// The tags of DER on the way to the dates (X.690, RFC 5280 §4.1).
const (
	derInteger         = 0x02
	derUTCTime         = 0x17
	derGeneralizedTime = 0x18
	derSequence        = 0x30
	derVersion         = 0xA0
)

// parseValidity finds notBefore and notAfter in the beginning of an X.509
// certificate. The certificate may be cut off anywhere after them.
func parseValidity(prefix []byte) (validity, error) {
	rest, ok := descend(prefix, derSequence) // Certificate
	if ok {
		rest, ok = descend(rest, derSequence) // TBSCertificate
	}
	if ok && len(rest) > 0 && rest[0] == derVersion {
		rest, ok = skip(rest, derVersion)
	}
	for _, tag := range []byte{derInteger, derSequence, derSequence} { // serial, algorithm, issuer
		if ok {
			rest, ok = skip(rest, tag)
		}
	}
	if ok {
		rest, ok = descend(rest, derSequence) // Validity
	}
	if !ok {
		return validity{}, errNotCertificate
	}
	from, rest, okFrom := takeTime(rest)
	until, _, okUntil := takeTime(rest)
	if !okFrom || !okUntil || until.Before(from) {
		return validity{}, errNotCertificate
	}
	return validity{DateIn(from), DateIn(until)}, nil
}

// descend enters a constructed object; its end need not be there yet.
func descend(data []byte, tag byte) ([]byte, bool) {
	_, start, ok := header(data, tag)
	if !ok {
		return nil, false
	}
	return data[start:], true
}

// skip steps over an object that is there as a whole.
func skip(data []byte, tag byte) ([]byte, bool) {
	length, start, ok := header(data, tag)
	if !ok || len(data)-start < length {
		return nil, false
	}
	return data[start+length:], true
}

// header reads tag and length; DER lengths of up to two bytes are enough here.
func header(data []byte, tag byte) (length, start int, ok bool) {
	if len(data) < 2 || data[0] != tag {
		return 0, 0, false
	}
	switch n := data[1]; {
	case n < 0x80:
		return int(n), 2, true
	case n == 0x81 && len(data) >= 3 && data[2] >= 0x80:
		return int(data[2]), 3, true
	case n == 0x82 && len(data) >= 4 && data[2] != 0:
		return int(data[2])<<8 | int(data[3]), 4, true
	}
	return 0, 0, false
}

// takeTime reads a UTCTime or GeneralizedTime in the form RFC 5280 §4.1.2.5 asks for.
func takeTime(data []byte) (time.Time, []byte, bool) {
	if len(data) == 0 {
		return time.Time{}, nil, false
	}
	layout := ""
	switch data[0] {
	case derUTCTime:
		layout = "060102150405Z"
	case derGeneralizedTime:
		layout = "20060102150405Z"
	}
	length, start, ok := header(data, data[0])
	if !ok || length != len(layout) || len(data)-start < length {
		return time.Time{}, nil, false
	}
	t, err := time.Parse(layout, string(data[start:start+length]))
	if err != nil {
		return time.Time{}, nil, false
	}
	// Two digits of a year below 50 are 20xx, the rest 19xx; time.Parse turns at 69.
	if data[0] == derUTCTime && t.Year() >= 2050 {
		t = t.AddDate(-100, 0, 0)
	}
	return t, data[start+length:], true
}
