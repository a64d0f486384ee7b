package forms

import (
	_ "embed" // the layouts of the forms are data
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"madoguchi/rules"
)

var (
	//go:embed layout/inquiry.csv
	inquiryLayout []byte
	//go:embed layout/reply.csv
	replyLayout []byte
)

// Person is someone a letter names. The name is printed exactly as written.
type Person struct {
	Name      string     `json:"name"`
	Alias     string     `json:"alias,omitempty"` // 通称, printed below the name
	Postcode  string     `json:"postcode,omitempty"`
	Address   Lines      `json:"address,omitempty"`
	BirthDate rules.Date `json:"birthDate,omitzero"`
	Relation  string     `json:"relation,omitempty"` // of an agent to the holder
}

// Lines is an address: one string a line. In a letter file it is a list of lines
// or, as in the CSV, one text whose lines are separated by newlines.
type Lines []string

// UnmarshalJSON reads a list of lines or one text.
func (l *Lines) UnmarshalJSON(data []byte) error {
	if data[0] != '"' {
		return json.Unmarshal(data, (*[]string)(l))
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return fmt.Errorf("reading address: %w", err)
	}
	*l = addressLines(text)
	return nil
}

// Letter is what one letter says (contracts §5, letter file).
type Letter struct {
	Municipality   rules.MunicipalityID `json:"municipality"`
	Procedure      rules.Procedures     `json:"procedure"`
	Holder         Person               `json:"holder"`
	Agent          Person               `json:"agent,omitzero"`
	CaseNumber     string               `json:"caseNumber"`
	DocumentNumber string               `json:"documentNumber,omitempty"` // 文書番号
	IssuedOn       rules.Date           `json:"issuedOn"`
	RequestedOn    rules.Date           `json:"requestedOn,omitzero"` // day of the request; empty: the letter's date
	ReplyBy        rules.Date           `json:"replyBy,omitzero"`     // empty: IssuedOn and the municipality's days
	Sequence       string               `json:"sequence,omitempty"`   // matches sheets and envelopes: 0012/0300
	// Version counts the letters made for the case, as the history does; it goes
	// into the code so that an older letter is recognised. 0: the form's version.
	Version int `json:"version,omitempty"`
	// Protected: the holder is under protection (支援措置). The address then
	// stands only where the post needs it, never on a sheet an agent gets.
	Protected bool `json:"protected,omitempty"`
	// Handwritten names fields that are left as boxes to write in, for names no
	// font has: holder.name, agent.name, agent.address.
	Handwritten []string `json:"handwritten,omitempty"`
}

// handwritable are the fields that may be left to be written by hand.
var handwritable = []string{"holder.name", "agent.name", "agent.address"}

// byHand reports a field that is to be written by hand.
func (l Letter) byHand(field string) bool { return slices.Contains(l.Handwritten, field) }

var (
	// ErrReplyBy means that neither the letter nor the municipality says until
	// when the reply is to come. No source states it, so nothing is assumed.
	ErrReplyBy = errors.New("no day for the reply is given, and the municipality has set none")
	// ErrProtectedDuplex means that a protected holder's address would be on
	// the back of the sheet an agent gets.
	ErrProtectedDuplex = errors.New("the address of a protected holder would be on the back of the reply: print two sheets")
)

// FieldFault is why a value of a letter cannot be used.
type FieldFault string

// The faults of fields.
const (
	FieldMissing          FieldFault = "missing"
	FieldIndividualNumber FieldFault = "individual-number" // law 4: it may be printed nowhere
	FieldNotAfter         FieldFault = "not-after"         // a day that is not after the letter's
	FieldUnknown          FieldFault = "unknown"           // a field that cannot be left to be written by hand
	FieldNotACode         FieldFault = "not-a-code"        // a number with characters that the code on the form cannot hold
)

// FieldError is a value of a letter that cannot be used.
type FieldError struct {
	Field string
	Fault FieldFault
}

// Error names the field and the fault, never the value.
func (e *FieldError) Error() string { return e.Field + ": " + string(e.Fault) }

// letterForm is a municipality's letter ready to be filled.
type letterForm struct {
	office  *Office
	inquiry []element
	reply   []element
	words   words
}

func newLetterForm(office *Office) (*letterForm, error) {
	inquiry, err1 := readLayout("inquiry", inquiryLayout)
	reply, err2 := readLayout("reply", replyLayout)
	w, err3 := loadWords()
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	for _, page := range [][]element{inquiry, reply} {
		for i := range page {
			if text, ok := office.texts[page[i].id]; ok {
				page[i].text = text
			}
		}
	}
	return &letterForm{office: office, inquiry: inquiry, reply: reply, words: w}, nil
}

// MakeLetter makes the two pages of one letter: the inquiry, and the reply with
// the proxy. Errors: ErrNoLetter, ErrReplyBy, *FieldError, and those of the package.
func MakeLetter(fonts *Fonts, office *Office, l Letter, options Options) (*Document, error) {
	form, err := newLetterForm(office)
	if err != nil {
		return nil, err
	}
	doc := newDocument(fonts, "照会書", l.IssuedOn, options)
	if err := form.add(doc, l); err != nil {
		return nil, err
	}
	return doc, doc.Err()
}

