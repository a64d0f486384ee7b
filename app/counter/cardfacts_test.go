package counter

import (
	"testing"

	"madoguchi/rules"
)

func word[T ~string](f rules.Fact[T]) string {
	w, ok := f.Get()
	if !ok {
		return ""
	}
	return string(w)
}

func TestCardFacts(t *testing.T) {
	on, _ := rules.NewDate(2026, 11, 24)
	expires, _ := rules.NewDate(2030, 3, 10)
	past, _ := rules.NewDate(2026, 11, 23)
	card := func(user, signatureCertificate string, until rules.Date) CardSummary {
		return CardSummary{Card: CardFace{Kind: "individual-number-card", ExpiresOn: until},
			PINs:         []PINCounter{{Kind: rules.PINUserIdentification, State: user}},
			Certificates: []CardCertificate{{Kind: rules.PINSignature, State: signatureCertificate}}}
	}
	cases := []struct {
		name    string
		summary CardSummary
		before  func(*rules.Situation)
		kind    string
		pin     string
		cert    string
		state   string
	}{
		{"a card that behaves", card("ok", "unknown", expires), nil, "standard", "", "unknown", "valid"},
		{"locked: perhaps 顔認証, the clerk looks", card("locked", "none", expires), nil, "", "locked", "none", "valid"},
		{"a counter that did not answer", card("unknown", "none", expires), nil, "", "", "none", "valid"},
		{"expired", card("ok", "none", past), nil, "standard", "", "none", "expired"},
		{"what the clerk saw stays", card("ok", "unknown", expires), func(s *rules.Situation) {
			s.Card.Kind = rules.Known(rules.CardKind("face-verification"))
			s.Card.State = rules.Known(rules.CardState("suspended"))
			s.Certificates.Signature.State = rules.Known(rules.CertificateState("revoked"))
		}, "face-verification", "", "revoked", "suspended"},
		{"the card knows better that a PIN is not locked", card("ok", "none", expires), func(s *rules.Situation) {
			s.PINs.UserIdentification = rules.Known(rules.PINState("locked"))
		}, "standard", "", "none", "valid"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := rules.Situation{On: on}
			if c.before != nil {
				c.before(&s)
			}
			s = CardFacts(c.summary, s)
			got := [4]string{word(s.Card.Kind), word(s.PINs.UserIdentification), word(s.Certificates.Signature.State), word(s.Card.State)}
			if want := [4]string{c.kind, c.pin, c.cert, c.state}; got != want {
				t.Errorf("kind, PIN, signature certificate, state: %v, want %v", got, want)
			}
		})
	}
	other := CardFacts(CardSummary{Card: CardFace{Kind: "other", ExpiresOn: past}}, rules.Situation{On: on})
	if other.Card.State.Asked() {
		t.Error("another card says nothing of this one")
	}
}
