package reader

import "context"

// OtherKind names a card that is no Individual Number Card.
type OtherKind string

// The cards that an application identifier tells.
const (
	DriverLicence OtherKind = "driver-licence" // 運転免許証
	ResidenceCard OtherKind = "residence-card" // 在留カード・特別永住者証明書
	Passport      OtherKind = "passport"       // 旅券
	PaymentCard   OtherKind = "payment-card"   // クレジットカード等
)

// otherApplications are selected in turn on a card that has none of ours.
var otherApplications = [...]struct {
	id   ApplicationID
	kind OtherKind
}{
	{"A0000002310100000000000000000000", DriverLicence}, // DF1 of the licence (police specification)
	{"D392F0004F0200000000000000000000", ResidenceCard}, // DF1 of the residence card (Immigration Services Agency specification)
	{"A0000002471001", Passport},                        // ICAO Doc 9303-10 §4.1
	{"325041592E5359532E4444463031", PaymentCard},       // EMV contactless: 2PAY.SYS.DDF01
}

// nameOther names the card, or returns nothing where no identifier tells.
func (s *Session) nameOther(ctx context.Context) (OtherKind, error) {
	for _, other := range otherApplications {
		found, err := s.enter(ctx, other.id)
		if err != nil {
			return "", err
		}
		if found {
			return other.kind, nil
		}
	}
	return "", nil
}
