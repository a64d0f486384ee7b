package forms

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// glyph is one placed shape: a glyph of one font standing for one cluster of
// the text.
type glyph struct {
	font    *fontFile
	gid     uint16
	width   uint16 // 1/1000 em
	text    string // the cluster as written
	replace bool   // the base form stands for a variation no font has
}

// isSelector reports variation selectors: U+FE00–FE0F and U+E0100–E01EF.
func isSelector(r rune) bool {
	return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF
}

// isPrivate reports private-use characters, whose shape only a font of the
// municipality's own can say.
func isPrivate(r rune) bool {
	return r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000
}

// cluster is one character with what belongs to it.
type cluster struct {
	text     string
	base     rune // the character whose glyph is wanted
	selector rune // 0 without a variation selector
	stray    bool // a mark that nothing carries, or a control character
}

// clusters cuts text into characters as a reader sees them. Kana with a
// separate voiced mark are one cluster drawn by the composed glyph; the text
// stays as written.
func clusters(s string) []cluster {
	runes := []rune(s)
	out := make([]cluster, 0, len(runes))
	for i := 0; i < len(runes); {
		c := cluster{base: runes[i], stray: isSelector(runes[i]) || unicode.IsControl(runes[i]) || runes[i] == unicode.ReplacementChar}
		end := i + 1
		if end < len(runes) && isSelector(runes[end]) {
			c.selector = runes[end]
			end++
		}
		for end < len(runes) && unicode.Is(unicode.Mn, runes[end]) && !isSelector(runes[end]) {
			composed := []rune(norm.NFC.String(string([]rune{c.base, runes[end]})))
			if len(composed) != 1 || c.selector != 0 {
				break
			}
			c.base = composed[0]
			end++
		}
		c.text = string(runes[i:end])
		out = append(out, c)
		i = end
	}
	return out
}

// shape turns text into glyphs. The first font that has every character exactly
// as written is used for the whole text, so that one name is in one hand; where
// none has, each character takes the first font that has it.
func (f *Fonts) shape(s string, bold bool) ([]glyph, error) {
	all := clusters(s)
	chain := f.chain(bold)
	for _, file := range chain {
		if err := usable(file); err != nil {
			return nil, err
		}
		if glyphs, ok := shapeIn(file, all); ok {
			return glyphs, nil
		}
		if len(all) > 60 { // running text, no name
			break
		}
	}
	glyphs := make([]glyph, 0, len(all))
	for _, c := range all {
		g, err := pick(chain, c)
		if err != nil {
			return nil, err
		}
		glyphs = append(glyphs, g)
	}
	return glyphs, nil
}

// shapeIn shapes all clusters with one font, if it has every one exactly.
func shapeIn(file *fontFile, all []cluster) ([]glyph, bool) {
	glyphs := make([]glyph, len(all))
	for i, c := range all {
		gid, exact, ok := glyphOf(file, c)
		if !ok || !exact {
			return nil, false
		}
		glyphs[i] = glyph{font: file, gid: gid, width: file.advances[gid], text: c.text}
	}
	return glyphs, true
}

// glyphOf asks one font for one cluster.
func glyphOf(file *fontFile, c cluster) (gid uint16, exact, ok bool) {
	if c.stray || isPrivate(c.base) && !file.own {
		return 0, false, false
	}
	return file.glyphFor(c.base, c.selector)
}

// pick finds the first font that has the cluster exactly, else the first that
// has its base form.
func pick(chain []*fontFile, c cluster) (glyph, error) {
	var base *glyph
	for _, file := range chain {
		if err := usable(file); err != nil {
			return glyph{}, err
		}
		gid, exact, ok := glyphOf(file, c)
		if !ok {
			continue
		}
		g := glyph{font: file, gid: gid, width: file.advances[gid], text: c.text, replace: !exact}
		if exact {
			return g, nil
		}
		if base == nil {
			base = &g
		}
	}
	if base != nil {
		return *base, nil
	}
	return glyph{}, &MissingGlyphError{Cluster: c.text}
}

// widthOf is the width of glyphs in millimetres at a size in points.
func widthOf(glyphs []glyph, size float64) float64 {
	sum := 0
	for i := range glyphs {
		sum += int(glyphs[i].width)
	}
	return float64(sum) * size / 1000 * mmPerPoint
}
