package forms

import "math"

// round2 rounds to hundredths: finer than any printer, and the same on every
// machine.
func round2(v float64) float64 { return math.Round(v*100) / 100 }

// ink sets the colour of text, fills and lines.
func (c *canvas) ink(r, g, b uint8) {
	if c.color == [3]uint8{r, g, b} {
		return
	}
	c.color = [3]uint8{r, g, b}
	for _, op := range []string{"rg\n", "RG\n"} {
		c.num(float64(r)/255, float64(g)/255, float64(b)/255)
		c.buf = append(c.buf, op...)
	}
}

// gray sets a grey ink; 0 is black.
func (c *canvas) gray(v uint8) { c.ink(v, v, v) }

// stroke sets the width of lines in millimetres.
func (c *canvas) stroke(w float64) {
	c.num(w / mmPerPoint)
	c.buf = append(c.buf, "w\n"...)
}

// line draws a line.
func (c *canvas) line(x1, y1, x2, y2 float64) {
	c.num(x1/mmPerPoint, (c.height()-y1)/mmPerPoint)
	c.buf = append(c.buf, "m "...)
	c.num(x2/mmPerPoint, (c.height()-y2)/mmPerPoint)
	c.buf = append(c.buf, "l S\n"...)
}

// dashed draws a broken line.
func (c *canvas) dashed(x1, y1, x2, y2, on, off float64) {
	c.buf = append(c.buf, '[')
	c.num(on/mmPerPoint, off/mmPerPoint)
	c.buf = append(c.buf, "] 0 d\n"...)
	c.line(x1, y1, x2, y2)
	c.buf = append(c.buf, "[] 0 d\n"...)
}

// rect draws the outline of a rectangle.
func (c *canvas) rect(b box) { c.path(b, "S\n") }

// fill fills a rectangle.
func (c *canvas) fill(b box) { c.path(b, "f\n") }

func (c *canvas) path(b box, op string) {
	c.num(b.x/mmPerPoint, (c.height()-b.y-b.h)/mmPerPoint, b.w/mmPerPoint, b.h/mmPerPoint)
	c.buf = append(c.buf, "re "...)
	c.buf = append(c.buf, op...)
}

// rotated draws with everything turned counter-clockwise about x, y.
func (c *canvas) rotated(x, y, degrees float64, draw func()) {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	px, py := x/mmPerPoint, (c.height()-y)/mmPerPoint
	c.buf = append(c.buf, "q "...)
	for _, v := range []float64{cos, sin, -sin, cos} {
		c.buf = appendFixed(c.buf, v)
	}
	c.num(px-cos*px+sin*py, py-sin*px-cos*py)
	c.buf = append(c.buf, "cm\n"...)
	c.font = chosen{}
	draw()
	c.buf = append(c.buf, "Q\n"...)
	c.font = chosen{} // Q brings back the font of before
}

// check draws a tick inside a square.
func (c *canvas) check(b box) {
	c.stroke(b.w / 6)
	x, y := b.x, b.y
	c.line(x+b.w*0.2, y+b.h*0.5, x+b.w*0.42, y+b.h*0.75)
	c.line(x+b.w*0.42, y+b.h*0.75, x+b.w*0.85, y+b.h*0.2)
	c.stroke(thin)
}

// thin is the usual line width in millimetres.
const thin = 0.2
