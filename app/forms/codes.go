package forms

import (
	"math"

	"madoguchi/app/forms/qr"
)

// qr draws a code filling a square, its quiet zone of four modules included.
// Dark modules that stand side by side are one rectangle.
func (c *canvas) qr(field, text string, at box) {
	code, err := qr.Encode(text)
	if err != nil {
		c.fail(field, err)
		return
	}
	module := at.w / float64(code.Size+8)
	c.buf = append(c.buf, "q "...)
	scale := module / mmPerPoint
	c.buf = appendFixed(c.buf, scale)
	c.buf = append(c.buf, "0 0 "...)
	c.buf = appendFixed(c.buf, -scale)
	c.num((at.x+4*module)/mmPerPoint, (c.height()-at.y-4*module)/mmPerPoint)
	c.buf = append(c.buf, "cm\n"...)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Dark(x, y) {
				x++
			}
			if x > from {
				c.small(from, y, x-from)
			}
		}
	}
	c.buf = append(c.buf, "f Q\n"...)
}

// small appends a rectangle one unit high.
func (c *canvas) small(x, y, w int) {
	for _, v := range []int{x, y, w} {
		if v >= 10 {
			c.buf = append(c.buf, byte('0'+v/10))
		}
		c.buf = append(c.buf, byte('0'+v%10), ' ')
	}
	c.buf = append(c.buf, "1 re\n"...)
}

// Size of the customer barcode at 10 points in millimetres (Japan Post, manual
// page 12). It scales from 8 to 11.5 points.
const (
	barPitch = 1.2
	barWidth = 0.6
	barLong  = 3.6
	barClock = 1.2
	// barcodeMargin stays white all round.
	barcodeMargin = 2.0
)

// barcodeWidth is the width of 67 bars at a size in points.
func barcodeWidth(size float64) float64 { return (66*barPitch + barWidth) * size / 10 }

// customerBarcode draws bars (1 long, 2 up, 3 down, 4 timing) from the top left.
func (c *canvas) customerBarcode(bars string, x, y, size float64) {
	scale := size / 10
	part := (barLong - barClock) / 2 * scale
	for i, kind := range bars {
		top, bottom := y+part, y+part+barClock*scale
		if kind == '1' || kind == '2' {
			top = y
		}
		if kind == '1' || kind == '3' {
			bottom = y + barLong*scale
		}
		c.fill(box{x + float64(i)*barPitch*scale, top, barWidth * scale, bottom - top})
	}
}

// circle draws a circle by four curves.
func (c *canvas) circle(x, y, r float64) {
	c.stroke(thin)
	k := 4.0 / 3 * (math.Sqrt2 - 1) * r
	point := func(px, py float64) { c.num(px/mmPerPoint, (c.height()-py)/mmPerPoint) }
	point(x+r, y)
	c.buf = append(c.buf, "m "...)
	for _, p := range [][6]float64{
		{x + r, y - k, x + k, y - r, x, y - r},
		{x - k, y - r, x - r, y - k, x - r, y},
		{x - r, y + k, x - k, y + r, x, y + r},
		{x + k, y + r, x + r, y + k, x + r, y},
	} {
		point(p[0], p[1])
		point(p[2], p[3])
		point(p[4], p[5])
		c.buf = append(c.buf, "c "...)
	}
	c.buf = append(c.buf, "s\n"...)
}
