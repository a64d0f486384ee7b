package reader

import "fmt"

// Status is the status word at the end of every answer: SW1 SW2
// (ISO/IEC 7816-4 §5.6).
type Status uint16

// String writes the four hexadecimal digits.
func (s Status) String() string { return fmt.Sprintf("%04X", uint16(s)) }

// Meaning is what a status word means on this family of cards.
type Meaning string

// The meanings. Each of the 65,536 status words has exactly one.
const (
	Done             Meaning = "done"
	MoreData         Meaning = "more-data"            // 61xx: xx more bytes to fetch
	WrongExpected    Meaning = "wrong-expected"       // 6Cxx: ask again for xx bytes
	Tries            Meaning = "tries-left"           // 63Cx: x tries left
	Warning          Meaning = "warning"              // 62xx and the rest of 63xx: done, but
	Locked           Meaning = "locked"               // 6983, 6984
	NotAuthenticated Meaning = "not-authenticated"    // 6982: a PIN is needed first
	WrongFileKind    Meaning = "wrong-file-kind"      // 6981
	NotNow           Meaning = "not-now"              // 6985, 6986 and the rest of 69xx
	NotFound         Meaning = "not-found"            // 6A82: no such application or file
	NoRecord         Meaning = "no-record"            // 6A83
	NoReference      Meaning = "no-reference"         // 6A88: the data object or PIN is not there
	WrongParameters  Meaning = "wrong-parameters"     // the rest of 6Axx: P1, P2 or data
	WrongLength      Meaning = "wrong-length"         // 67xx
	PastEnd          Meaning = "past-end"             // 6Bxx: offset beyond the file
	ChannelRefused   Meaning = "channel-refused"      // 68xx: logical channel or secure messaging
	Unsupported      Meaning = "unsupported"          // 6Dxx, 6Exx: instruction or class unknown
	CardTrouble      Meaning = "card-trouble"         // 64xx, 65xx, 66xx, 6Fxx
	NotAStatus       Meaning = "not-a-status"         // outside 6xxx and 9xxx, or a 9xxx nobody defines
	ApplicationOwn   Meaning = "application-specific" // 9xxx other than 9000
)

// meanings is the one table from status word to meaning: ranges in order, from
// the end of the row before up to and including Last. The last row ends at FFFF,
// so that no word is without a meaning and none has two.
//
// Sources: ISO/IEC 7816-4 table 6; JICSAP 1.1 for 6984. Observed: 63C0 or 6984
// for a locked PIN, by card generation.
var meanings = [...]struct {
	Last    Status
	Meaning Meaning
}{
	{0x60FF, NotAStatus},
	{0x61FF, MoreData},
	{0x62FF, Warning},
	{0x63BF, Warning},
	{0x63CF, Tries},
	{0x63FF, Warning},
	{0x66FF, CardTrouble},
	{0x67FF, WrongLength},
	{0x68FF, ChannelRefused},
	{0x6980, NotNow},
	{0x6981, WrongFileKind},
	{0x6982, NotAuthenticated},
	{0x6984, Locked}, // Observed: 6984. ISO says 6983; not seen on this card
	{0x69FF, NotNow},
	{0x6A81, WrongParameters},
	{0x6A82, NotFound},
	{0x6A83, NoRecord},
	{0x6A87, WrongParameters},
	{0x6A88, NoReference},
	{0x6AFF, WrongParameters},
	{0x6BFF, PastEnd},
	{0x6CFF, WrongExpected},
	{0x6EFF, Unsupported},
	{0x6FFF, CardTrouble},
	{0x8FFF, NotAStatus},
	{0x9000, Done},
	{0x9FFF, ApplicationOwn},
	{0xFFFF, NotAStatus},
}

// Meaning says what the status word means.
func (s Status) Meaning() Meaning {
	for _, row := range meanings {
		if s <= row.Last {
			return row.Meaning
		}
	}
	return NotAStatus
}

// TriesLeft returns x of 63Cx, and whether the word is one.
func (s Status) TriesLeft() (int, bool) {
	if s.Meaning() != Tries {
		return 0, false
	}
	return int(s & 0x0F), true
}
