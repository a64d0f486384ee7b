package forms

// A flowing page is a list of pieces set one below the other. Unlike a form of
// boxes its height depends on what it says, so it is set at several sizes until
// it fits.

// pieceKind is how a piece looks.
type pieceKind uint8

const (
	runningHead pieceKind = iota // text left, note right, small
	title                        // large, with a note above
	subtitle
	verdict // the answer in a frame
	heading
	item // a mark, text, notes below
	twin // two items side by side
	smallText
	gap
)

// Marks that are drawn instead of printed.
const (
	box0      = "box"
	boxTicked = "box-ticked"
)

// piece is one part of a flowing page.
type piece struct {
	kind  pieceKind
	field string // for errors
	mark  string
	lead  string // short words before the text, in bold
	text  string
	note  string
	tag   string   // set apart at the end: 要確認
	notes []string // small lines below
	pair  []piece  // of a twin
}

// flow sets pieces down a page.
type flow struct {
	c    *canvas
	y    float64
	size float64
	dry  bool // measure only
	// next begins a new page and returns where it starts; nil: one page only.
	next   func() float64
	bottom float64
}

// flowOnePage sets everything on a page in the largest size that fits; false
// where none does.
func flowOnePage(p *page, pieces, foot []piece, sizes []float64) (bool, error) {
	for _, size := range sizes {
		f := &flow{c: &p.canvas, size: size, dry: true}
		footHeight := f.height(foot)
		if err := p.doc.Err(); err != nil {
			return false, err
		}
		if checklistTop+f.height(pieces)+footHeight+2 > checklistBottom {
			continue
		}
		f.dry = false
		f.y = checklistTop
		f.set(pieces)
		f.setFoot(foot, footHeight)
		return true, nil
	}
	return false, nil
}

// flowPages sets everything over as many pages as it takes.
func flowPages(doc *Document, pieces, foot []piece, size float64) {
	f := &flow{size: size}
	f.c = &doc.addPage().canvas
	f.dry = true
	footHeight := f.height(foot)
	f.dry = false
	f.bottom = checklistBottom - footHeight - 3
	f.next = func() float64 {
		f.setFoot(foot, footHeight)
		f.c = &doc.addPage().canvas
		return checklistTop
	}
	f.y = checklistTop
	f.set(pieces)
	f.setFoot(foot, footHeight)
}

// height measures pieces.
func (f *flow) height(pieces []piece) float64 {
	was := f.y
	f.y = 0
	f.set(pieces)
	h := f.y
	f.y = was
	return h
}

// setFoot sets the foot at the bottom of the page under a thin line.
func (f *flow) setFoot(foot []piece, height float64) {
	f.c.gray(120)
	f.c.stroke(thin)
	f.c.line(checklistLeft, checklistBottom-height-1, checklistLeft+checklistWidth, checklistBottom-height-1)
	f.c.gray(0)
	was := f.y
	f.y = checklistBottom - height
	next := f.next
	f.next = nil
	f.set(foot)
	f.next = next
	f.y = was
}

// set sets pieces from f.y downwards.
func (f *flow) set(pieces []piece) {
	for i, p := range pieces {
		if f.next != nil && !f.dry && f.mustTurn(pieces[i:]) {
			f.y = f.next()
		}
		f.piece(p)
	}
}

// mustTurn reports whether the next piece belongs on a new page; a heading
// stays with what follows it.
func (f *flow) mustTurn(rest []piece) bool {
	n := 1
	if rest[0].kind == heading && len(rest) > 1 {
		n = 2
	}
	f.dry = true
	h := f.height(rest[:n])
	f.dry = false
	return f.y > checklistTop && f.y+h > f.bottom
}

func (f *flow) piece(p piece) {
	switch p.kind {
	case runningHead:
		f.pair(p, f.size*0.9)
	case title:
		f.paragraph(p.field, p.note, 0, Style{Size: f.size, Bold: true})
		f.paragraph(p.field, p.text, 0, Style{Size: f.size * 1.75, Bold: true})
	case subtitle:
		f.paragraph(p.field, p.text+bracket(p.tag), 0, Style{Size: f.size * 1.1, Bold: true})
	case verdict:
		f.verdict(p)
	case heading:
		f.heading(p)
	case item:
		f.item(p, checklistLeft, checklistWidth)
	case twin:
		f.twin(p)
	case smallText:
		f.paragraph(p.field, p.text, 0, Style{Size: f.size * 0.75})
	case gap:
		f.y += f.size * mmPerPoint
	}
}

func bracket(tag string) string {
	if tag == "" {
		return ""
	}
	return " 【" + tag + "】"
}

// paragraph sets text across the page from an indent.
func (f *flow) paragraph(field, text string, indent float64, style Style) {
	at := box{checklistLeft + indent, f.y, checklistWidth - indent, 0}
	f.y += f.block(field, text, at, style).height()
}

// block sets text in a box and returns it; when measuring it only measures.
func (f *flow) block(field, text string, at box, style Style) block {
	if text == "" {
		return block{}
	}
	b, ok := f.c.compose(field, text, at, style)
	if ok && !f.dry {
		f.c.place(field, b, at, style)
	}
	return b
}

// pair sets one text to the left and one to the right.
func (f *flow) pair(p piece, size float64) {
	half := checklistWidth / 2
	left := f.block(p.field, p.text, box{checklistLeft, f.y, half, 0}, Style{Size: size}).height()
	right := f.block(p.field, p.note, box{checklistLeft + half, f.y, half, 0}, Style{Size: size, Align: Right}).height()
	f.y += max(left, right) + 1
}

// heading is a bar with white space above.
func (f *flow) heading(p piece) {
	f.y += f.size * 0.11
	size := f.size * 1.05
	at := box{checklistLeft + 2.5, f.y + 0.4, checklistWidth - 4, 0}
	h := f.block(p.field, p.text, at, Style{Size: size, Bold: true}).height()
	if !f.dry {
		f.c.gray(40)
		f.c.fill(box{checklistLeft, f.y + 0.6, 1.2, h})
		f.c.stroke(thin)
		f.c.line(checklistLeft, f.y+h+0.6, checklistLeft+checklistWidth, f.y+h+0.6)
		f.c.gray(0)
	}
	f.y += h + f.size*0.1
}
