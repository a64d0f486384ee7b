package reader

import (
	"context"

	"madoguchi/rules"
)

// Summary is what a card says without a PIN. Its JSON is fixed: other programs
// and the window read it. Each line stands alone; one that the card does not
// answer is unknown, and the others are shown.
type Summary struct {
	Reader       string        `json:"reader"`
	Card         Card          `json:"card"`
	PINs         []PIN         `json:"pins"`         // the four PINs in their order; empty where the card has none
	Certificates []Certificate `json:"certificates"` // user identification, then signature
	Commands     int           `json:"commands"`     // commands exchanged, the leaving SELECT included
}

// CardKind is the kind of card on the reader.
type CardKind string

// The kinds of card.
const (
	IndividualNumberCard CardKind = "individual-number-card"
	Smartphone           CardKind = "smartphone"
	JukiCard             CardKind = "juki-card"
	OtherCard            CardKind = "other"
	NoCardKind           CardKind = "none"
)

// Card is the card as a whole.
type Card struct {
	Kind      CardKind `json:"kind"`
	Token     string   `json:"token"` // label of the JPKI token, empty where there is none
	ExpiresOn Date     `json:"expiresOn"`
	// Other names the card where Kind is other and an application identifier tells.
	Other OtherKind `json:"other,omitempty"`
	// PerhapsFaceVerification is set where the card looks like a face-verification
	// card (顔認証): user identification locked and no signature certificate. Only
	// the printed field tells for certain.
	PerhapsFaceVerification bool `json:"perhapsFaceVerification,omitempty"`
}

// PIN is the state of one PIN.
type PIN struct {
	Kind      rules.PINKind `json:"kind"`
	Remaining *int          `json:"remaining"` // nil where unknown or unset
	Limit     int           `json:"limit"`
	State     PINState      `json:"state"`
	// Halves are the two counters of the resident-registration PIN, where they differ.
	Halves []Half `json:"halves,omitempty"`
}

// Half is one of the two counters of the resident-registration PIN.
type Half struct {
	Application HalfName `json:"application"`
	Remaining   *int     `json:"remaining"`
	State       PINState `json:"state"`
}

// HalfName says which application keeps a half of the resident-registration PIN.
type HalfName string

// The two halves.
const (
	HalfResidentRegister HalfName = "resident-register"
	HalfCommon           HalfName = "common"
)

// CertificateKind is one of the two certificates.
type CertificateKind string

// The two certificates.
const (
	UserIdentificationCertificate CertificateKind = "user-identification"
	SignatureCertificate          CertificateKind = "signature"
)

// CertificateState is what the chip alone tells: a revoked certificate stays on
// the card and looks valid.
type CertificateState string

// The states of a certificate.
const (
	CertificateValid   CertificateState = "valid"
	CertificateExpired CertificateState = "expired"
	CertificateNone    CertificateState = "none"
	CertificateUnknown CertificateState = "unknown"
)

// Certificate is one certificate of the card.
type Certificate struct {
	Kind      CertificateKind  `json:"kind"`
	State     CertificateState `json:"state"`
	ExpiresOn Date             `json:"expiresOn"` // last day, in Japan
	// Present says whether the certificate was issued to the card; nil where the
	// card does not tell. A signature certificate can be present and its state
	// unknown, for its dates need its PIN.
	Present *bool `json:"present,omitempty"`
}

// EmptySummary is the summary of a reader without a card.
func EmptySummary(readerName string) Summary {
	return Summary{Reader: readerName, Card: Card{Kind: NoCardKind}, PINs: []PIN{}, Certificates: []Certificate{}}
}

// ReadSummary reads the summary of the card behind the transport, with at most
// 23 commands, and selects another application when it is done or has failed.
// The day decides whether a certificate still counts. An error is a [Fault]:
// what a card refuses makes a line unknown, not an error.
func ReadSummary(ctx context.Context, card Transport, on Date, options ...Option) (Summary, error) {
	return NewSession(card, options...).Summary(ctx, on)
}

// Summary reads the summary of the card; see [ReadSummary].
func (s *Session) Summary(ctx context.Context, on Date) (summary Summary, err error) {
	before := s.commands
	defer func() {
		if !powerLost(err) {
			if left := s.Leave(context.WithoutCancel(ctx)); left != nil && err == nil {
				err = left
			}
		}
		summary.Commands = s.commands - before
	}()
	var (
		card  = cardAnswers{on: on}
		steps = []func() error{
			func() (err error) { card.jpki, err = s.readJPKI(ctx); return err },
			func() (err error) { card.info, err = s.readCardInfo(ctx); return err },
			func() (err error) { card.register, err = s.readRegister(ctx); return err },
			func() (err error) { card.common, err = s.readCommon(ctx); return err },
		}
	)
	for _, step := range steps {
		if err := step(); err != nil {
			return EmptySummary(""), err
		}
	}
	summary = card.summary()
	if summary.Card.Kind == OtherCard {
		summary.Card.Other, err = s.nameOther(ctx)
	}
	return summary, err
}

