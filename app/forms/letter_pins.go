package forms

import (
	"slices"
	"strings"

	"madoguchi/rules"
)

// Sizes of the PIN boxes in millimetres.
const (
	pinSquare      = 7.4
	pinDigit       = 8.6
	pinLabelWidth  = 56.0
	pinDividerAt   = 6 // a signature PIN has at least six characters
	signatureBoxes = 16
	digitBoxes     = 4
)

// drawPINs draws the rows of boxes inside a box, which lies between the folds.
func (j *letterJob) drawPINs(c *canvas, at box) {
	y := at.y
	var digits []PINRow
	for _, r := range j.rows {
		if r.Kind == rules.PINSignature {
			y += j.drawSignature(c, r, box{at.x, y, at.w, 0})
		} else {
			digits = append(digits, r)
		}
	}
	for _, r := range digits {
		y += j.drawDigits(c, r, box{at.x, y, at.w, 0})
	}
	if sameChoice(digits) {
		y += j.drawSame(c, digits, box{at.x, y, at.w, 0})
	}
	j.drawKey(c, box{at.x, y + 0.5, at.w, at.y + at.h - y - 0.5})
}

// sameChoice reports whether "the same number for all" is offered: two or more
// four-digit PINs that are all wished for.
func sameChoice(rows []PINRow) bool {
	for _, r := range rows {
		if !r.Wished {
			return false
		}
	}
	return len(rows) > 1
}

// entryWords says which number is to be written.
func entryWords(r PINRow) string {
	if r.Wished {
		return "これから使いたい番号"
	}
	return "今の番号"
}

// drawSignature draws sixteen squares with a divider after six, and smaller ones
// below them to say how a character is read.
func (j *letterJob) drawSignature(c *canvas, r PINRow, at box) float64 {
	pin := j.values["word.pin"]
	c.write("pins", "署名用電子証明書の"+pin+"　【"+entryWords(r)+"】", box{at.x, at.y, at.w, 5}, Style{Size: 10, Min: 8, Bold: true, Lines: 1, Leading: 1.3})
	c.write("pins", "大文字の英字(A〜Z)と数字を両方使い、6文字から16文字。左からつめて書いてください。", box{at.x, at.y + 4.8, at.w, 5}, Style{Size: 8.5, Min: 7, Lines: 1, Leading: 1.3})
	y := at.y + 9.8
	x := at.x + 30
	c.write("pins", pin, box{at.x + 2, y + 1.4, 27, 5}, Style{Size: 9, Min: 7, Align: Right, Lines: 1, Leading: 1.3})
	c.write("pins", "よみ(例: ゼロ・オー)", box{at.x, y + pinSquare - 0.1, 29, 5}, Style{Size: 7, Min: 6, Align: Right, Lines: 1, Leading: 1.3})
	c.stroke(0.3)
	for i := range signatureBoxes {
		left := x + float64(i)*pinSquare
		if i >= pinDividerAt {
			left += 2
		}
		c.rect(box{left, y, pinSquare, pinSquare})
		c.rect(box{left, y + pinSquare, pinSquare, 4.2})
	}
	divider := x + pinDividerAt*pinSquare + 1
	c.stroke(0.8)
	c.line(divider, y-1, divider, y+pinSquare+5)
	c.stroke(thin)
	c.write("pins", "ここまでは必ず書く", box{x, y + pinSquare + 4.8, pinDividerAt * pinSquare, 4}, Style{Size: 6.5, Align: Right, Lines: 1, Leading: 1.2})
	return 9.8 + pinSquare + 4.2 + 4.8
}

// drawDigits draws one row of four squares.
func (j *letterJob) drawDigits(c *canvas, r PINRow, at box) float64 {
	name := map[rules.PINKind]string{
		rules.PINUserIdentification:   "利用者証明用電子証明書",
		rules.PINResidentRegistration: "住民基本台帳用",
		rules.PINCardInfoInput:        "券面事項入力補助用",
	}[r.Kind]
	c.write("pins", name+"の"+j.values["word.pin"], box{at.x, at.y + 0.8, pinLabelWidth + 12, 5}, Style{Size: 10, Min: 7.5, Bold: true, Lines: 1, Leading: 1.3})
	c.write("pins", "数字4つ　【"+entryWords(r)+"】", box{at.x, at.y + 5.4, pinLabelWidth + 12, 5}, Style{Size: 8.5, Min: 7, Lines: 1, Leading: 1.3})
	c.stroke(0.3)
	for i := range digitBoxes {
		c.rect(box{at.x + pinLabelWidth + 16 + float64(i)*pinDigit, at.y + 1, pinDigit, pinDigit + 0.8})
	}
	c.stroke(thin)
	return pinDigit + 3
}

// drawSame offers one number for all four-digit PINs.
func (j *letterJob) drawSame(c *canvas, rows []PINRow, at box) float64 {
	c.stroke(0.3)
	c.rect(box{at.x + 1, at.y + 0.9, 3.6, 3.6})
	c.stroke(thin)
	text := "数字4つの" + j.values["word.pin"] + "は、すべて同じ番号にします(数字4つの欄の一番上だけに書いてください)"
	c.write("pins", text, box{at.x + 7, at.y + 0.2, at.w - 8, 5}, Style{Size: 9.5, Min: 7.5, Lines: 1, Leading: 1.3})
	return 5.6
}

// drawKey shows how to write characters that are easily mistaken; letters only where
// a PIN of letters is written.
func (j *letterJob) drawKey(c *canvas, at box) {
	letters := slices.ContainsFunc(j.rows, func(r PINRow) bool { return r.Kind == rules.PINSignature })
	c.write("pins", "まちがえやすい字", box{at.x, at.y + 0.6, 30, 5}, Style{Size: 8.5, Bold: true, Lines: 1, Leading: 1.3})
	x := at.x + 32
	for _, k := range []struct{ sign, words string }{{"0", "数字のゼロ(ななめの線を入れる)"}, {"O", "英字のオー"}, {"1", "数字のいち"}, {"I", "英字のアイ(上下に横の線)"}} {
		if !letters && strings.ContainsAny(k.sign, "OI") {
			continue
		}
		c.rect(box{x, at.y + 0.4, 4.6, 4.6})
		c.drawSign(k.sign, x, at.y+0.4)
		b, ok := c.compose("pins", k.words, box{w: 60}, Style{Size: 8, Lines: 1, Leading: 1.3})
		if !ok {
			return
		}
		c.place("pins", b, box{x + 5.4, at.y + 0.7, 60, 5}, Style{})
		x += 5.4 + b.width() + 3
	}
}

// drawSign draws one sign as it should be handwritten, in a square of 4.6 mm.
func (c *canvas) drawSign(sign string, x, y float64) {
	c.stroke(0.35)
	middle := x + 2.3
	switch sign {
	case "0":
		c.circle(middle, y+2.3, 1.5)
		c.stroke(0.35)
		c.line(middle-1, y+3.4, middle+1, y+1.2)
	case "O":
		c.circle(middle, y+2.3, 1.5)
	case "1":
		c.line(middle, y+0.8, middle, y+3.8)
		c.line(middle-0.7, y+1.5, middle, y+0.8)
	case "I":
		c.line(middle, y+0.8, middle, y+3.8)
		c.line(middle-0.8, y+0.8, middle+0.8, y+0.8)
		c.line(middle-0.8, y+3.8, middle+0.8, y+3.8)
	}
	c.stroke(thin)
}
