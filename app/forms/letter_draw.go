package forms

import (
	"fmt"
	"slices"
	"strings"

	"madoguchi/app/forms/postal"
	"madoguchi/app/forms/qr"
	"madoguchi/rules"
)

// letterJob is one letter being drawn.
type letterJob struct {
	form   *letterForm
	letter Letter
	rows   []PINRow
	values values
	on     map[string]bool
}

// ownFields differ from letter to letter; everything else is the same for all
// letters of one municipality and procedure and is stored once.
var ownFields = []string{
	"caseNumber", "code", "documentNumber", "issuedOn", "requestedOn", "replyBy", "sequence",
	"agent.name", "agent.birthDate", "agent.address", "agent.relation",
}

// isOwn reports whether an element differs from letter to letter.
func isOwn(e element) bool {
	if e.kind == "window" || slices.Contains(e.when, "has-sequence") {
		return true
	}
	return slices.ContainsFunc(e.fields(), func(name string) bool { return slices.Contains(ownFields, name) })
}

// valuesOf are the fields of the layout.
func (f *letterForm) valuesOf(l Letter) values {
	v := values{"title": f.office.Title, "formVersion": f.office.FormVersion, "word.pin": "暗証番号"}
	for key, value := range f.office.values {
		if value != "" {
			v[key] = value
		}
	}
	if v["sender.postcode"] != "" {
		v["sender.postcode"] = "〒" + strings.TrimPrefix(v["sender.postcode"], "〒")
	}
	var names []string
	for _, p := range l.Procedure {
		names = append(names, f.procedureName(p))
	}
	v["procedures"] = strings.Join(names, "・")
	v["caseNumber"], v["documentNumber"], v["sequence"] = l.CaseNumber, l.DocumentNumber, l.Sequence
	v["code"] = codeText(l.CaseNumber, f.office.FormVersion)
	if l.Version > 0 {
		v["code"] = codeText(l.CaseNumber, fmt.Sprint(l.Version))
	}
	v["issuedOn"], v["replyBy"] = rules.InEra(l.IssuedOn), dateIn(l.ReplyBy, Japanese)
	v["requestedOn"] = rules.InEra(l.IssuedOn)
	if !l.RequestedOn.IsZero() {
		v["requestedOn"] = rules.InEra(l.RequestedOn)
	}
	v["agent.name"] = withAlias(l.Agent)
	if l.Agent.Name != "" && !l.Agent.BirthDate.IsZero() {
		v["agent.birthDate"] = rules.InEra(l.Agent.BirthDate)
	}
	v["agent.address"] = strings.Join(l.Agent.Address, "\n")
	if l.Protected && sameAddress(l.Agent.Address, l.Holder.Address) {
		v["agent.address"] = "" // whoever lives there writes it
	}
	for _, field := range l.Handwritten {
		v[field] = "" // its box stays empty
	}
	v["agent.relation"] = l.Agent.Relation
	return v
}

// sameAddress compares two addresses as they are read: lines and blanks aside, and
// one may go on where the other ends.
func sameAddress(a, b []string) bool {
	first, second := strings.Join(strings.Fields(strings.Join(a, "")), ""), strings.Join(strings.Fields(strings.Join(b, "")), "")
	return first != "" && second != "" && (strings.HasPrefix(first, second) || strings.HasPrefix(second, first))
}

// procedureName names a procedure; a municipality that calls a PIN otherwise does
// so here too.
func (f *letterForm) procedureName(p rules.Procedure) string {
	name := rules.PlainText(f.words["procedure."+string(p)].Ja)
	if own := f.office.values["word.pin"]; own != "" {
		name = strings.ReplaceAll(name, "暗証番号", own)
	}
	return name
}

// withAlias is a name with the alias (通称) below it.
func withAlias(p Person) string {
	if p.Alias == "" {
		return p.Name
	}
	return p.Name + "\n(通称 " + p.Alias + ")"
}

// codeText is what the two-dimensional code holds.
func codeText(caseNumber, formVersion string) string { return caseNumber + "-" + formVersion }

// switchesOf are the words that layouts may ask for.
func (f *letterForm) switchesOf(l Letter) map[string]bool {
	on := map[string]bool{"has-sequence": l.Sequence != "", "protected": l.Protected,
		"has-hours": f.office.values["sender.hours"] != "", "has-address": f.office.values["sender.address"] != ""}
	for word := range f.office.on {
		on[word] = true
	}
	return on
}

// sheetKey tells letters apart whose shared content differs.
func (j *letterJob) sheetKey(side string) string {
	return fmt.Sprint(side, j.form.office.Municipality, j.letter.Procedure, j.rows, j.letter.Protected, qr.Size(j.values["code"]))
}

