package forms

import (
	"encoding/binary"
	"slices"
)

// gofpdf writes text as two-byte codes and breaks above U+FFFF. So every glyph
// of a document gets a code of its own: the character itself where it lies in
// the basic plane and means that glyph, else a private-use code. Before a font
// is handed to gofpdf its character map is replaced, in a copy in memory, by
// one that holds just these codes. Text whose codes are not its characters is
// written with /ActualText, so that a reader copies the true text.

// firstPrivate and lastPrivate bound the private-use codes given to glyphs.
const (
	firstPrivate = 0xE000
	lastPrivate  = 0xF8FF
)

// usedFont is what one document uses of one font.
type usedFont struct {
	file  *fontFile
	index int
	codes map[string]uint16 // by cluster
	gids  map[uint16]uint16 // glyph id by code
	next  rune              // next private-use code
}

func newUsedFont(file *fontFile, index int) *usedFont {
	return &usedFont{file: file, index: index, codes: map[string]uint16{}, gids: map[uint16]uint16{}, next: firstPrivate}
}

// code returns the code of a glyph and whether it is the character itself. It
// reports false when there are too many special characters in one document.
func (u *usedFont) code(g glyph) (code uint16, plain, ok bool) {
	if code, found := u.codes[g.text]; found {
		return code, code < firstPrivate || code > lastPrivate, true
	}
	runes := []rune(g.text)
	if len(runes) == 1 && runes[0] < 0xFFFF && !isPrivate(runes[0]) {
		code = uint16(runes[0])
		plain = true
	} else {
		if u.next > lastPrivate {
			return 0, false, false
		}
		code = uint16(u.next)
		u.next++
	}
	u.codes[g.text] = code
	u.gids[code] = g.gid
	return code, plain, true
}

// sortedCodes lists the codes in use, ascending.
func (u *usedFont) sortedCodes() []uint16 {
	codes := make([]uint16, 0, len(u.gids))
	for code := range u.gids {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

// fontBytes copies the font with a character map of the codes in use. The file
// on disk is never changed (IPA Font License v1.0 art. 3: only the copy inside
// the document differs).
func (u *usedFont) fontBytes() ([]byte, error) {
	table := format4(u.sortedCodes(), u.gids)
	const alignment = 4
	out, err := u.file.appended(len(table) + alignment)
	if err != nil {
		return nil, err
	}
	for len(out)%alignment != 0 {
		out = append(out, 0)
	}
	start := len(out)
	out = append(out, table...)
	count := int(binary.BigEndian.Uint16(out[4:]))
	for i := range count {
		record := out[12+16*i:]
		if string(record[:4]) == "cmap" {
			binary.BigEndian.PutUint32(record[8:], uint32(start))
			binary.BigEndian.PutUint32(record[12:], uint32(len(table)))
		}
	}
	return out, nil
}

// format4 builds a cmap table with one Windows Unicode subtable of format 4,
// one segment a code (OpenType: cmap).
func format4(codes []uint16, gids map[uint16]uint16) []byte {
	segments := len(codes) + 1
	length := 16 + 8*segments
	out := make([]byte, 0, 12+length)
	put := func(values ...int) {
		for _, v := range values {
			out = binary.BigEndian.AppendUint16(out, uint16(v))
		}
	}
	put(0, 1, 3, 1, 0, 12)                              // version, one record: platform 3, encoding 1, at 12
	put(4, min(length, 0xFFFF), 0, segments*2, 0, 0, 0) // format, length, language, counts (the search hints are not read)
	for _, code := range codes {
		put(int(code))
	}
	put(0xFFFF, 0)
	for _, code := range codes {
		put(int(code))
	}
	put(0xFFFF)
	for _, code := range codes {
		put(int(gids[code]) - int(code))
	}
	put(1)
	for range segments {
		put(0)
	}
	return out
}
