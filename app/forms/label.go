package forms

import (
	"slices"
	"strings"

	"madoguchi/app/forms/postal"
	"madoguchi/rules"
)

// LabelSheet is a sheet of address labels: its grid in millimetres.
type LabelSheet struct {
	Columns, Rows  int
	Left, Top      float64 // of the first label
	Width, Height  float64
	PitchX, PitchY float64
}

// TwelveLabels is the common A4 sheet of 2 by 6 labels of 86.4 by 42.3 mm.
func TwelveLabels() LabelSheet {
	return LabelSheet{Columns: 2, Rows: 6, Left: 18.6, Top: 21.5, Width: 86.4, Height: 42.3, PitchX: 86.4, PitchY: 42.3}
}

// Places is the number of labels on a sheet.
func (s LabelSheet) Places() int { return s.Columns * s.Rows }

// Label is one address label.
type Label struct {
	To           Person
	NotForwarded bool   // 転送不要
	Barcode      bool   // customer barcode where it is sure and fits
	Sequence     string // matches the label with its letter
	Superseded   bool   // of rules no longer in force: the sheet says so
}

// MakeLabels makes labels, beginning at a place on the first sheet (0: the
// first), so that a sheet already begun can be used up.
func MakeLabels(fonts *Fonts, sheet LabelSheet, first int, labels []Label, made rules.Date, options Options) (*Document, error) {
	options.Superseded = options.Superseded || slices.ContainsFunc(labels, func(l Label) bool { return l.Superseded })
	doc := newDocument(fonts, "あて名ラベル", made, options)
	each := sheet.Places()
	var p *page
	for i, l := range labels {
		n := first + i
		if p == nil || n%each == 0 {
			p = doc.addPage()
		}
		n %= each
		at := box{
			sheet.Left + float64(n%sheet.Columns)*sheet.PitchX, sheet.Top + float64(n/sheet.Columns)*sheet.PitchY,
			sheet.Width, sheet.Height,
		}
		p.label(l, at)
	}
	return doc, doc.Err()
}

// label draws one label inside its margins.
func (c *canvas) label(l Label, at box) {
	in := box{at.x + 6, at.y + 4, at.w - 12, at.h - 7}
	bars := labelBars(l, in)
	bottom := in.y + in.h
	if bars != "" {
		bottom -= barLong*0.8 + 2*barcodeMargin
		c.customerBarcode(bars, in.x+barcodeMargin, bottom+barcodeMargin, 8)
		bottom -= 1.5 // text may stand a quarter of a line lower than its box
	}
	y := in.y
	if l.To.Postcode != "" {
		y += c.write("holder.postcode", "〒"+strings.TrimPrefix(l.To.Postcode, "〒"), box{in.x, y, 40, 5}, Style{Size: 10, Lines: 1, Leading: 1.25})
	} else if l.NotForwarded || l.Sequence != "" {
		y += 10 * 1.25 * mmPerPoint
	}
	if l.NotForwarded {
		c.ink(190, 0, 0)
		c.write("notForwarded", "転送不要", box{in.x, in.y, in.w, 5}, Style{Size: 9, Bold: true, Align: Right, Lines: 1, Leading: 1.25})
		c.gray(0)
	}
	nameHeight := 8.0
	if l.To.Alias != "" {
		nameHeight = 11
	}
	y += c.write("holder.address", strings.Join(l.To.Address, "\n"), box{in.x, y, in.w, bottom - nameHeight - y}, Style{Size: 10.5, Min: 6, Leading: 1.3})
	c.write("holder.name", withAlias(l.To)+"　様", box{in.x + 3, y, in.w - 3, bottom - y}, Style{Size: 14, Min: 6, Leading: 1.2})
	if l.Sequence != "" { // between the postal code and 転送不要: the bars keep their margin
		c.write("sequence", l.Sequence, box{in.x + 30, in.y + 1, in.w - 48, 3.5}, Style{Size: 6, Min: 4.5, Align: Right, Lines: 1, Leading: 1.2})
	}
}

// labelBars gives the bars where they are wanted, sure and fit.
func labelBars(l Label, in box) string {
	if !l.Barcode || barcodeWidth(8)+2*barcodeMargin > in.w {
		return ""
	}
	code, err := postal.Encode(l.To.Postcode, strings.Join(l.To.Address, " "))
	if err != nil {
		return "" // correct or absent
	}
	return code.Bars
}
