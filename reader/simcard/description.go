package simcard

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Kind is the kind of card to simulate.
type Kind string

// The kinds of card.
const (
	IndividualNumberCard Kind = "individual-number-card" // the default
	JukiCard             Kind = "juki-card"
	AndroidPhone         Kind = "smartphone-android"
	IPhone               Kind = "smartphone-iphone"
	DriverLicence        Kind = "driver-licence"
	ResidenceCard        Kind = "residence-card"
	Passport             Kind = "passport"
	PaymentCard          Kind = "payment-card"
	TransitCard          Kind = "transit-card" // answers no command of ISO 7816
)

// The names of the four PINs in a description.
const (
	Signature            = "signature"
	UserIdentification   = "user-identification"
	ResidentRegistration = "resident-registration"
	CardInfoInput        = "card-info-input"
)

// Description says in a few lines what a card is. The zero value is a card that
// behaves, with every PIN fresh, both certificates, and ten years to go.
type Description struct {
	Kind      Kind   `json:"kind,omitempty"`
	ATR       string `json:"atr,omitempty"`       // hexadecimal; each kind has one
	ExpiresOn string `json:"expiresOn,omitempty"` // YYYY-MM-DD, last day of the card
	// PINs by name; one left out is fresh and has a value everybody knows.
	PINs map[string]PIN `json:"pins,omitempty"`
	// Certificates by kind, user-identification and signature; one left out ends
	// with the card or five years from now, whichever comes first.
	Certificates map[string]Certificate `json:"certificates,omitempty"`
	// Missing names applications the card does not have: jpki, card-info-input,
	// resident-register, common, card-manager.
	Missing []string `json:"missing,omitempty"`
	// LockedAs is what the question answers for a locked PIN: 63C0 (the default), 6984 or 6983.
	LockedAs string `json:"lockedAs,omitempty"`
	// NoShortFileIDs makes the card refuse short file identifiers with 6A86.
	NoShortFileIDs bool `json:"noShortFileIds,omitempty"`
	// Chained makes answers longer than 128 bytes come in two pieces, with 61xx.
	Chained bool `json:"chained,omitempty"`
	// Faults happen at the nth command after the card is inserted.
	Faults []Fault `json:"faults,omitempty"`
	// Delay makes every answer slow.
	DelayMilliseconds int `json:"delayMilliseconds,omitempty"`
}

// PIN is one PIN of a description.
type PIN struct {
	Value     string `json:"value,omitempty"`
	Remaining *int   `json:"remaining,omitempty"` // tries left; nil is the limit, 0 is locked
	// Common is the count of the second half of resident-registration; nil is as Remaining.
	Common *int `json:"common,omitempty"`
	Unset  bool `json:"unset,omitempty"` // never set: the question answers 6A88
}

// Certificate is one certificate of a description.
type Certificate struct {
	None      bool   `json:"none,omitempty"`
	NotBefore string `json:"notBefore,omitempty"` // YYYY-MM-DD
	NotAfter  string `json:"notAfter,omitempty"`  // YYYY-MM-DD, last day
}

// FaultKind is what goes wrong.
type FaultKind string

// The faults of a card.
const (
	Pull    FaultKind = "pull"    // the card is taken before it answers
	Answer  FaultKind = "status"  // answers Status, without doing anything
	Short   FaultKind = "short"   // answers one byte
	Empty   FaultKind = "empty"   // answers nothing at all
	Long    FaultKind = "long"    // answers 300 bytes too many
	Garbage FaultKind = "garbage" // answers bytes that are no data, with 9000
	Slow    FaultKind = "slow"    // answers after Milliseconds
	Hang    FaultKind = "hang"    // never answers until the card is pulled or the caller gives up
	Reset   FaultKind = "reset"   // loses all state before it takes the command
)

