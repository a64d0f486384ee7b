package reader

import "context"

// ResidentRegister is the application of the resident register (住基AP).
const ResidentRegister ApplicationID = "D3921000310001010401"

// registerPINFile is one half of the resident-registration PIN; the other half,
// of the same number, is in the Common application. Nothing else is touched
// here: the application holds the resident record code (住民票コード).
const registerPINFile FileID = 0x001C

// registerState is what the application says without a PIN.
type registerState struct {
	found bool
	pin   pinAnswer
}

func (s *Session) readRegister(ctx context.Context) (r registerState, err error) {
	if r.found, err = s.enter(ctx, ResidentRegister); err != nil || !r.found {
		return r, err
	}
	r.pin, err = s.ask(ctx, registerPINFile)
	return r, err
}
