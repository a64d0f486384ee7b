package forms

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// element is one thing on a form: a row of a table in layout/. Places and sizes
// are millimetres from the top left corner of the sheet; font sizes are points.
//
//	id     names the element in errors
//	when   words that must all hold ("seal", "!duplex"); empty: always
//	kind   what it is (see elementKinds)
//	text   the text, with {field} where a value goes
//	style  words: bold center right middle, and line for a rule below a field
type element struct {
	id    string
	when  []string
	kind  string
	at    box
	size  float64
	min   float64
	style []string
	text  string
}

// elementKinds are the kinds a layout may use.
//
//	text      text in its box, wrapped, shrunk to min, then refused
//	rect      frame            fill   grey area
//	line      from x,y to x+w,y+h      dashed  the same, broken
//	box       empty square to tick; with the word "ticked" in style, ticked
//	circle    seal field
//	window    the address block, placed where the envelope's window always shows it
//	pins      the boxes for PINs
//	procedures  the procedures to tick, in columns
//	qr        code of the text
const elementKinds = "text rect fill line dashed box circle window pins procedures qr"

// readLayout reads a layout table. All faults of the table are told at once.
func readLayout(name string, data []byte) ([]element, error) {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading layout %s: %w", name, err)
	}
	var all []element
	var faults []string
	for i, row := range rows[1:] {
		e, err := readElement(row)
		if err != nil {
			faults = append(faults, fmt.Sprintf("%s line %d: %v", name, i+2, err))
			continue
		}
		all = append(all, e)
	}
	if faults != nil {
		return nil, fmt.Errorf("reading layout: %s", strings.Join(faults, "; "))
	}
	return all, nil
}

// readElement reads a row: id, when, kind, x, y, w, h, size, min, style, text.
func readElement(row []string) (element, error) {
	var numbers [6]float64
	for i := range numbers {
		if row[3+i] == "" {
			continue
		}
		v, err := strconv.ParseFloat(row[3+i], 64)
		if err != nil {
			return element{}, fmt.Errorf("column %d: %q is not a number", 4+i, row[3+i])
		}
		numbers[i] = v
	}
	if !slices.Contains(strings.Fields(elementKinds), row[2]) {
		return element{}, fmt.Errorf("unknown kind %q", row[2])
	}
	return element{
		id: row[0], when: strings.Fields(row[1]), kind: row[2],
		at:   box{numbers[0], numbers[1], numbers[2], numbers[3]},
		size: numbers[4], min: numbers[5], style: strings.Fields(row[9]), text: row[10],
	}, nil
}

// holds reports whether all the element's words hold.
func (e element) holds(on map[string]bool) bool {
	for _, word := range e.when {
		if on[strings.TrimPrefix(word, "!")] == strings.HasPrefix(word, "!") {
			return false
		}
	}
	return true
}

// fields lists the fields the element shows.
func (e element) fields() []string {
	var names []string
	rest := e.text
	for {
		_, after, found := strings.Cut(rest, "{")
		if !found {
			return names
		}
		name, tail, found := strings.Cut(after, "}")
		if !found {
			return names
		}
		names = append(names, name)
		rest = tail
	}
}

// style is the element's type.
func (e element) typeStyle() Style {
	s := Style{Size: e.size, Min: e.min}
	for _, word := range e.style {
		switch word {
		case "bold":
			s.Bold = true
		case "center":
			s.Align = Center
		case "right":
			s.Align = Right
		case "oneline":
			s.Lines = 1
		}
	}
	return s
}

func (e element) has(word string) bool { return slices.Contains(e.style, word) }

// values are the fields of one form by name.
type values map[string]string

// filled is the element's text with its values.
func (e element) filled(v values) string {
	text := e.text
	for _, name := range e.fields() {
		text = strings.ReplaceAll(text, "{"+name+"}", v[name])
	}
	return text
}

// field is the name that errors give: the one field of the text, else the id.
func (e element) field() string {
	if names := e.fields(); len(names) == 1 {
		return names[0]
	}
	return e.id
}

// draw draws a plain element. Kinds that need more than their values are drawn
// by their form.
func (c *canvas) draw(e element, v values) {
	switch e.kind {
	case "text":
		c.drawText(e, v)
	case "rect":
		c.stroke(max(e.size, thin))
		c.rect(e.at)
	case "fill":
		c.gray(uint8(e.size))
		c.fill(e.at)
		c.gray(0)
	case "line":
		c.stroke(max(e.size, thin))
		c.line(e.at.x, e.at.y, e.at.x+e.at.w, e.at.y+e.at.h)
	case "dashed":
		c.stroke(max(e.size, thin))
		c.dashed(e.at.x, e.at.y, e.at.x+e.at.w, e.at.y+e.at.h, 1.5, 1.2)
	case "box":
		c.stroke(0.3)
		c.rect(e.at)
		if e.has("ticked") {
			c.check(e.at)
		}
	case "circle":
		c.circle(e.at.x+e.at.w/2, e.at.y+e.at.h/2, e.at.w/2)
	case "qr":
		c.qr(e.field(), e.filled(v), e.at, whole)
	}
}

// drawText sets the text of an element; "middle" centres it from top to bottom.
func (c *canvas) drawText(e element, v values) {
	text := e.filled(v)
	if text == "" {
		return
	}
	if e.has("gray") {
		c.gray(90)
		defer c.gray(0)
	}
	if e.has("red") {
		c.ink(190, 0, 0)
		defer c.gray(0)
	}
	style := e.typeStyle()
	b, ok := c.compose(e.field(), text, e.at, style)
	if !ok {
		return
	}
	at := e.at
	if e.has("middle") {
		at.y += (at.h - b.height()) / 2
	}
	c.place(e.field(), b, at, style)
}
