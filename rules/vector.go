package rules

import "slices"

// vector is what is known of a situation: for every fact the set of values it
// can still have. A fact nobody asked about has all of them.
type vector [factCount]uint64

// The bits of words the code itself turns on.
var (
	cardValid, cardExpired = bitOf(factCardState, "valid"), bitOf(factCardState, "expired")

	certificateValid   = bitOf(factUserCertificate, "valid")
	certificateExpired = bitOf(factUserCertificate, "expired")
	certificateUnknown = bitOf(factUserCertificate, "unknown")

	windowBefore = bitOf(factRenewalWindow, "before")
	windowOpen   = bitOf(factRenewalWindow, "open")
	windowAfter  = bitOf(factRenewalWindow, "after")

	letterNone = bitOf(factLetter, "none")

	jpkiNone, jpkiOne, jpkiBoth = bitOf(factJPKIPinsLost, "none"), bitOf(factJPKIPinsLost, "one"), bitOf(factJPKIPinsLost, "both")
)

func bitOf(f factID, word string) uint64 { return domain{fact: f}.bit(word) }

// vector turns a situation into what its facts can be in this rule set.
func (s *Set) vector(in *Situation, procedure Procedure) vector {
	v := s.unasked
	v[factOn] = s.domains[factOn].band(int32(in.On))
	if procedure != "" {
		v[factProcedure] = s.domains[factProcedure].bit(string(procedure))
		v[factWithRenewal] = flagBit(slices.Contains(in.Procedure, CertificateRenewal))
	}
	v[factVisit] = 1 << 1
	if n, ok := in.Visit.Get(); ok && n >= 0 && n <= 2 {
		v[factVisit] = 1 << n
	}
	s.visitorFacts(&v, in)
	s.holderFacts(&v, in)
	s.cardFacts(&v, in)
	s.letterFacts(&v, in)
	s.pinFacts(&v, in)
	return v
}

// word narrows a fact to the word that was answered.
func word[T ~string](s *Set, v *vector, f factID, answer Fact[T]) {
	if w, ok := answer.Get(); ok {
		v[f] = s.domains[f].bit(string(w))
	}
}

// flag narrows a yes-or-no fact. Who was asked and does not know gets the
// stricter line: what could not be confirmed is not so.
func flag(v *vector, f factID, answer Fact[bool]) {
	yes, known := answer.Get()
	switch {
	case known:
		v[f] = flagBit(yes)
	case answer.Asked():
		v[f] = flagBit(false)
	}
}

func (s *Set) visitorFacts(v *vector, in *Situation) {
	word(s, v, factVisitor, in.Visitor.Kind)
	flag(v, factAuthority, in.Visitor.AuthorityCoversCard)
	flag(v, factSameHousehold, in.Visitor.SameHousehold)
	flag(v, factHolderPresent, in.Visitor.HolderPresent)
	if kind, _ := in.Visitor.Kind.Get(); kind == VisitorHolder {
		v[factHolderPresent] = flagBit(true)
	}
}

func (s *Set) holderFacts(v *vector, in *Situation) {
	if born, ok := in.Holder.BirthDate.Get(); ok {
		age := Age(born, in.On)
		v[factAge] = s.domains[factAge].band(int32(age))
		v[factMinor] = flagBit(age < adulthood(in.On))
	}
	s.guardianshipFact(v, in)
	flag(v, factDomicile, in.Holder.DomicileInCity)
	flag(v, factMoveRegistered, in.Holder.MoveRegistered)
	word(s, v, factPermit, in.Holder.ResidencePermit)
	if moved, ok := in.Holder.MovedInOn.Get(); ok {
		v[factMoveInDays] = s.domains[factMoveInDays].band(int32(in.On - moved))
	} else if in.Holder.MovedInOn.Asked() {
		v[factMoveInDays] = s.domains[factMoveInDays].noneBit()
	}
}

// guardianOf is the protection a holder stands under for a visitor of a kind to be
// what he says he is.
var guardianOf = map[VisitorKind]Guardianship{
	VisitorParent: "none", VisitorGuardianOfMinor: "minor-guardianship", VisitorGuardianOfAdult: "adult-guardianship",
	VisitorCurator: "curatorship", VisitorAssistant: "assistance", VisitorContractGuardian: "contract-guardianship",
}

// guardianshipFact takes the answer; where nobody was asked, who the visitor is
// tells it for those who come because of it. Not known is taken for none.
func (s *Set) guardianshipFact(v *vector, in *Situation) {
	word(s, v, factGuardianship, in.Holder.Guardianship)
	if _, known := in.Holder.Guardianship.Get(); known {
		return
	}
	kind, _ := in.Visitor.Kind.Get()
	if told, ok := guardianOf[kind]; ok {
		v[factGuardianship] = s.domains[factGuardianship].bit(string(told))
	} else if in.Holder.Guardianship.Asked() {
		v[factGuardianship] = s.domains[factGuardianship].bit("none")
	}
}

func (s *Set) cardFacts(v *vector, in *Situation) {
	word(s, v, factCardKind, in.Card.Kind)
	word(s, v, factCardState, in.Card.State)
	if day, ok := in.Card.ExpiresOn.Get(); ok && day < in.On {
		// The printed day decides over a state somebody took for granted.
		if v[factCardState]&cardValid != 0 {
			v[factCardState] = cardExpired
		}
	}
	flag(v, factFaceFull, in.Card.FaceFull)
	flag(v, factChipMatches, in.Card.ChipMatchesFace)
	s.certificateFact(v, factSignatureCertificate, in.Certificates.Signature, in.On)
	s.certificateFact(v, factUserCertificate, in.Certificates.UserIdentification, in.On)
	v[factRenewalWindow] &= s.renewalWindow(in)
	v[factCardRenewalWindow] &= s.cardRenewalWindow(in)
}

