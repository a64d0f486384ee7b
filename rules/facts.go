package rules

import "slices"

// A condition column of a table is headed with the name of a fact. A fact has
// a closed domain: words, or whole numbers that the tables' own cells cut into
// bands. Every cell becomes a set of values of its fact's domain, kept as the
// bits of a uint64; so does what is known of a situation.

type factID uint8

const (
	factOn factID = iota
	factProcedure
	factWithRenewal
	factVisitor
	factCapacity
	factVisit
	factAge
	factMinor
	factGuardianship
	factAuthority
	factSameHousehold
	factHolderPresent
	factDomicile
	factMoveInDays
	factMoveRegistered
	factPermit
	factCardKind
	factCardState
	factFaceFull
	factChipMatches
	factSignatureCertificate
	factUserCertificate
	factRenewalWindow
	factCardRenewalWindow
	factLetter
	factLetterFit
	factJPKIPinsLost
	factOtherPinsLost
	factNeededPinsLost
	factCount
)

// none is the word for "there is none" in a condition cell.
const none = "-"

type factSpec struct {
	name    string
	words   []string // nil for a number
	numeric bool
	hasNone bool     // the fact can be "-"
	keys    []string // situation keys it rests on, in the order they are asked
}

var (
	yesNo       = []string{"yes", "no"}
	windowWords = []string{"before", "open", "after"}
)

// factSpecs is the closed vocabulary of conditions, by factID.
var factSpecs = [factCount]factSpec{
	factOn: {name: "on", numeric: true, keys: []string{"on"}},
	factProcedure: {name: "procedure", keys: []string{"procedure"}, words: []string{
		"certificate-issue", "certificate-renewal", "pin-reset", "pin-change", "card-face-update",
		"suspension-release", "card-renewal", "card-loss", "residence-period-update"}},
	factWithRenewal: {name: "with-renewal", words: yesNo, keys: []string{"procedure"}},
	factVisitor: {name: "visitor", keys: []string{"visitor.kind"}, words: []string{
		"holder", "parent", "guardian-of-minor", "guardian-of-adult", "curator", "assistant",
		"contract-guardian", "household-member", "other"}},
	factCapacity: {name: "capacity", words: []string{
		"holder", "legal-representative", "household-member", "voluntary-agent"}},
	factVisit:          {name: "visit", words: []string{"0", "1", "2"}, keys: []string{"visit"}},
	factAge:            {name: "age", numeric: true, keys: []string{"holder.birthDate"}},
	factMinor:          {name: "minor", words: yesNo, keys: []string{"holder.birthDate"}},
	factGuardianship:   {name: "guardianship", words: guardianshipWords, keys: []string{"holder.guardianship"}},
	factAuthority:      {name: "authority-covers-card", words: yesNo, keys: []string{"visitor.authorityCoversCard"}},
	factSameHousehold:  {name: "same-household", words: yesNo, keys: []string{"visitor.sameHousehold"}},
	factHolderPresent:  {name: "holder-present", words: yesNo, keys: []string{"visitor.holderPresent"}},
	factDomicile:       {name: "domicile-in-city", words: yesNo, keys: []string{"holder.domicileInCity"}},
	factMoveInDays:     {name: "days-since-moving-in", numeric: true, hasNone: true, keys: []string{"holder.movedInOn"}},
	factMoveRegistered: {name: "move-registered", words: yesNo, keys: []string{"holder.moveRegistered"}},
	factPermit: {name: "residence-permit", keys: []string{"holder.residencePermit"}, words: []string{
		"none", "limited", "permanent", "highly-skilled-2"}},
	factCardKind: {name: "card-kind", keys: []string{"card.kind"}, words: []string{
		"standard", "face-verification", "no-photo"}},
	factCardState: {name: "card-state", keys: []string{"card.state"}, words: []string{
		"valid", "expired", "revoked", "suspended", "lost"}},
	factFaceFull:    {name: "face-full", words: yesNo, keys: []string{"card.faceFull"}},
	factChipMatches: {name: "chip-matches-face", words: yesNo, keys: []string{"card.chipMatchesFace"}},
	factSignatureCertificate: {name: "signature-certificate", words: certificateWords,
		keys: []string{"certificates.signature.state"}},
	factUserCertificate: {name: "user-certificate", words: certificateWords,
		keys: []string{"certificates.user-identification.state"}},
	factRenewalWindow: {name: "renewal-window", words: windowWords, hasNone: true,
		keys: []string{"certificates.user-identification.expiresOn"}},
	factCardRenewalWindow: {name: "card-renewal-window", words: windowWords, hasNone: true,
		keys: []string{"card.expiresOn"}},
	factLetter: {name: "letter", words: []string{"none", "enclosed-in-notice", "issued"}, keys: []string{"letter.state"}},
	factLetterFit: {name: "letter-fit", words: []string{"ok", "unsealed", "incomplete", "expired"}, hasNone: true,
		keys: []string{"letter.state", "letter.sealed", "letter.complete"}},
	factJPKIPinsLost: {name: "jpki-pins-lost", words: []string{"none", "one", "both"},
		keys: []string{"pins.signature", "pins.user-identification"}},
	factOtherPinsLost: {name: "other-pins-lost", words: yesNo,
		keys: []string{"pins.resident-registration", "pins.card-info-input"}},
	factNeededPinsLost: {name: "needed-pins-lost", words: yesNo},
}

var certificateWords = []string{"valid", "expired", "revoked", "none", "unknown"}

func factByName(name string) (factID, bool) {
	i := slices.IndexFunc(factSpecs[:], func(s factSpec) bool { return s.name == name })
	return factID(max(i, 0)), i >= 0
}

// domain is a fact's closed set of values in one rule set. The bit of a word is
// its position; the bit of a number is the band it falls in; "-" has the bit
// behind the last.
type domain struct {
	fact factID
	cuts []int32 // lower bounds of the bands, ascending; the first is the least number
}

func (d domain) size() int {
	n := len(factSpecs[d.fact].words)
	if factSpecs[d.fact].numeric {
		n = len(d.cuts)
	}
	if factSpecs[d.fact].hasNone {
		n++
	}
	return n
}

func (d domain) all() uint64 { return 1<<d.size() - 1 }

func (d domain) noneBit() uint64 { return 1 << (d.size() - 1) }

// band returns the bit of the band that holds n.
func (d domain) band(n int32) uint64 {
	for i := len(d.cuts) - 1; i >= 0; i-- {
		if n >= d.cuts[i] {
			return 1 << i
		}
	}
	return 1
}

// bit returns the bit of a word; 0 for a word outside the vocabulary.
func (d domain) bit(word string) uint64 {
	if word == none && factSpecs[d.fact].hasNone {
		return d.noneBit()
	}
	for i, w := range factSpecs[d.fact].words {
		if w == word {
			return 1 << i
		}
	}
	return 0
}

func flagBit(yes bool) uint64 {
	if yes {
		return 1
	}
	return 2
}
