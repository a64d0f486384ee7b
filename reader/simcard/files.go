package simcard

import (
	"fmt"
	"slices"
	"time"
)

// application is one card application: its files by identifier.
type application struct {
	id    string
	files map[uint16]*file
}

// file is one elementary file. It is one of three sorts: bytes, records, or a
// PIN.
type file struct {
	data    []byte
	records [][]byte
	pin     *pin
	needs   *pin // to be verified before the file can be read
}

// pin is one PIN with its counter.
type pin struct {
	value     []byte
	limit     int
	remaining int
	min, max  int
	unset     bool
	verified  bool
	changeKey bool // changed by JICSAP CHANGE KEY, not by CHANGE REFERENCE DATA
}

// pinNamed makes the PIN of a description.
func (d Description) pinNamed(name string, changeKey bool) *pin {
	p := d.PINs[name]
	limit := limits[name]
	made := &pin{value: []byte(p.Value), limit: limit, remaining: limit, min: 4, max: 4, unset: p.Unset, changeKey: changeKey}
	if len(made.value) == 0 {
		made.value = []byte(values[name])
	}
	if name == Signature {
		made.min, made.max = 6, 16
	}
	if p.Remaining != nil {
		made.remaining = *p.Remaining
	}
	return made
}

// PINValue is the PIN that opens the card under a name; empty for an unknown name.
func (d Description) PINValue(name string) string {
	if v := d.PINs[name].Value; v != "" {
		return v
	}
	return values[name]
}

// applications builds what the card holds.
func (d Description) applications(now time.Time) (map[string]*application, error) {
	apps := map[string]*application{}
	add := func(id string, files map[uint16]*file) { apps[id] = &application{id: id, files: files} }
	if tokens[d.kind()] != "" {
		jpki, err := d.jpkiFiles(now)
		if err != nil {
			return nil, err
		}
		add(appJPKI, jpki)
	}
	switch d.kind() {
	case IndividualNumberCard:
		add(appManager, nil)
		add(appInfo, d.infoFiles())
		add(appRegister, map[uint16]*file{0x001C: {pin: d.pinNamed(ResidentRegistration, true)}})
		add(appCommon, d.commonFiles())
	case JukiCard:
		add(appRegister, map[uint16]*file{0x001C: {pin: d.pinNamed(ResidentRegistration, true)}})
	default:
		if id := foreign[d.kind()]; id != "" {
			add(id, nil)
		}
	}
	for _, name := range d.Missing {
		delete(apps, missingNames[name])
	}
	return apps, nil
}

// jpkiFiles makes the JPKI application.
func (d Description) jpkiFiles(now time.Time) (map[uint16]*file, error) {
	signPIN, identPIN := d.pinNamed(Signature, false), d.pinNamed(UserIdentification, false)
	token := make([]byte, 160)
	copy(token, fmt.Sprintf("%-32s", tokens[d.kind()]))
	presence := []byte{0x8F, 0x8F, 0x00}
	files := map[uint16]*file{
		0x0006: {data: token},
		0x0008: {data: presence},
		0x0018: {pin: identPIN},
		0x001B: {pin: signPIN},
	}
	for i, c := range []struct {
		name     string
		own, ca  uint16
		needs    *pin
		identity identity
	}{
		{Signature, 0x0001, 0x0002, signPIN, signatureIdentity},
		{UserIdentification, 0x000A, 0x000B, d.onPhone(identPIN), identificationIdentity},
	} {
		described := d.Certificates[c.name]
		if described.None {
			presence[i] = 0x00
			continue
		}
		from, until, err := described.period(d.lastDay(), now)
		if err != nil {
			return nil, err
		}
		own, ca, err := certificates(c.identity, from, until)
		if err != nil {
			return nil, fmt.Errorf("making the %s certificate: %w", c.name, err)
		}
		files[c.own], files[c.ca] = &file{data: own, needs: c.needs}, &file{data: ca}
	}
	return files, nil
}

// onPhone returns the PIN that a phone asks for before it gives the
// user-identification certificate; the plastic card asks for none.
func (d Description) onPhone(p *pin) *pin {
	if d.kind() == AndroidPhone || d.kind() == IPhone {
		return p
	}
	return nil
}

// infoFiles makes the card-info input application. Its other files, which would
// hold the individual number and the holder, are not made: nobody may read them.
func (d Description) infoFiles() map[uint16]*file {
	blocked := &pin{limit: 3, min: 4, max: 4, value: []byte("----")}
	return map[uint16]*file{
		0x0011: {pin: d.pinNamed(CardInfoInput, false)},
		0x0012: {pin: blocked}, // Observed: answers 63C0 on every card seen
	}
}

// commonFiles makes the common application: the second half of the
// resident-registration PIN, and the issue record with the expiry of the card.
func (d Description) commonFiles() map[uint16]*file {
	half := d.pinNamed(ResidentRegistration, true)
	if common := d.PINs[ResidentRegistration].Common; common != nil {
		half.remaining = *common
	}
	digits := "000000000000000" + "00000" + d.lastDay().Format("20060102")
	record := append([]byte{0x01, byte(len(digits))}, digits...)
	return map[uint16]*file{
		0x0001: {records: [][]byte{record}},
		0x001C: {pin: half},
	}
}

// lastDay is the last day of the card.
func (d Description) lastDay() time.Time {
	if t, err := day(d.ExpiresOn); err == nil {
		return t
	}
	t, _ := day(farDay)
	return t
}

// farDay is the expiry of a card whose description names none.
const farDay = "2035-11-24"

// period returns the first and the last second of a certificate. One that is not
// described ends with the card, or after five years.
func (c Certificate) period(card, now time.Time) (from, until time.Time, err error) {
	until = slices.MinFunc([]time.Time{card, now.AddDate(5, 0, 0)}, time.Time.Compare)
	if c.NotAfter != "" {
		if until, err = day(c.NotAfter); err != nil {
			return from, until, err
		}
	}
	from = until.AddDate(-5, 0, 0)
	if c.NotBefore != "" {
		if from, err = day(c.NotBefore); err != nil {
			return from, until, err
		}
		from = from.Add(time.Second - 24*time.Hour)
	}
	return from, until, nil
}
