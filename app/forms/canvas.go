package forms

import (
	"errors"
	"strconv"
	"unicode/utf16"
)

// The sheet: A4 portrait, in millimetres.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
)

// Placed is one text on a page: the line the reader sees, with the place of its
// baseline in millimetres from the top left corner. Tests and the preview use
// it.
type Placed struct {
	Page int     `json:"page"`
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
	Size float64 `json:"size"`
	Font string  `json:"font"`
	Text string  `json:"text"`
}

// canvas takes drawing for one page or for one sheet that pages share. Its
// content is PDF operators; a font is written as /F@ and two digits until the
// document is put together.
type canvas struct {
	doc    *Document
	buf    []byte
	placed []Placed
	color  [3]uint8
	font   chosen
	// variations are the characters of this page that stand in their base form.
	variations []string
	lying      bool // landscape
}

// height is the height of the sheet as it lies.
func (c *canvas) height() float64 {
	if c.lying {
		return pageWidth
	}
	return pageHeight
}

// width is the width of the sheet as it lies.
func (c *canvas) width() float64 { return pageWidth + pageHeight - c.height() }

// A fault while drawing is kept in the document, and reported when it is written.
func (c *canvas) fail(field string, err error) {
	var missing *MissingGlyphError
	switch {
	case errors.Is(err, errOverflow):
		err = &OverflowError{Field: field}
	case errors.As(err, &missing):
		err = &MissingGlyphError{Field: field, Cluster: missing.Cluster}
	}
	c.doc.problems = append(c.doc.problems, err)
}

// box is a rectangle in millimetres from the top left corner.
type box struct{ x, y, w, h float64 }

// write sets text into a box from its top. It returns the height used.
func (c *canvas) write(field, s string, at box, style Style) float64 {
	b, ok := c.compose(field, s, at, style)
	if !ok {
		return 0
	}
	c.place(field, b, at, style)
	return b.height()
}

// compose breaks text for a box and reports faults against the field.
func (c *canvas) compose(field, s string, at box, style Style) (block, bool) {
	if c.doc.furigana && c.doc.readings != nil {
		s = c.doc.readings.annotate(s)
	}
	all, err := c.doc.fonts.compose(s, style.Bold, c.doc.furigana)
	if err != nil {
		c.fail(field, err)
		return block{}, false
	}
	b, err := fit(all, at.w, at.h, style)
	if err != nil {
		c.fail(field, err)
		return block{}, false
	}
	return b, true
}

// place draws a block from the top of a box. The first baseline stands so that
// the text is centred in its pitch; furigana takes the room above.
func (c *canvas) place(field string, b block, at box, style Style) {
	first := b.baseline()
	for i, l := range b.lines {
		x := at.x
		if spare := at.w - l.width*b.size*mmPerPoint; style.Align == Right {
			x += spare
		} else if style.Align == Center {
			x += spare / 2
		}
		c.drawLine(field, l, x, at.y+float64(i)*b.leading+first, b.size)
	}
}

// drawLine draws one line with its baseline at x, y.
func (c *canvas) drawLine(field string, l line, x, y, size float64) {
	start := x
	var run []glyph
	whole := ""
	for _, a := range l.atoms {
		whole += textOf(a.glyphs)
		if a.ruby == nil {
			run = append(run, a.glyphs...)
			x += a.width * size * mmPerPoint
			continue
		}
		c.drawRun(field, run, start, y, size)
		run = nil
		wide := a.width * size * mmPerPoint
		c.drawRun(field, a.glyphs, x+(wide-widthOf(a.glyphs, size))/2, y, size)
		c.drawReading(field, a.ruby, x, y, wide, size)
		x += wide
		start = x
	}
	c.drawRun(field, run, start, y, size)
	if c.doc.record && whole != "" {
		first := l.atoms[0].glyphs[0].font.name
		c.placed = append(c.placed, Placed{X: round2(x - l.width*size*mmPerPoint), Y: round2(y), Size: size, Font: first, Text: whole})
	}
}

// drawReading draws furigana centred over its base. A reader that copies text
// gets the base alone.
func (c *canvas) drawReading(field string, ruby []glyph, x, y, wide, size float64) {
	small := size * rubyScale
	c.buf = append(c.buf, "/Span <</ActualText <FEFF>>> BDC\n"...)
	c.drawRun(field, ruby, x+(wide-widthOf(ruby, small))/2, y-size*mmPerPoint*0.93, small)
	c.buf = append(c.buf, "EMC\n"...)
}

// drawRun writes glyphs as one text object, changing fonts as needed.
func (c *canvas) drawRun(field string, glyphs []glyph, x, y, size float64) {
	if len(glyphs) == 0 {
		return
	}
	c.buf = append(c.buf, "BT "...)
	c.num(x/mmPerPoint, (c.height()-y)/mmPerPoint)
	c.buf = append(c.buf, "Td "...)
	for i := 0; i < len(glyphs); {
		end := i + 1
		for end < len(glyphs) && glyphs[end].font == glyphs[i].font {
			end++
		}
		c.drawGlyphs(field, glyphs[i:end], size)
		i = end
	}
	c.buf = append(c.buf, "ET\n"...)
}

// drawGlyphs writes glyphs of one font. Those whose code is not their character
// carry their true text.
func (c *canvas) drawGlyphs(field string, glyphs []glyph, size float64) {
	used := c.doc.use(glyphs[0].font)
	c.choose(used.index, size)
	open := false
	for _, g := range glyphs {
		code, plain, ok := used.code(g)
		if !ok {
			c.fail(field, errTooManyShapes)
			return
		}
		if g.replace {
			c.noteVariation(field, g.text)
		}
		if plain {
			if !open {
				c.buf = append(c.buf, '<')
				open = true
			}
			c.hex(code)
			continue
		}
		if open {
			c.buf = append(c.buf, "> Tj "...)
			open = false
		}
		c.special(code, g.text)
	}
	if open {
		c.buf = append(c.buf, "> Tj "...)
	}
}

// chosen is the font a content stream stands at.
type chosen struct {
	index int // of the font, from 1; 0: none
	size  float64
}

// choose changes font and size where they differ from those in force.
func (c *canvas) choose(index int, size float64) {
	if c.font == (chosen{index + 1, size}) {
		return
	}
	c.font = chosen{index + 1, size}
	c.buf = append(c.buf, "/F@"...)
	c.buf = append(c.buf, byte('0'+index/10), byte('0'+index%10), ' ')
	c.num(size)
	c.buf = append(c.buf, "Tf "...)
}

// special writes one glyph with its true text beside it.
func (c *canvas) special(code uint16, text string) {
	c.buf = append(c.buf, "/Span <</ActualText <FEFF"...)
	for _, unit := range utf16.Encode([]rune(text)) {
		c.hex(unit)
	}
	c.buf = append(c.buf, ">>> BDC <"...)
	c.hex(code)
	c.buf = append(c.buf, "> Tj EMC "...)
}

// hex appends four hexadecimal digits.
func (c *canvas) hex(v uint16) {
	const digits = "0123456789ABCDEF"
	c.buf = append(c.buf, digits[v>>12], digits[v>>8&15], digits[v>>4&15], digits[v&15])
}

// num appends numbers with two decimals at most, each followed by a space.
func (c *canvas) num(values ...float64) {
	for _, v := range values {
		c.buf = strconv.AppendFloat(c.buf, round2(v), 'f', -1, 64)
		c.buf = append(c.buf, ' ')
	}
}

func textOf(glyphs []glyph) string {
	s := ""
	for _, g := range glyphs {
		s += g.text
	}
	return s
}
