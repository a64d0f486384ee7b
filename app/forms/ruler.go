package forms

import (
	"fmt"

	"madoguchi/rules"
)

// MakeRuler makes the page with which an office measures its envelopes' window:
// rulers from the edges of the sheet, the fold marks, and the window as it is
// set now with the part it always shows.
func MakeRuler(fonts *Fonts, office *Office, made rules.Date, options Options) (*Document, error) {
	doc := newDocument(fonts, "窓の位置を測る紙", made, options)
	c := &doc.addPage().canvas
	c.rulers()
	c.windowOutline(office.Window)
	c.stroke(thin)
	for _, y := range []float64{99, 198} {
		c.line(0, y, 8, y)
		c.line(202, y, 210, y)
	}
	text := []string{
		"窓あき封筒の窓の位置を測る紙(拡大・縮小せず、実際のサイズで印刷してください)",
		"1　この紙を印刷し、左右の印(折り線)で三つ折りにします。上から3分の1を外側にします。",
		"2　封筒に入れ、紙を封筒の左上の角へ寄せます。窓から見える目盛りの左端・上端・右端・下端を読みます。",
		"3　読んだ値を自治体の表(letter.csv)の window.x、window.y、window.w(右端−左端)、window.h(下端−上端)に書きます。",
		"4　紙を右下の角へ寄せ、窓から見える左端・上端を読みます。3の値との差を slack.x、slack.y に書きます。",
		"5　もう一度この紙を印刷し、細い枠が窓と重なり、太い枠が、紙をどう動かしても窓から見えることを確かめます。",
		fmt.Sprintf("今の設定: 窓 左から%.1f mm、上から%.1f mm、幅%.1f mm、高さ%.1f mm。動く幅 横%.1f mm、縦%.1f mm。",
			office.Window.X, office.Window.Y, office.Window.W, office.Window.H, office.Window.SlackX, office.Window.SlackY),
		"あて名は太い枠の中だけに印刷されます。",
	}
	y := 112.0
	for i, s := range text {
		y += c.write("ruler", s, box{20, y, 170, 0}, Style{Size: 10, Bold: i == 0}) + 2
	}
	c.write("ruler", "ここが100 mmになっていれば、実際のサイズで印刷されています。", box{20, 214, 170, 0}, Style{Size: 9})
	c.line(20, 212, 120, 212)
	c.line(20, 209, 20, 212)
	c.line(120, 209, 120, 212)
	return doc, doc.Err()
}

// rulers draws a scale along the top and one along the left edge, in the top
// third, and faint lines every ten millimetres.
func (c *canvas) rulers() {
	c.stroke(0.1)
	c.gray(190)
	for x := 10.0; x < 210; x += 10 {
		c.line(x, 0, x, 99)
	}
	for y := 10.0; y < 99; y += 10 {
		c.line(0, y, 210, y)
	}
	c.gray(0)
	for i := 1; i < 210; i++ {
		c.line(float64(i), 0, float64(i), tick(i))
		if i < 99 {
			c.line(0, float64(i), tick(i), float64(i))
		}
		if i%10 == 0 {
			c.write("ruler", fmt.Sprint(i), box{float64(i) - 4, 5, 8, 3}, Style{Size: 6, Align: Center, Leading: 1})
			if i < 99 {
				c.write("ruler", fmt.Sprint(i), box{5.3, float64(i) - 1.2, 8, 3}, Style{Size: 6, Leading: 1})
			}
		}
	}
}

// tick is how long a mark of the scale is.
func tick(i int) float64 {
	switch {
	case i%10 == 0:
		return 5
	case i%5 == 0:
		return 3.5
	}
	return 2
}

// windowOutline draws the window as set: thin where it lies when the sheet is
// pushed to the top left, thick what it always shows.
func (c *canvas) windowOutline(w Window) {
	c.stroke(0.2)
	c.rect(box{w.X, w.Y, w.W, w.H})
	c.stroke(0.7)
	c.rect(w.always())
	c.write("ruler", "いつも見えるところ", box{w.always().x + 1, w.always().y + 1, 50, 5}, Style{Size: 8})
}
