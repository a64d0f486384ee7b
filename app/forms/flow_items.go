package forms

// verdict is the answer in a frame: a mark, the words large, the reasons small.
func (f *flow) verdict(p piece) {
	f.y += 1.5
	top := f.y
	inner := checklistWidth - 8
	markWidth := f.size * 1.75
	f.y += 1.2
	big := Style{Size: f.size * 1.5, Bold: true}
	words := box{checklistLeft + 4 + markWidth, f.y, inner - markWidth, 0}
	b := f.block(p.field, p.text, words, big)
	f.verdictMark(p, markWidth, f.y+b.baseline())
	f.y += b.height()
	if p.tag != "" {
		f.y += f.block(p.field, p.tag, box{words.x, f.y, words.w, 0}, Style{Size: f.size}).height()
	}
	for _, reason := range p.notes {
		f.y += f.block("reasons", reason, box{words.x, f.y, words.w, 0}, Style{Size: f.size}).height()
	}
	f.y += 1.5
	if !f.dry {
		f.c.stroke(0.5)
		f.c.rect(box{checklistLeft, top, checklistWidth, f.y - top})
		f.c.stroke(thin)
	}
	f.y += 0.5
}

// verdictMark draws the mark of the answer on the baseline of its words.
func (f *flow) verdictMark(p piece, width, baseline float64) {
	style := Style{Size: f.size * 1.6, Min: 5, Bold: true, Lines: 1, Align: Center}
	b, ok := f.c.compose(p.field, p.mark, box{w: width}, style)
	if ok && !f.dry {
		f.c.place(p.field, b, box{checklistLeft + 2, baseline - b.baseline(), width, 0}, style)
	}
}

// item is a mark with text beside it and small notes below.
func (f *flow) item(p piece, x, w float64) {
	indent := f.size * 0.62
	style := Style{Size: f.size}
	text := p.text + bracket(p.tag)
	if p.lead != "" {
		text = p.lead + " " + text
	}
	at := box{x + indent, f.y, w - indent, 0}
	b := f.block(p.field, text, at, style)
	f.mark(p, x, indent, f.y+b.baseline())
	f.y += b.height()
	for _, note := range p.notes {
		at.y = f.y
		f.y += f.block(p.field, note, at, Style{Size: f.size * 0.85}).height()
	}
	f.y += f.size * 0.03
}

// twin sets two items side by side.
func (f *flow) twin(p piece) {
	top, lowest := f.y, f.y
	half := checklistWidth / 2
	for i, one := range p.pair {
		f.y = top
		f.item(one, checklistLeft+float64(i)*half, half-2)
		lowest = max(lowest, f.y)
	}
	f.y = lowest
}

// mark draws what stands before an item, on the baseline of its first line.
func (f *flow) mark(p piece, x, indent, baseline float64) {
	if f.dry {
		return
	}
	side := f.size * 0.32
	if p.mark != box0 && p.mark != boxTicked {
		b, ok := f.c.compose(p.field, p.mark, box{w: indent}, Style{Size: f.size})
		if ok {
			f.c.place(p.field, b, box{x + 1, baseline - b.baseline(), indent, 0}, Style{})
		}
		return
	}
	square := box{x + 1, baseline - side*0.92, side, side}
	f.c.stroke(0.3)
	f.c.rect(square)
	f.c.stroke(thin)
	if p.mark == boxTicked {
		f.c.check(square)
	}
}
