package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"
)

// A parcel carries open cases from one PC to another, sealed with a passphrase
// that travels apart from it: the magic line, sixteen bytes of salt, and JSON
// sealed with AES-256-GCM under the passphrase stretched by Argon2id.

// parcelMagic is the first line of a parcel; its number is the version.
const parcelMagic = "MADOGUCHI CASES 1\n"

const saltBytes = 16

// parcel is what is sealed.
type parcel struct {
	From       []byte       `json:"from"` // id of the history
	Simulation bool         `json:"simulation"`
	Cases      []parcelCase `json:"cases"`
}

// parcelCase is one case with everything that happened to it.
type parcelCase struct {
	UID           []byte        `json:"uid"`
	Number        Number        `json:"number"`
	Municipality  string        `json:"municipality"`
	Procedure     string        `json:"procedure"`
	Visitor       string        `json:"visitor"`
	State         State         `json:"state"`
	Outcome       string        `json:"outcome"`
	Edition       string        `json:"edition"`
	Visits        int64         `json:"visits"`
	OpenedAt      string        `json:"openedAt"`
	ChangedAt     string        `json:"changedAt"`
	FirstSeenOn   string        `json:"firstSeenOn"`
	LetterMadeOn  string        `json:"letterMadeOn"`
	MailedOn      string        `json:"mailedOn"`
	ReplyBy       string        `json:"replyBy"`
	LetterVersion int64         `json:"letterVersion"`
	SecondAt      string        `json:"secondAt"`
	ClosedOn      string        `json:"closedOn"`
	ClosedAt      string        `json:"closedAt"`
	Events        []parcelEvent `json:"events"`
}

// parcelEvent is one event, and what was told with it.
type parcelEvent struct {
	UID      []byte      `json:"uid"`
	Kind     EventKind   `json:"kind"`
	At       string      `json:"at"`
	Operator string      `json:"operator"`
	Program  string      `json:"program"`
	Edition  string      `json:"edition"`
	State    State       `json:"state"`
	Detail   string      `json:"detail"`
	Origin   []byte      `json:"origin,omitempty"`
	Told     *parcelTold `json:"told,omitempty"`
}

// parcelTold carries texts as bytes, so that they arrive as they were told.
type parcelTold struct {
	Situation []byte  `json:"situation"`
	Plan      []byte  `json:"plan"`
	Holder    *Person `json:"holder,omitempty"`
	Agent     *Person `json:"agent,omitempty"`
	Memo      string  `json:"memo,omitempty"`
}

// seal seals a parcel with a passphrase.
func (p *parcel) seal(v *vault, passphrase string) ([]byte, error) {
	plain, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("writing parcel: %w", err)
	}
	salt := randomBytes(saltBytes)
	box, err := subtle.NewAESGCM(stretch(passphrase, salt))
	if err != nil {
		return nil, fmt.Errorf("sealing parcel: %w", err)
	}
	small, err := v.shrink(plain)
	if err != nil {
		return nil, err
	}
	sealed, err := box.Encrypt(small, []byte(parcelMagic))
	if err != nil {
		return nil, fmt.Errorf("sealing parcel: %w", err)
	}
	return append(append([]byte(parcelMagic), salt...), sealed...), nil
}

// openParcel opens a parcel; a wrong passphrase and a damaged file look alike.
func openParcel(data []byte, passphrase string) (*parcel, error) {
	rest, ok := bytes.CutPrefix(data, []byte(parcelMagic))
	if !ok || len(rest) < saltBytes {
		return nil, &Fault{Code: FaultSealed, Err: errors.New("the file is no parcel of cases")}
	}
	box, err := subtle.NewAESGCM(stretch(passphrase, rest[:saltBytes]))
	if err != nil {
		return nil, fmt.Errorf("opening parcel: %w", err)
	}
	small, err := box.Decrypt(rest[saltBytes:], []byte(parcelMagic))
	if err != nil {
		return nil, &Fault{Code: FaultSealed, Err: errors.New("the passphrase is wrong or the file damaged")}
	}
	plain, err := grow(small)
	if err != nil {
		return nil, &Fault{Code: FaultSealed, Err: err}
	}
	p := new(parcel)
	if err := json.Unmarshal(plain, p); err != nil {
		return nil, &Fault{Code: FaultSealed, Err: err}
	}
	return p, nil
}

// toRow lays what a parcel says over a row.
func (k *parcelCase) toRow(r *row) {
	r.uid, r.number, r.municipality, r.procedure, r.visitor = k.UID, k.Number, k.Municipality, k.Procedure, k.Visitor
	r.state, r.outcome, r.edition, r.visits = k.State, k.Outcome, k.Edition, k.Visits
	r.openedAt, r.changedAt, r.firstSeenOn = k.OpenedAt, k.ChangedAt, k.FirstSeenOn
	r.letterMadeOn, r.mailedOn, r.replyBy, r.letterVersion = k.LetterMadeOn, k.MailedOn, k.ReplyBy, k.LetterVersion
	r.secondAt, r.closedOn, r.closedAt = k.SecondAt, k.ClosedOn, k.ClosedAt
}

func fromRow(r *row) parcelCase {
	return parcelCase{UID: r.uid, Number: r.number, Municipality: r.municipality, Procedure: r.procedure, Visitor: r.visitor,
		State: r.state, Outcome: r.outcome, Edition: r.edition, Visits: r.visits,
		OpenedAt: r.openedAt, ChangedAt: r.changedAt, FirstSeenOn: r.firstSeenOn,
		LetterMadeOn: r.letterMadeOn, MailedOn: r.mailedOn, ReplyBy: r.replyBy, LetterVersion: r.letterVersion,
		SecondAt: r.secondAt, ClosedOn: r.closedOn, ClosedAt: r.closedAt}
}