// Fault is one fault at one command.
type Fault struct {
	At           int       `json:"at"` // 1 is the first command after insertion
	Kind         FaultKind `json:"kind"`
	Status       string    `json:"status,omitempty"` // four hexadecimal digits
	Milliseconds int       `json:"milliseconds,omitempty"`
}

// ParseDescription reads a description from JSON; an unknown key is an error.
func ParseDescription(data []byte) (Description, error) {
	var d Description
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return d, fmt.Errorf("reading the description of a card: %w", err)
	}
	return d, d.check()
}

// check finds what New could not use.
func (d Description) check() error {
	if _, err := d.atr(); err != nil {
		return err
	}
	if _, ok := tokens[d.kind()]; !ok {
		return fmt.Errorf("kind %q of a card is unknown", d.Kind)
	}
	for name, p := range d.PINs {
		if err := p.check(name); err != nil {
			return err
		}
	}
	for name, c := range d.Certificates {
		if name != Signature && name != UserIdentification {
			return fmt.Errorf("certificate %q is unknown", name)
		}
		if _, _, err := c.period(d.lastDay(), time.Time{}); err != nil {
			return err
		}
	}
	for _, f := range d.Faults {
		if err := f.check(); err != nil {
			return err
		}
	}
	for _, m := range d.Missing {
		if _, ok := missingNames[m]; !ok {
			return fmt.Errorf("application %q is unknown", m)
		}
	}
	return d.checkWords()
}

func (d Description) checkWords() error {
	switch d.LockedAs {
	case "", "63C0", "6984", "6983":
	default:
		return fmt.Errorf("lockedAs %q: write 63C0, 6984 or 6983", d.LockedAs)
	}
	if d.ExpiresOn != "" {
		if _, err := day(d.ExpiresOn); err != nil {
			return err
		}
	}
	return nil
}

func (p PIN) check(name string) error {
	limit, ok := limits[name]
	if !ok {
		return fmt.Errorf("PIN %q is unknown", name)
	}
	for _, n := range []*int{p.Remaining, p.Common} {
		if n != nil && (*n < 0 || *n > limit) {
			return fmt.Errorf("PIN %q: %d tries left, of %d", name, *n, limit)
		}
	}
	if len(p.Value) > 16 {
		return fmt.Errorf("PIN %q is longer than 16", name)
	}
	return nil
}

func (f Fault) check() error {
	if f.At < 1 {
		return fmt.Errorf("fault at command %d: the first command is 1", f.At)
	}
	switch f.Kind {
	case Pull, Short, Empty, Long, Garbage, Slow, Hang, Reset:
		return nil
	case Answer:
		if b, err := hex.DecodeString(f.Status); err != nil || len(b) != 2 {
			return fmt.Errorf("fault at command %d: status %q is not four hexadecimal digits", f.At, f.Status)
		}
		return nil
	}
	return fmt.Errorf("fault at command %d: kind %q is unknown", f.At, f.Kind)
}

func (d Description) kind() Kind {
	if d.Kind == "" {
		return IndividualNumberCard
	}
	return d.Kind
}

// atr returns the answer to reset. Observed: the default is the one OpenSC knows
// the card by; the others are from pcsc-tools' list.
func (d Description) atr() ([]byte, error) {
	text := d.ATR
	if text == "" {
		text = atrs[d.kind()]
	}
	if text == "" {
		text = "3BE000FF8131FE4514"
	}
	b, err := hex.DecodeString(text)
	if err != nil || len(b) < 2 || len(b) > 33 {
		return nil, fmt.Errorf("atr %q is not 2 to 33 bytes in hexadecimal digits", d.ATR)
	}
	return b, nil
}

// day reads a civil date in Japan and returns its last second.
func day(s string) (time.Time, error) {
	t, err := time.ParseInLocation("2006-01-02", s, time.FixedZone("JST", 9*60*60))
	if err != nil {
		return t, fmt.Errorf("%q is not a date: write YYYY-MM-DD", s)
	}
	return t.Add(24*time.Hour - time.Second), nil
}
