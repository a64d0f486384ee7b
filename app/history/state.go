package history

import (
	"fmt"
	"slices"
)

// State is where a case stands in its life (contracts §1).
type State string

// The states of a case.
const (
	Opened              State = "opened"               // 受付
	Decided             State = "decided"              // 案内済み
	LetterMade          State = "letter-made"          // 照会書作成
	Mailed              State = "mailed"               // 発送済み
	ReturnedUndelivered State = "returned-undelivered" // 返戻
	AwaitingReply       State = "awaiting-reply"       // 回答待ち
	SecondVisit         State = "second-visit"         // 2回目来庁
	EnvelopeOpened      State = "envelope-opened"      // 開封・照合
	Done                State = "done"                 // 完了
	SentBack            State = "sent-back"            // 不備差戻し
	Expired             State = "expired"              // 期限切れ
	Withdrawn           State = "withdrawn"            // 取下げ
	NotHoldersWish      State = "not-holders-wish"     // 意思なし
)

// transitions are the only ways from one state to the next, besides the
// withdrawal of an open case and the expiry of a waiting one.
var transitions = map[State][]State{
	Opened:              {Decided},
	Decided:             {Done, LetterMade},
	LetterMade:          {Mailed},
	Mailed:              {ReturnedUndelivered, AwaitingReply},
	ReturnedUndelivered: {LetterMade},
	AwaitingReply:       {SecondVisit},
	SecondVisit:         {EnvelopeOpened},
	EnvelopeOpened:      {Done, SentBack, NotHoldersWish},
	SentBack:            {LetterMade, AwaitingReply},
	Done:                nil,
	Expired:             nil,
	Withdrawn:           nil,
	NotHoldersWish:      nil,
}

// States lists every state in the order of a case's life.
func States() []State {
	return []State{Opened, Decided, LetterMade, Mailed, ReturnedUndelivered, AwaitingReply,
		SecondVisit, EnvelopeOpened, Done, SentBack, Expired, Withdrawn, NotHoldersWish}
}

// Valid reports whether the word is a state at all.
func (s State) Valid() bool {
	_, ok := transitions[s]
	return ok
}

// Open reports whether the case is still to be worked on.
func (s State) Open() bool { return len(transitions[s]) > 0 }

// Waiting reports whether the office waits for the post or for the holder, so
// that the date for the reply can pass.
func (s State) Waiting() bool {
	return s == Mailed || s == ReturnedUndelivered || s == AwaitingReply || s == SentBack
}

// Next lists the states a case may go to, in the order of a case's life.
func (s State) Next() []State {
	next := slices.Clone(transitions[s])
	if s.Waiting() {
		next = append(next, Expired)
	}
	if s.Open() {
		next = append(next, Withdrawn)
	}
	return next
}

// check refuses a transition that the life of a case does not have.
func (s State) check(to State) error {
	if !to.Valid() {
		return &Refusal{Reason: UnknownState, State: to}
	}
	if !slices.Contains(s.Next(), to) {
		return &Refusal{Reason: NoSuchTransition, State: s, To: to}
	}
	return nil
}

// ParseState reads a state's word.
func ParseState(s string) (State, error) {
	if st := State(s); st.Valid() {
		return st, nil
	}
	return "", fmt.Errorf("%q is not a state: one of %v", s, States())
}
