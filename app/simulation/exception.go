package simulation

// Exception is one condition of the pages that turns an ordinary visit into
// another one: what an interview must bring out. A scenario names those it turns
// on, and a test proves that overlooking it costs points.
type Exception string

// The exceptions of the five pages.
const (
	FaceVerificationCard Exception = "face-verification-card"
	PINLost              Exception = "pin-lost"
	OnePINLost           Exception = "one-pin-lost"
	CounterOnlyPINLost   Exception = "counter-only-pin-lost"
	ChipDiffersFromFace  Exception = "chip-differs-from-face"
	HolderNotPresent     Exception = "holder-not-present"
	DomicileInCity       Exception = "domicile-in-city"
	SameHouseholdParent  Exception = "same-household-parent"
	HouseholdMember      Exception = "household-member"
	NewCardNeeded        Exception = "new-card-needed"
	AuthoritySilent      Exception = "authority-silent"
	NoSignature          Exception = "no-signature-certificate"
	SharedPIN            Exception = "shared-pin"
	PaperRefused         Exception = "paper-refused"
	ExpiredCardAsID      Exception = "expired-card-as-id"
	ResidencePeriod      Exception = "residence-period"
	DetailsChanged       Exception = "details-changed"
)

// Exceptions lists them in the order of the pages' switchboard.
func Exceptions() []Exception {
	return []Exception{FaceVerificationCard, PINLost, OnePINLost, CounterOnlyPINLost, ChipDiffersFromFace,
		HolderNotPresent, DomicileInCity, SameHouseholdParent, HouseholdMember, NewCardNeeded, AuthoritySilent,
		NoSignature, SharedPIN, PaperRefused, ExpiredCardAsID, ResidencePeriod, DetailsChanged}
}

// without says what a clerk who overlooks an exception believes instead. An
// exception that turns on a paper or on an event has no facts here: overlooking
// it is accepting every paper and answering the events wrongly, or refusing a
// paper that still counts.
var without = map[Exception]Facts{
	FaceVerificationCard: {"card.kind": "standard", "pins.signature": "known", "pins.user-identification": "known",
		"pins.resident-registration": "known", "pins.card-info-input": "known", "certificates.signature.state": "valid"},
	PINLost: {"pins.signature": "known", "pins.user-identification": "known", "pins.resident-registration": "known",
		"pins.card-info-input": "known"},
	OnePINLost:          {"pins.signature": "forgotten", "pins.user-identification": "forgotten"},
	CounterOnlyPINLost:  {"pins.resident-registration": "known", "pins.card-info-input": "known"},
	ChipDiffersFromFace: {"card.chipMatchesFace": "yes"},
	HolderNotPresent:    {"visitor.holderPresent": "yes"},
	DomicileInCity:      {"holder.domicileInCity": "no"},
	SameHouseholdParent: {"visitor.sameHousehold": "no"},
	HouseholdMember:     {"visitor.kind": "other"},
	NewCardNeeded:       {"card.state": "valid", "card.faceFull": "no", "holder.movedInOn": "null"},
	AuthoritySilent:     {"visitor.authorityCoversCard": "yes"},
	NoSignature:         {"certificates.signature.state": "valid", "pins.signature": "known", "holder.birthDate": "1980-04-05", "holder.guardianship": "none"},
	ResidencePeriod:     {"card.state": "valid", "card.expiresOn": "2036-01-01"},
}
