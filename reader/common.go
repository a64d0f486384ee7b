package reader

import "context"

// Common is the application every Individual Number Card has (共通カードAP).
const Common ApplicationID = "D3921000310001010100"

// CardManager is what is selected when a card powers up (GlobalPlatform issuer
// security domain). It holds nothing of the holder, so it is what a session
// selects when it leaves.
const CardManager ApplicationID = "A0000001510000"

const (
	issueFile     FileID = 0x0001 // record 1: serial, municipality, expiry of the card; free
	commonPINFile FileID = 0x001C // the second half of the resident-registration PIN
)

// commonState is what the application says without a PIN.
type commonState struct {
	found     bool
	pin       pinAnswer
	expiresOn Date
}

func (s *Session) readCommon(ctx context.Context) (c commonState, err error) {
	if c.found, err = s.enter(ctx, Common); err != nil || !c.found {
		return c, err
	}
	if c.pin, err = s.ask(ctx, commonPINFile); err != nil {
		return c, err
	}
	record, err := s.readRecord(ctx, issueFile)
	if err != nil {
		return c, ignoreRefusal(err)
	}
	defer clear(record)
	c.expiresOn = cardExpiry(record)
	return c, nil
}

// Layout of the issue record: tag 01, 28 digits, of which the last eight are
// the last day the card is valid. Observed by one client; the fifteen digits of
// the serial and the five of the municipality before them are not kept.
const (
	issueTag    = 0x01
	issueDigits = 28
)

// cardExpiry takes the expiry out of the issue record, or nothing where the
// record is not as expected.
func cardExpiry(record []byte) Date {
	value, ok := simpleTLV(record, issueTag)
	if !ok || len(value) != issueDigits {
		return ""
	}
	return dateOfDigits(value[issueDigits-8:])
}

// simpleTLV returns the value of the first object if it has the tag
// (ISO/IEC 7816-4 §6.2: one byte of tag, one or three bytes of length).
func simpleTLV(data []byte, tag byte) ([]byte, bool) {
	if len(data) < 2 || data[0] != tag {
		return nil, false
	}
	length, start := int(data[1]), 2
	if data[1] == 0xFF {
		if len(data) < 4 {
			return nil, false
		}
		length, start = int(data[2])<<8|int(data[3]), 4
	}
	if len(data)-start < length {
		return nil, false
	}
	return data[start : start+length], true
}