// add puts one letter into a document.
func (f *letterForm) add(doc *Document, l Letter) error {
	if err := f.checkLetter(&l); err != nil {
		return err
	}
	rows, err := f.office.rowsFor(l.Procedure, !underFifteen(l))
	if err != nil {
		return err
	}
	job := &letterJob{form: f, letter: l, rows: rows, values: f.valuesOf(l), on: f.switchesOf(l)}
	for _, side := range []struct {
		name     string
		elements []element
	}{{"inquiry", f.inquiry}, {"reply", f.reply}} {
		p := doc.addPage()
		if f.office.Superseded && len(p.sheets) == 0 {
			p.sheets = append(p.sheets, doc.sheet("superseded", drawSuperseded))
		}
		p.sheets = append(p.sheets, doc.sheet(job.sheetKey(side.name), func(c *canvas) { job.drawFixed(c, side.elements) }))
		job.drawOwn(&p.canvas, side.elements)
		p.buf = slices.Clip(slices.Clone(p.buf)) // a batch keeps many
	}
	return nil
}

// underFifteen reports a holder who can have no signature certificate yet.
func underFifteen(l Letter) bool {
	if l.Holder.BirthDate.IsZero() {
		return false
	}
	by, bm, bd := l.Holder.BirthDate.Split()
	y, m, d := l.IssuedOn.Split()
	age := y - by
	if m < bm || m == bm && d < bd {
		age--
	}
	return age < 15
}

// checkLetter finds everything that keeps a letter from being made, and fills
// in the day of the reply where the municipality has set it.
func (f *letterForm) checkLetter(l *Letter) error {
	var faults []error
	need := func(field, value string) {
		if strings.TrimSpace(value) == "" {
			faults = append(faults, &FieldError{field, FieldMissing})
		}
	}
	if !l.byHand("holder.name") {
		need("holder.name", l.Holder.Name)
	}
	for _, field := range l.Handwritten {
		if !slices.Contains(handwritable, field) {
			faults = append(faults, &FieldError{"handwritten", FieldUnknown})
		}
	}
	need("holder.address", strings.Join(l.Holder.Address, ""))
	faults = append(faults, checkNumber(l.CaseNumber)...)
	if l.Procedure.IsZero() {
		need("procedure", "")
	}
	if l.IssuedOn.IsZero() {
		faults = append(faults, &FieldError{"issuedOn", FieldMissing})
	}
	for _, field := range l.texts() {
		if rules.HasIndividualNumber(field.value) && !isDatedNumber(field) {
			faults = append(faults, &FieldError{field.name, FieldIndividualNumber})
		}
	}
	if l.ReplyBy.IsZero() && f.office.ReplyDays > 0 {
		l.ReplyBy = l.IssuedOn + rules.Date(f.office.ReplyDays)
	}
	switch {
	case l.ReplyBy.IsZero():
		faults = append(faults, ErrReplyBy)
	case l.ReplyBy <= l.IssuedOn:
		faults = append(faults, &FieldError{"replyBy", FieldNotAfter})
	}
	if l.Protected && f.office.on["duplex"] {
		faults = append(faults, ErrProtectedDuplex)
	}
	return errors.Join(faults...)
}

// checkNumber finds what keeps a case number out of the code on a form, which
// holds A-Z, 0-9 and hyphens only (contracts §5).
func checkNumber(number string) []error {
	switch {
	case strings.TrimSpace(number) == "":
		return []error{&FieldError{"caseNumber", FieldMissing}}
	case strings.ContainsFunc(number, func(r rune) bool { return r != '-' && (r < 'A' || r > 'Z') && (r < '0' || r > '9') }):
		return []error{&FieldError{"caseNumber", FieldNotACode}}
	}
	return nil
}

// isDatedNumber reports a case number made of a day and a running number
// (20261124-0009), which by chance may end like an individual number.
func isDatedNumber(field namedText) bool {
	v := field.value
	if field.name != "caseNumber" || len(v) != 13 || v[8] != '-' {
		return false
	}
	_, err := rules.ParseDate(v[:4] + "-" + v[4:6] + "-" + v[6:8])
	return err == nil
}

// namedText is a text of a letter with the field it stands in.
type namedText struct{ name, value string }

// texts lists every free text of a letter.
func (l Letter) texts() []namedText {
	return []namedText{
		{"holder.name", l.Holder.Name}, {"holder.alias", l.Holder.Alias}, {"holder.postcode", l.Holder.Postcode},
		{"holder.address", strings.Join(l.Holder.Address, "\n")},
		{"agent.name", l.Agent.Name}, {"agent.alias", l.Agent.Alias}, {"agent.address", strings.Join(l.Agent.Address, "\n")},
		{"agent.relation", l.Agent.Relation},
		{"caseNumber", l.CaseNumber}, {"documentNumber", l.DocumentNumber}, {"sequence", l.Sequence},
	}
}