// drawFixed draws what letters share.
func (j *letterJob) drawFixed(c *canvas, elements []element) {
	for _, e := range elements {
		if !e.holds(j.on) || isOwn(e) && e.kind != "qr" {
			continue
		}
		switch e.kind {
		case "qr":
			c.qr(e.field(), e.filled(j.values), e.at, sharedPart)
		case "pins":
			j.drawPINs(c, e.at)
		case "procedures":
			j.drawProcedures(c, e)
		default:
			c.draw(e, j.values)
		}
	}
}

// drawOwn draws what differs.
func (j *letterJob) drawOwn(c *canvas, elements []element) {
	for _, e := range elements {
		switch {
		case !e.holds(j.on) || !isOwn(e):
		case e.kind == "window":
			j.drawWindow(c)
		case e.kind == "qr":
			c.qr(e.field(), e.filled(j.values), e.at, ownPart)
		default:
			c.draw(e, j.values)
		}
	}
}

// drawWindow sets the address block where the window always shows it: postal
// code, address, name; then the barcode, if it is wanted and fits.
func (j *letterJob) drawWindow(c *canvas) {
	l, at := j.letter, j.form.office.Window.always()
	at = box{at.x + 1, at.y + 0.5, at.w - 2, at.h - 1}
	bars := j.barcode(at)
	if bars != "" {
		at.h -= barLong*0.8 + 2*barcodeMargin
	}
	y := at.y
	if j.on["not-forwarded"] {
		c.ink(190, 0, 0)
		y += c.write("notForwarded", "転送不要", box{at.x, y, at.w, 4}, Style{Size: 8, Bold: true, Leading: 1.2})
		c.gray(0)
	}
	if l.Holder.Postcode != "" {
		code := "〒" + strings.TrimPrefix(l.Holder.Postcode, "〒")
		y += c.write("holder.postcode", code, box{at.x, y, at.w, 5}, Style{Size: 9, Lines: 1, Leading: 1.2})
	}
	nameHeight := 6.5
	if l.Holder.Alias != "" || l.byHand("holder.name") {
		nameHeight = 9
	}
	address := strings.Join(l.Holder.Address, "\n")
	y += c.write("holder.address", address, box{at.x, y, at.w, at.y + at.h - y - nameHeight}, Style{Size: 9.5, Min: 5.5, Leading: 1.25})
	if l.byHand("holder.name") {
		at := box{at.x, y + 0.5, at.w, at.y + at.h - y - 0.5}
		c.stroke(thin)
		c.rect(box{at.x, at.y, at.w - 8, at.h})
		c.write("holder.name", "様", box{at.x + at.w - 7, at.y + at.h/2 - 2.5, 7, 6}, Style{Size: 12, Min: 9, Lines: 1, Leading: 1.2})
		j.drawBars(c, bars, at)
		return
	}
	name := l.Holder.Name + "　様"
	if l.Holder.Alias != "" {
		name = l.Holder.Name + "\n(通称 " + l.Holder.Alias + ")　様"
	}
	y += c.write("holder.name", name, box{at.x, y, at.w, at.y + at.h - y}, Style{Size: 12, Min: 6, Leading: 1.2})
	j.drawBars(c, bars, at)
}

// drawBars sets the customer barcode below the address, if there is one.
func (j *letterJob) drawBars(c *canvas, bars string, above box) {
	if bars != "" {
		c.customerBarcode(bars, above.x+barcodeMargin, above.y+above.h+barcodeMargin, 8)
	}
}

// barcode gives the bars where they are wanted, sure and fit with their margins.
func (j *letterJob) barcode(at box) string {
	if !j.on["barcode"] || barcodeWidth(8)+2*barcodeMargin > at.w {
		return ""
	}
	code, err := postal.Encode(j.letter.Holder.Postcode, strings.Join(j.letter.Holder.Address, " "))
	if err != nil {
		return "" // correct or absent
	}
	return code.Bars
}

// drawProcedures lists the procedures this municipality has a letter for, in
// two columns, those of this letter ticked.
func (j *letterJob) drawProcedures(c *canvas, e element) {
	column, row := 0, 0
	for _, p := range letterProcedures() {
		if _, ok := j.form.office.PINs[p]; !ok {
			continue
		}
		x, y := e.at.x+2+float64(column)*e.at.w/2, e.at.y+float64(row)*4.6
		square := box{x, y + 0.9, 3, 3}
		c.stroke(0.3)
		c.rect(square)
		if slices.Contains(j.letter.Procedure, p) {
			c.check(square)
		}
		name := j.form.procedureName(p)
		c.write("procedures", name, box{x + 5, y, e.at.w/2 - 8, 5}, Style{Size: e.size, Min: e.min, Lines: 1, Leading: 1.3})
		if column++; column == 2 {
			column, row = 0, row+1
		}
	}
}

// letterProcedures lists the procedures in the order of the forms.
func letterProcedures() []rules.Procedure {
	return []rules.Procedure{
		rules.CertificateIssue, rules.CertificateRenewal, rules.PINReset, rules.CardFaceUpdate,
		rules.SuspensionRelease, rules.ResidencePeriodUpdate,
	}
}
