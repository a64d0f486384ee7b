package counter

import (
	"madoguchi/reader"
	"madoguchi/rules"
)

// CardSummary is what the card on a reader says without any PIN (contracts §4),
// in plain words for the window and the console.
type CardSummary struct {
	Reader       string            `json:"reader"`
	Card         CardFace          `json:"card"`
	PINs         []PINCounter      `json:"pins"` // the four in their order; empty where the card has none
	Certificates []CardCertificate `json:"certificates"`
	Commands     int               `json:"commands"` // APDUs exchanged
}

// CardFace names the card.
type CardFace struct {
	Kind      string     `json:"kind"`  // individual-number-card, smartphone, juki-card, other, none
	Token     string     `json:"token"` // label of the token file
	ExpiresOn rules.Date `json:"expiresOn"`
	Other     string     `json:"other,omitempty"` // which other card, where it tells

	// PerhapsFaceVerification: user identification is locked and there is no
	// signature certificate. Only the printed field tells a 顔認証 card for certain.
	PerhapsFaceVerification bool `json:"perhapsFaceVerification,omitempty"`
}

// PINCounter is the state of one PIN's counter. Remaining is nil when the card
// gave no answer that can be trusted; it is never guessed.
type PINCounter struct {
	Kind      rules.PINKind `json:"kind"`
	Remaining *int          `json:"remaining"`
	Limit     int           `json:"limit"`
	State     string        `json:"state"`            // ok, last-try, locked, unset, unknown
	Halves    []PINHalf     `json:"halves,omitempty"` // both counters of resident-registration when they differ
}

// PINHalf is one of the two counters of the resident-registration PIN.
type PINHalf struct {
	Application string `json:"application"`
	Remaining   *int   `json:"remaining"`
	State       string `json:"state"`
}

// CardCertificate is one certificate of the card.
type CardCertificate struct {
	Kind      rules.PINKind `json:"kind"`  // signature or user-identification
	State     string        `json:"state"` // valid, expired, none, unknown; a revoked one looks valid to the card
	ExpiresOn rules.Date    `json:"expiresOn"`
	Present   *bool         `json:"present,omitempty"` // it is on the card, whatever its state; nil where the card does not tell
}

// summaryOf puts the reader's summary into plain words.
func summaryOf(s reader.Summary) CardSummary {
	out := CardSummary{Reader: s.Reader, Commands: s.Commands, PINs: make([]PINCounter, 0, len(s.PINs)),
		Certificates: make([]CardCertificate, 0, len(s.Certificates)),
		Card: CardFace{Kind: string(s.Card.Kind), Token: s.Card.Token, ExpiresOn: civil(s.Card.ExpiresOn), Other: string(s.Card.Other),
			PerhapsFaceVerification: s.Card.PerhapsFaceVerification}}
	for _, p := range s.PINs {
		pin := PINCounter{Kind: p.Kind, Remaining: p.Remaining, Limit: p.Limit, State: string(p.State)}
		for _, h := range p.Halves {
			pin.Halves = append(pin.Halves, PINHalf{string(h.Application), h.Remaining, string(h.State)})
		}
		out.PINs = append(out.PINs, pin)
	}
	for _, c := range s.Certificates {
		out.Certificates = append(out.Certificates, CardCertificate{rules.PINKind(c.Kind), string(c.State), civil(c.ExpiresOn), c.Present})
	}
	return out
}

// civil reads the reader's date; a card that says none, or nonsense, has no date.
func civil(d reader.Date) rules.Date {
	day, err := rules.ParseDate(string(d))
	if err != nil {
		return 0
	}
	return day
}
