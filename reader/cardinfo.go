package reader

import "context"

// CardInfoInput is the application that fills in forms (券面事項入力補助AP).
const CardInfoInput ApplicationID = "D3921000310001010408"

// cardInfoPINFile is the only file of the application that is touched here. Its
// neighbours hold the individual number (0001, 0003) or take it as a key (0014):
// none of them has a name in this program.
const cardInfoPINFile FileID = 0x0011

// cardInfoState is what the application says without a PIN.
type cardInfoState struct {
	found bool
	pin   pinAnswer
}

func (s *Session) readCardInfo(ctx context.Context) (c cardInfoState, err error) {
	if c.found, err = s.enter(ctx, CardInfoInput); err != nil || !c.found {
		return c, err
	}
	c.pin, err = s.ask(ctx, cardInfoPINFile)
	return c, err
}
