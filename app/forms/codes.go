package forms

import (
	"math"

	"madoguchi/app/forms/qr"
)

// part is which modules of a code are drawn: what all codes of the size share
// can be drawn once for a whole batch.
type part uint8

const (
	whole part = iota
	sharedPart
	ownPart
)

// qr draws a code filling a square, its quiet zone of four modules included.
// Dark modules that stand together are one rectangle.
func (c *canvas) qr(field, text string, at box, which part) {
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
	for _, r := range darkRectangles(code, which) {
		for _, v := range r {
			if v >= 10 {
				c.buf = append(c.buf, byte('0'+v/10))
			}
			c.buf = append(c.buf, byte('0'+v%10), ' ')
		}
		c.buf = append(c.buf, "re\n"...)
	}
	c.buf = append(c.buf, "f Q\n"...)
}

// darkRectangles covers the dark modules by few rectangles (x, y, w, h), each as
// wide and then as high as it gets.
func darkRectangles(code qr.Code, which part) [][4]int {
	var all [][4]int
	done := make([]bool, code.Size*code.Size)
	free := func(x, y int) bool {
		wanted := which == whole || code.Fixed(x, y) == (which == sharedPart)
		return wanted && code.Dark(x, y) && !done[y*code.Size+x]
	}
	for y := range code.Size {
		for x := range code.Size {
			if !free(x, y) {
				continue
			}
			w, h := 1, 1
			for x+w < code.Size && free(x+w, y) {
				w++
			}
			for y+h < code.Size && rowFree(free, x, y+h, w) {
				h++
			}
			for i := range w * h {
				done[(y+i/w)*code.Size+x+i%w] = true
			}
			all = append(all, [4]int{x, y, w, h})
		}
	}
	return all
}

func rowFree(free func(x, y int) bool, x, y, w int) bool {
	for i := range w {
		if !free(x+i, y) {
			return false
		}
	}
	return true
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
