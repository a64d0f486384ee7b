package counter

import "madoguchi/rules"

// CardFacts lays what a summary says over a situation: locked and unset PINs,
// the card's last day and whether it has passed, the certificates. What a card
// cannot say is left as it was answered: whether a PIN is known or forgotten,
// whether a card or a certificate was revoked.
func CardFacts(summary CardSummary, s rules.Situation) rules.Situation {
	if summary.Card.Kind != "individual-number-card" {
		return s
	}
	for _, p := range summary.PINs {
		setPINFact(&s.PINs, p)
	}
	if day := summary.Card.ExpiresOn; !day.IsZero() {
		s.Card.ExpiresOn = rules.Known(day)
		if state, known := s.Card.State.Get(); !known || state == "valid" || state == "expired" {
			s.Card.State = rules.Known(stateOn(day, s.On))
		}
	}
	setKindFact(&s.Card, summary)
	for _, c := range summary.Certificates {
		if c.Kind == rules.PINSignature {
			setCertificateFact(&s.Certificates.Signature, c)
		} else {
			setCertificateFact(&s.Certificates.UserIdentification, c)
		}
	}
	return s
}

func stateOn(expires, on rules.Date) rules.CardState {
	if !on.IsZero() && on > expires {
		return "expired"
	}
	return "valid"
}

// setKindFact takes a card whose user-identification PIN can be entered for a
// standard one: on a 顔認証 card that PIN is locked on purpose. A locked one leaves
// the question to the clerk, who sees the printed field.
func setKindFact(card *rules.Card, summary CardSummary) {
	if card.Kind.Asked() {
		return
	}
	for _, p := range summary.PINs {
		if p.Kind == rules.PINUserIdentification && (p.State == "ok" || p.State == "last-try") {
			card.Kind = rules.Known(rules.CardKind("standard"))
		}
	}
}

// setPINFact tells what the counter of a PIN tells. A PIN that has tries left is
// known or forgotten: only its owner can say.
func setPINFact(pins *rules.PINStates, p PINCounter) {
	fact := map[rules.PINKind]*rules.Fact[rules.PINState]{
		rules.PINSignature: &pins.Signature, rules.PINUserIdentification: &pins.UserIdentification,
		rules.PINResidentRegistration: &pins.ResidentRegistration, rules.PINCardInfoInput: &pins.CardInfoInput,
	}[p.Kind]
	if fact == nil {
		return
	}
	answered, _ := fact.Get()
	switch {
	case p.State == "locked" || p.State == "unset":
		*fact = rules.Known(rules.PINState(p.State))
	case (p.State == "ok" || p.State == "last-try") && (answered == "locked" || answered == "unset"):
		*fact = rules.Fact[rules.PINState]{} // the card knows better: ask again
	}
}

// setCertificateFact takes the state the card tells. A revoked certificate looks
// valid to the card, so that answer stays.
func setCertificateFact(fact *rules.Certificate, c CardCertificate) {
	if !c.ExpiresOn.IsZero() {
		fact.ExpiresOn = rules.Known(c.ExpiresOn)
	}
	answered, _ := fact.State.Get()
	switch c.State {
	case "none", "expired":
		fact.State = rules.Known(rules.CertificateState(c.State))
	case "valid":
		if answered != "revoked" {
			fact.State = rules.Known(rules.CertificateState("valid"))
		}
	case "unknown":
		// It is there, and only its password would tell more: not worth a question.
		if !fact.State.Asked() {
			fact.State = rules.Known(rules.CertificateState("unknown"))
		}
	}
}