func (s *Set) certificateFact(v *vector, f factID, c Certificate, on Date) {
	word(s, v, f, c.State)
	if c.State.Asked() && v[f] == s.unasked[f] {
		v[f] = certificateUnknown
	}
	if day, ok := c.ExpiresOn.Get(); ok && day < on && v[f]&certificateValid != 0 {
		v[f] = certificateExpired
	}
}

// renewalWindow says whether the day lies before, in or after the months in which
// the certificate that expires first can be renewed.
func (s *Set) renewalWindow(in *Situation) uint64 {
	d := s.domains[factRenewalWindow]
	day, ok := renewalDay(in)
	if !ok {
		if in.Certificates.UserIdentification.ExpiresOn.Asked() || certificateGone(in.Certificates.UserIdentification) {
			return d.noneBit()
		}
		return d.all()
	}
	return window(day, in.On)
}

// cardRenewalWindow says the same of the card itself (Kasugai L61).
func (s *Set) cardRenewalWindow(in *Situation) uint64 {
	d := s.domains[factCardRenewalWindow]
	day, ok := in.Card.ExpiresOn.Get()
	switch {
	case ok:
		return window(day, in.On)
	case in.Card.ExpiresOn.Asked():
		return d.noneBit()
	}
	return d.all()
}

// window is the bit of a day before, in or after the months in which what expires
// can be renewed.
func window(expires, on Date) uint64 {
	switch {
	case on > expires:
		return windowAfter
	case on < RenewalOpens(expires):
		return windowBefore
	}
	return windowOpen
}

func certificateGone(c Certificate) bool {
	state, ok := c.State.Get()
	return ok && (state == "none" || state == "revoked")
}

// renewalDay is the day on which the first of the certificates expires that are
// on the card.
func renewalDay(in *Situation) (Date, bool) {
	var first Date
	for _, c := range []Certificate{in.Certificates.UserIdentification, in.Certificates.Signature} {
		day, ok := c.ExpiresOn.Get()
		if ok && !certificateGone(c) && (first == 0 || day < first) {
			first = day
		}
	}
	return first, first != 0
}

func (s *Set) letterFacts(v *vector, in *Situation) {
	word(s, v, factLetter, in.Letter.State)
	fit := s.domains[factLetterFit]
	if in.Letter.State.Asked() && v[factLetter] == s.unasked[factLetter] {
		v[factLetter] = letterNone
	}
	if v[factLetter] == letterNone {
		v[factLetterFit] = fit.noneBit()
		return
	}
	may := fit.all()
	if v[factLetter]&letterNone == 0 {
		may &^= fit.noneBit()
	}
	if until, ok := in.Letter.ValidUntil.Get(); ok && until < in.On {
		v[factLetterFit] = fit.bit("expired")
		return
	}
	may &^= fit.bit("expired")
	narrow := func(answer Fact[bool], passing, failing uint64) {
		ok, known := answer.Get()
		switch {
		case ok:
			may &^= passing
		case known || answer.Asked():
			may = failing
		}
	}
	// What is missing in a letter stays missing however it was closed.
	unsealed, incomplete := fit.bit("unsealed"), fit.bit("incomplete")
	narrow(in.Letter.Sealed, unsealed, unsealed|incomplete)
	narrow(in.Letter.Complete, incomplete, incomplete)
	v[factLetterFit] = may
}

// lost reports for one PIN whether it is lost (forgotten or locked), whether it
// can be entered, and whether that is known at all. Who does not know (null) is
// taken to know the number: the card finds out.
func lost(answer Fact[PINState]) (isLost, usable, known bool) {
	state, ok := answer.Get()
	if !ok {
		return false, answer.Asked(), answer.Asked()
	}
	return state == "forgotten" || state == "locked", state == "known", true
}

func (s *Set) pinFacts(v *vector, in *Situation) {
	may := uint64(0)
	sigLost, sigUsable, sigKnown := lost(in.PINs.Signature)
	userLost, userUsable, userKnown := lost(in.PINs.UserIdentification)
	combine := func(sl, su, ul, uu bool) {
		switch {
		case !sl && !ul:
			may |= jpkiNone
		case sl && uu || ul && su:
			may |= jpkiOne
		default:
			may |= jpkiBoth
		}
	}
	for _, a := range pinChoices(sigLost, sigUsable, sigKnown) {
		for _, b := range pinChoices(userLost, userUsable, userKnown) {
			combine(a.lost, a.usable, b.lost, b.usable)
		}
	}
	v[factJPKIPinsLost] = may
	v[factOtherPinsLost] = anyLost(in.PINs.ResidentRegistration, in.PINs.CardInfoInput)
}

type pinChoice struct{ lost, usable bool }

func pinChoices(isLost, usable, known bool) []pinChoice {
	if known {
		return []pinChoice{{isLost, usable}}
	}
	return []pinChoice{{true, false}, {false, true}}
}

// anyLost is the yes-or-no bits of "at least one of these PINs is lost".
func anyLost(pins ...Fact[PINState]) uint64 {
	open := false
	for _, p := range pins {
		isLost, _, known := lost(p)
		if isLost {
			return flagBit(true)
		}
		open = open || !known
	}
	if open {
		return flagBit(true) | flagBit(false)
	}
	return flagBit(false)
}

// pin returns the state of one PIN, by its place in [PINKinds].
func (p *PINStates) pin(i int) Fact[PINState] {
	switch i {
	case 0:
		return p.Signature
	case 1:
		return p.UserIdentification
	case 2:
		return p.ResidentRegistration
	}
	return p.CardInfoInput
}
