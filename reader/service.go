package reader

import "time"

// Service is the smart-card service of the machine. PC/SC stands behind it
// ([PCSC]), or cards in software ([Software]).
type Service interface {
	// Establish opens a context. One context serves one goroutine.
	Establish() (ServiceContext, error)
}

// ServiceContext is one client of the service. All its errors are, or wrap, a [Fault].
type ServiceContext interface {
	// Readers names the readers; none is no error.
	Readers() ([]string, error)
	// Wait blocks until the state of a reader differs from the one given, or the
	// time is over; only then it reports false. After Readers it also ends when a
	// reader comes or goes. It fills in the new states.
	Wait(states []ReaderState, most time.Duration) (bool, error)
	// Cancel ends a Wait from another goroutine.
	Cancel() error
	// Connect opens the card on a reader, shared with other programs.
	Connect(readerName string) (Handle, error)
	// Release closes the context.
	Release() error
}

// Handle is an open card.
type Handle interface {
	// Begin starts a transaction: nobody else reaches the card until End.
	Begin() error
	// Transmit sends one command, once.
	Transmit(command []byte) ([]byte, error)
	// Reconnect takes the card up again after somebody reset it.
	Reconnect() error
	// End ends the transaction and leaves the card as it is.
	End() error
	// Disconnect closes the card; with reset it loses its power first.
	Disconnect(reset bool) error
}

// ReaderState is one reader as the service sees it.
type ReaderState struct {
	Name string
	// Card says that a card is there, and Mute that it answers nothing.
	Card, Mute bool
	// Taken says that another program holds the card for itself alone.
	Taken bool
	// InUse says that some program has the card open at this moment.
	InUse bool
	// Changes counts insertions and removals, as far as the service does: a quick
	// change of cards shows in it.
	Changes int
	ATR     []byte

	// mark is what the service is told was seen last; 0 is a reader not looked at yet.
	mark uint32
}
