// Package simcard is an Individual Number Card in software, at the level of
// commands: bytes in, bytes out, as strict as the real card.
//
// A [Description], a few lines of data, says what the card is: tries left,
// certificates and until when, what is missing, and which faults happen at
// which command. [New] makes a [Card] of it, with real certificates in DER. A
// locked PIN stays locked, a success restores the counter, an answer has 256
// bytes at most, an unknown application is refused, selecting another
// application forgets what was verified, and every command is recorded (the
// data of a PIN command is not).
//
// A card answers in process ([Card.Transmit]), or plugs into the virtual reader
// of a real PC/SC daemon ([Plug]), where any other program sees it.
//
// The package knows neither PC/SC nor package reader: it states what it knows
// of the card a second time, so that a slip in one of the two shows. The PINs
// of simulated cards are data of the description, and no secret.
//
// Cards made here hold no individual number, no name and no address, and their
// certificates are issued by JPKI-TEST.
package simcard
