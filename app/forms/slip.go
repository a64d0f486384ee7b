package forms

import (
	_ "embed" // the layout is data
	"errors"
	"fmt"
	"strings"

	"madoguchi/rules"
)

//go:embed layout/slip.csv
var slipLayout []byte

// Slip is what the visitor takes home between two visits. It names no person
// and no address: it may be lost, and an agent carries it.
type Slip struct {
	CaseNumber  string
	FormVersion string // of the letter, for the code
	Procedure   rules.Procedures
	Office      string
	IssuedOn    rules.Date
	ReplyBy     rules.Date // empty: 書類に書かれた日まで
	Place       string
	Contact     string
	Bring       []string // papers for the second visit, one a line
	Superseded  bool     // of rules no longer in force
}

// MakeSlip makes the case slip: the upper half of an A4 sheet.
func MakeSlip(fonts *Fonts, s Slip, options Options) (*Document, error) {
	elements, err1 := readLayout("slip", slipLayout)
	w, err2 := loadWords()
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	if err := errors.Join(checkNumber(s.CaseNumber)...); err != nil {
		return nil, err
	}
	options.Superseded = options.Superseded || s.Superseded
	doc := newDocument(fonts, "受付票", s.IssuedOn, options)
	var names []string
	for _, p := range s.Procedure {
		names = append(names, rules.PlainText(w["procedure."+string(p)].Ja))
	}
	until := "書類に書かれた日まで"
	if !s.ReplyBy.IsZero() {
		until = dateIn(s.ReplyBy, Japanese) + "まで"
	}
	bring := ""
	if len(s.Bring) > 0 {
		bring = "□ " + strings.Join(s.Bring, "\n□ ")
	}
	v := values{
		"caseNumber": s.CaseNumber, "code": s.CaseNumber, "procedures": strings.Join(names, "・"), "office": s.Office,
		"issuedOn": rules.InEra(s.IssuedOn), "replyBy": until, "place": s.Place, "contact": s.Contact, "bring": bring,
	}
	if s.FormVersion != "" {
		v["code"] = codeText(s.CaseNumber, s.FormVersion)
	}
	p := doc.addPage()
	for _, e := range elements {
		if e.holds(map[string]bool{"bring": bring != ""}) {
			p.draw(e, v)
		}
	}
	return doc, doc.Err()
}

// Slip is the case slip that goes with a letter.
func (o *Office) Slip(l Letter, bring []string) Slip {
	version := o.FormVersion
	if l.Version > 0 {
		version = fmt.Sprint(l.Version)
	}
	contact := o.values["sender.phone"]
	if hours := o.values["sender.hours"]; hours != "" {
		contact += "\n" + hours
	}
	return Slip{
		CaseNumber: l.CaseNumber, FormVersion: version, Procedure: l.Procedure, Office: strings.TrimSpace(o.values["sender.name"] + "　" + o.values["sender.office"]),
		IssuedOn: l.IssuedOn, ReplyBy: l.ReplyBy, Place: o.values["sender.office"], Contact: contact, Bring: bring,
		Superseded: o.Superseded,
	}
}
