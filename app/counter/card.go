package counter

import (
	"context"

	"madoguchi/rules"
)

// CardSummary is what the card on a reader says without any PIN (contracts §4).
type CardSummary struct {
	Reader       string            `json:"reader"`
	Card         CardFace          `json:"card"`
	PINs         []PINCounter      `json:"pins"` // always four, in the fixed order
	Certificates []CardCertificate `json:"certificates"`
	Commands     int               `json:"commands"` // APDUs exchanged
}

// CardFace names the card.
type CardFace struct {
	Kind      string     `json:"kind"`  // individual-number-card, smartphone, juki-card, other, none
	Token     string     `json:"token"` // label of the token file
	ExpiresOn rules.Date `json:"expiresOn"`
}

// PINCounter is the state of one PIN's counter. Remaining is nil when the card
// gave no answer that can be trusted; it is never guessed.
type PINCounter struct {
	Kind      rules.PINKind `json:"kind"`
	Remaining *int          `json:"remaining"`
	Limit     int           `json:"limit"`
	State     string        `json:"state"`            // ok, last-try, locked, unset, unknown
	Halves    []int         `json:"halves,omitempty"` // both counters of resident-registration when they differ
}

// CardCertificate is one certificate of the card.
type CardCertificate struct {
	Kind      rules.PINKind `json:"kind"`  // signature or user-identification
	State     string        `json:"state"` // valid, expired, revoked, none, unknown
	ExpiresOn rules.Date    `json:"expiresOn"`
}

// ReadCard reads the card on a reader; an empty name takes the reader that has
// a card. No try is spent and nothing is verified. In simulation the scenario's
// card answers.
func (c *Counter) ReadCard(ctx context.Context, reader string) (CardSummary, error) {
	return CardSummary{}, errNotWired
}

// CardEvent is one thing that happened at the readers.
type CardEvent struct {
	Kind    string       `json:"kind"` // card, removed, reader, no-reader, failed
	Reader  string       `json:"reader"`
	Summary *CardSummary `json:"summary"` // with kind card
	Problem *Problem     `json:"problem"` // with kind failed
}

// WatchCards tells every insertion (with its summary), removal and loss of a
// reader until ctx ends. Events come one after another from one goroutine.
func (c *Counter) WatchCards(ctx context.Context, tell func(CardEvent)) error { return errNotWired }

// CardFacts lays what a summary says over a situation: locked and unset PINs,
// the card's expiry and its state on that day, the certificates. What the card
// cannot say (a PIN known or forgotten, a revoked card) is left as it was answered.
func CardFacts(summary CardSummary, s rules.Situation) rules.Situation { return s }
