package forms

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// fontFile is one TrueType file. It is read on first use and then shared: all
// its methods may be called from several goroutines.
type fontFile struct {
	name string // as it appears in the PDF
	path string // empty for an embedded font
	own  bool   // the municipality's own: the only kind that may draw private-use characters
	data []byte // the whole file of an embedded font

	once       sync.Once
	err        error
	cmap       font.Cmap
	variations font.UnicodeVariations
	advances   []uint16 // 1/1000 em by glyph id
}

// load reads the tables needed to choose and measure glyphs. The outlines are
// not parsed here: only gofpdf needs them, for the glyphs that are used.
func (f *fontFile) load() error {
	f.once.Do(func() { f.err = f.read() })
	return f.err
}

// read keeps the tables only: a font of rare names is larger than the rest of
// the program, and is read once more for a document that draws with it.
func (f *fontFile) read() error {
	var file opentype.Resource = bytes.NewReader(f.data)
	if f.data == nil {
		onDisk, err := os.Open(f.path)
		if err != nil {
			return fmt.Errorf("reading font %s: %w", f.path, err)
		}
		defer onDisk.Close()
		file = onDisk
	}
	loader, err := opentype.NewLoader(file)
	if err != nil {
		return fmt.Errorf("reading font %s: %w", f.name, err)
	}
	if loader.Type != opentype.TrueType || !loader.HasTable(opentype.MustNewTag("glyf")) {
		return fmt.Errorf("font %s is no TrueType font with outlines: use a .ttf file", f.name)
	}
	raw, err := loader.RawTable(opentype.MustNewTag("cmap"))
	if err != nil {
		return fmt.Errorf("reading font %s: %w", f.name, err)
	}
	table, _, err := tables.ParseCmap(raw)
	if err != nil {
		return fmt.Errorf("reading font %s: %w", f.name, err)
	}
	f.cmap, f.variations, err = font.ProcessCmap(table, tables.FPNone)
	if err != nil {
		return fmt.Errorf("reading font %s: %w", f.name, err)
	}
	return f.readAdvances(loader)
}

// appended is a copy of the whole file with room for more bytes behind it.
func (f *fontFile) appended(room int) ([]byte, error) {
	if f.data != nil {
		return append(make([]byte, 0, len(f.data)+room), f.data...), nil
	}
	onDisk, err := os.Open(f.path)
	if err != nil {
		return nil, fmt.Errorf("reading font %s: %w", f.path, err)
	}
	defer onDisk.Close()
	info, err := onDisk.Stat()
	if err != nil {
		return nil, fmt.Errorf("reading font %s: %w", f.path, err)
	}
	data := make([]byte, info.Size(), info.Size()+int64(room))
	if _, err := io.ReadFull(onDisk, data); err != nil {
		return nil, fmt.Errorf("reading font %s: %w", f.path, err)
	}
	return data, nil
}

// readAdvances keeps the widths rounded as gofpdf rounds them, so that what is
// measured here is what a viewer draws. OpenType: head, hhea, hmtx.
func (f *fontFile) readAdvances(loader *opentype.Loader) error {
	head, err1 := loader.RawTable(opentype.MustNewTag("head"))
	hhea, err2 := loader.RawTable(opentype.MustNewTag("hhea"))
	hmtx, err3 := loader.RawTable(opentype.MustNewTag("hmtx"))
	maxp, err4 := loader.RawTable(opentype.MustNewTag("maxp"))
	for _, err := range []error{err1, err2, err3, err4} {
		if err != nil {
			return fmt.Errorf("reading font %s: %w", f.name, err)
		}
	}
	if len(head) < 20 || len(hhea) < 36 || len(maxp) < 6 {
		return fmt.Errorf("reading font %s: a table is cut short", f.name)
	}
	em := int(binary.BigEndian.Uint16(head[18:]))
	metrics := int(binary.BigEndian.Uint16(hhea[34:]))
	glyphs := int(binary.BigEndian.Uint16(maxp[4:]))
	if em == 0 || metrics == 0 || len(hmtx) < metrics*4 {
		return fmt.Errorf("reading font %s: its widths are damaged", f.name)
	}
	f.advances = make([]uint16, glyphs)
	for gid := range f.advances {
		advance := int(binary.BigEndian.Uint16(hmtx[min(gid, metrics-1)*4:]))
		f.advances[gid] = uint16((advance*1000 + em/2) / em)
	}
	return nil
}

// glyphFor finds the glyph of one character. selector is 0 or a variation
// selector; exact is false where the font has only the base form.
func (f *fontFile) glyphFor(r, selector rune) (gid uint16, exact, ok bool) {
	base, found := f.cmap.Lookup(r)
	if selector != 0 {
		variant, flag := f.variations.GetGlyphVariant(r, selector)
		switch {
		case flag == font.VariantFound:
			return uint16(variant), true, true
		case flag == font.VariantUseDefault && found && base != 0:
			return uint16(base), true, true
		}
	}
	if !found || base == 0 || int(base) >= len(f.advances) {
		return 0, false, false
	}
	return uint16(base), selector == 0, true
}