// cardAnswers is what the four applications said.
type cardAnswers struct {
	on       Date
	jpki     jpkiState
	info     cardInfoState
	register registerState
	common   commonState
}

func (a cardAnswers) summary() Summary {
	s := EmptySummary("")
	s.Card = Card{Kind: a.kind(), Token: a.jpki.token, ExpiresOn: a.common.expiresOn}
	if s.Card.Kind == OtherCard {
		return s
	}
	s.PINs = []PIN{
		a.jpkiPIN(rules.PINSignature, a.jpki.signaturePIN, a.jpki.signature),
		a.jpkiPIN(rules.PINUserIdentification, a.jpki.identPIN, a.jpki.identification),
		a.residentPIN(),
		pinLine(rules.PINCardInfoInput, a.info.pin),
	}
	s.Certificates = []Certificate{
		a.identificationCertificate(),
		{Kind: SignatureCertificate, State: stateOfPresence(a.jpki.signature), Present: a.jpki.signature.known()},
	}
	s.Card.PerhapsFaceVerification = s.Card.Kind == IndividualNumberCard &&
		a.jpki.identPIN.state == PINLocked && a.jpki.signature == presenceNo
	return s
}

// kind tells the card by the label of its token, and where that says nothing by
// the applications it has. Observed: labels by three clients; the iPhone's by one.
func (a cardAnswers) kind() CardKind {
	switch a.jpki.token {
	case "JPKIAPICCTOKEN2":
		return IndividualNumberCard
	case "JPKIAPICCTOKEN":
		return JukiCard
	case "JPKIAPGPSETOKEN", "JPKIAPIOSTOKEN":
		return Smartphone
	}
	switch {
	case a.info.found || a.common.found:
		return IndividualNumberCard
	case a.register.found: // Assumed: the register application alone is the card before 2016
		return JukiCard
	}
	return OtherCard
}

// jpkiPIN makes the line of a PIN that belongs to a certificate: where the file
// is missing together with its certificate, the PIN was never set.
func (a cardAnswers) jpkiPIN(kind rules.PINKind, answer pinAnswer, certificate presence) PIN {
	if answer.absent && certificate == presenceNo {
		answer = pinAnswer{state: PINUnset}
	}
	return pinLine(kind, answer)
}

func pinLine(kind rules.PINKind, answer pinAnswer) PIN {
	p := PIN{Kind: kind, Limit: rules.PINLimit(kind), State: answer.state}
	p.Remaining = answer.left()
	if p.State == "" {
		p.State = PINUnknown
	}
	return p
}

// left returns the tries left, or nil where that is not known.
func (p pinAnswer) left() *int {
	switch p.state {
	case PINOK, PINLastTry, PINLocked:
		n := p.remaining
		return &n
	}
	return nil
}

// residentPIN joins the two halves. A locked half locks the PIN; a half that is
// unknown leaves it unknown; otherwise the lower count is shown.
func (a cardAnswers) residentPIN() PIN {
	register, common := pinLine(rules.PINResidentRegistration, a.register.pin), pinLine(rules.PINResidentRegistration, a.common.pin)
	shown := register
	if rank(a.common.pin) < rank(a.register.pin) {
		shown = common
	}
	if a.register.pin.state != a.common.pin.state || a.register.pin.remaining != a.common.pin.remaining {
		shown.Halves = []Half{
			{HalfResidentRegister, register.Remaining, register.State},
			{HalfCommon, common.Remaining, common.State},
		}
	}
	return shown
}

// rank orders answers by how little they let the clerk promise.
func rank(p pinAnswer) int {
	switch p.state {
	case PINLocked:
		return -2
	case PINUnset:
		return 0
	case PINOK, PINLastTry:
		return p.remaining
	}
	return -1
}

func (a cardAnswers) identificationCertificate() Certificate {
	c := Certificate{Kind: UserIdentificationCertificate, State: stateOfPresence(a.jpki.identification), Present: a.jpki.identification.known()}
	return c.dated(a.jpki.validity, a.on)
}

// dated adds the dates read, if any, and what they say on a day.
func (c Certificate) dated(v *validity, on Date) Certificate {
	if v == nil {
		return c
	}
	c.ExpiresOn = v.until
	switch {
	case on > v.until:
		c.State = CertificateExpired
	case on >= v.from:
		c.State = CertificateValid
	} // before its first day: the clock or the card is wrong, so it stays unknown
	return c
}

// stateOfPresence says all that is known of a certificate whose dates were not read.
func stateOfPresence(p presence) CertificateState {
	if p == presenceNo {
		return CertificateNone
	}
	return CertificateUnknown
}
