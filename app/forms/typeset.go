package forms

import (
	"errors"
	"strings"

	"madoguchi/rules"
)

// mmPerPoint converts points to millimetres.
const mmPerPoint = 25.4 / 72

// rubyScale is the size of furigana against the text it stands over.
const rubyScale = 0.5

// Style is how a text is set.
type Style struct {
	Size    float64 // points
	Min     float64 // smallest size it may shrink to; 0: it does not shrink
	Bold    bool
	Leading float64 // line pitch against the size; 0: 1.45, with furigana 1.7
	Align   Align
	Lines   int  // most lines; 0: as many as the box holds
	Hyphens bool // a line may end after a hyphen inside a word
}

// Align is where a line stands between the edges of its box.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Center
	Right
)

// atom is the smallest thing a line may not be cut in: one cluster, or a
// stretch of text with its furigana.
type atom struct {
	glyphs []glyph
	ruby   []glyph
	width  float64 // em
	first  string  // first and last cluster, for the line-breaking rules
	last   string
}

// line is one set line.
type line struct {
	atoms []atom
	width float64 // em, without spaces at the end
	ruby  bool
}

// paragraph is text cut into atoms, ready to be broken at any width.
type paragraph struct {
	atoms []atom
	ruby  bool
}

// compose cuts text into paragraphs of atoms. Newlines separate paragraphs.
// Where furigana is off, readings are dropped.
func (f *Fonts) compose(s string, bold, furigana bool) ([]paragraph, error) {
	var all []paragraph
	for _, part := range strings.Split(s, "\n") {
		var p paragraph
		for _, run := range rules.Ruby(part) {
			if run.Reading == "" || !furigana {
				if err := p.addText(f, run.Base, bold); err != nil {
					return nil, err
				}
				continue
			}
			if err := p.addRuby(f, run, bold); err != nil {
				return nil, err
			}
		}
		all = append(all, p)
	}
	return all, nil
}

func (p *paragraph) addText(f *Fonts, s string, bold bool) error {
	glyphs, err := f.shape(s, bold)
	if err != nil {
		return err
	}
	for i := range glyphs {
		g := glyphs[i : i+1]
		p.atoms = append(p.atoms, atom{glyphs: g, width: float64(g[0].width) / 1000, first: g[0].text, last: g[0].text})
	}
	return nil
}

func (p *paragraph) addRuby(f *Fonts, run rules.RubyRun, bold bool) error {
	base, err := f.shape(run.Base, bold)
	if err != nil {
		return err
	}
	ruby, err := f.shape(run.Reading, false)
	if err != nil {
		return err
	}
	a := atom{glyphs: base, ruby: ruby, first: base[0].text, last: base[len(base)-1].text}
	a.width = max(ems(base), ems(ruby)*rubyScale)
	p.atoms = append(p.atoms, a)
	p.ruby = true
	return nil
}

// ems is the width of glyphs in em.
func ems(glyphs []glyph) float64 {
	sum := 0
	for i := range glyphs {
		sum += int(glyphs[i].width)
	}
	return float64(sum) / 1000
}

// block is text broken into lines at one size.
type block struct {
	lines   []line
	size    float64
	leading float64 // millimetres from one baseline to the next
	ruby    bool
}

// height is the height of the block in millimetres.
func (b block) height() float64 { return float64(len(b.lines)) * b.leading }

// baseline is the first baseline below the top of the block, in millimetres.
// Text is centred in its pitch; furigana takes the room above.
func (b block) baseline() float64 {
	em := b.size * mmPerPoint
	if b.ruby {
		return b.leading - em*0.24
	}
	return (b.leading-em)/2 + em*0.88
}

// width is the width of the widest line in millimetres.
func (b block) width() float64 {
	widest := 0.0
	for _, l := range b.lines {
		widest = max(widest, l.width)
	}
	return widest * b.size * mmPerPoint
}

// fit sets text in a box of w by h millimetres: it wraps, then shrinks by half
// points down to style.Min, then lets a single word longer than the line be
// cut, then refuses. h of 0 means as high as it gets.
func fit(all []paragraph, w, h float64, style Style) (block, error) {
	smallest := style.Min
	if smallest == 0 || smallest > style.Size {
		smallest = style.Size
	}
	for size := style.Size; size >= smallest-0.01; size -= 0.5 {
		b, cut := breakAll(all, w, size, style)
		if b.fits(h, style.Lines) && (!cut || size-0.5 < smallest-0.01) {
			return b, nil
		}
	}
	return block{}, errOverflow
}

// errOverflow becomes an [OverflowError] once the field is known.
var errOverflow = errors.New("text does not fit")

// fits allows a quarter of a line beyond the box: the pitch includes the space
// above the first line.
func (b block) fits(h float64, lines int) bool {
	if lines > 0 && len(b.lines) > lines {
		return false
	}
	return h == 0 || b.height() <= h+b.leading*0.25
}

// breakAll breaks every paragraph at one size.
func breakAll(all []paragraph, w, size float64, style Style) (b block, cut bool) {
	b.size = size
	factor := style.Leading
	for _, p := range all {
		b.ruby = b.ruby || p.ruby
	}
	if factor == 0 {
		factor = 1.45
		if b.ruby {
			factor = 1.7
		}
	}
	b.leading = size * factor * mmPerPoint
	limit := w / (size * mmPerPoint)
	for _, p := range all {
		lines, forced := breakLines(p, limit, style.Hyphens)
		b.lines = append(b.lines, lines...)
		cut = cut || forced
	}
	return b, cut
}
