package forms

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jung-kurt/gofpdf"

	"madoguchi/rules"
)

var errTooManyShapes = errors.New("more than 6400 special characters in one document: print it in parts")

// Options are the circumstances of one print.
type Options struct {
	Training        bool // a drill: every page carries 訓練
	Superseded      bool // by rules no longer in force: every page carries 旧版
	AcceptBaseForms bool // someone agreed to base forms for variations no font has
	Record          bool // keep what was placed where ([Document.Placed])
}

// Document is one PDF being made. It is used by one goroutine and written once.
type Document struct {
	fonts    *Fonts
	options  Options
	title    string
	made     rules.Date
	furigana bool
	readings *readings // nil: texts carry their own furigana
	record   bool      // keep what was placed where

	used     []*usedFont
	byFile   map[*fontFile]*usedFont
	sheets   []*sheet
	pages    []*page
	problems []error
}

// sheet is content that pages share, stored once in the PDF.
type sheet struct {
	canvas
	key string
}

// page is one page: the sheets below, then its own content.
type page struct {
	canvas
	sheets []*sheet
}

// newDocument begins a document. title is for the viewer's window and holds no
// name; made is the day the document carries.
func newDocument(fonts *Fonts, title string, made rules.Date, options Options) *Document {
	return &Document{fonts: fonts, options: options, title: title, made: made, record: options.Record, byFile: map[*fontFile]*usedFont{}}
}

// addPage begins a page; in a drill, or of superseded rules, it carries the mark.
func (d *Document) addPage() *page {
	p := &page{canvas: canvas{doc: d}}
	if key, draw := d.options.mark(); draw != nil {
		p.sheets = append(p.sheets, d.sheet(key, draw))
	}
	d.pages = append(d.pages, p)
	return p
}

// mark is what every page says across, and how its sheet is called; nil: nothing. A
// page of a drill is of no use anyway.
func (o Options) mark() (string, func(*canvas)) {
	switch {
	case o.Training:
		return "training", drawTraining
	case o.Superseded:
		return "superseded", drawSuperseded
	}
	return "", nil
}

// addLying begins a page, landscape if lying.
func (d *Document) addLying(lying bool) *page {
	if !lying {
		return d.addPage()
	}
	p := &page{canvas: canvas{doc: d, lying: true}}
	if _, draw := d.options.mark(); draw != nil {
		draw(&p.canvas)
	}
	d.pages = append(d.pages, p)
	return p
}

// sheet returns the shared content of that key, drawing it the first time.
func (d *Document) sheet(key string, draw func(*canvas)) *sheet {
	for _, s := range d.sheets {
		if s.key == key {
			return s
		}
	}
	s := &sheet{canvas: canvas{doc: d}, key: key}
	draw(&s.canvas)
	d.sheets = append(d.sheets, s)
	return s
}

// drawTraining writes 訓練 across the page, below everything else.
func drawTraining(c *canvas) {
	c.ink(255, 214, 214)
	c.writeAcross("training", "訓練　訓練", 84)
	c.ink(200, 0, 0)
	c.writeAbove("training", "訓練　この紙は実際の手続きには使えません")
}

// drawSuperseded writes 旧版 across the page, below everything else.
func drawSuperseded(c *canvas) {
	c.gray(222)
	c.writeAcross("superseded", "旧版　使用不可", 62)
	c.ink(200, 0, 0)
	c.writeAbove("superseded", "旧版　いまは使われていない案内です。この紙ではお手続きできません")
}

// writeAcross writes words over the whole page, slanting and without furigana.
func (c *canvas) writeAcross(field, words string, size float64) {
	defer func(was bool) { c.doc.furigana = was }(c.doc.furigana)
	c.doc.furigana = false
	for y := 95.0; y < c.height(); y += 90 {
		for x := 35.0; x+100 < c.width(); x += 140 {
			c.rotated(x, y, 25, func() {
				c.write(field, words, box{x, y - 20, 170, 0}, Style{Size: size, Bold: true, Leading: 1})
			})
		}
	}
}

// writeAbove writes a line at the top of the page, and goes back to black.
func (c *canvas) writeAbove(field, words string) {
	c.write(field, words, box{10, 3.5, c.width() - 20, 0}, Style{Size: 9, Bold: true, Align: Center})
	c.gray(0)
}

// use returns the document's record of a font.
func (d *Document) use(file *fontFile) *usedFont {
	if u := d.byFile[file]; u != nil {
		return u
	}
	u := newUsedFont(file, len(d.used))
	d.used = append(d.used, u)
	d.byFile[file] = u
	return u
}

// noteVariation takes a base form that stands for a variation: refused until
// someone agreed, then marked at the foot of the page.
func (c *canvas) noteVariation(field, text string) {
	if !c.doc.options.AcceptBaseForms {
		c.doc.problems = append(c.doc.problems, &VariationError{Field: field, Cluster: text})
	}
	if !slices.Contains(c.variations, text) {
		c.variations = append(c.variations, text)
	}
}

// markVariations says at the foot of a page which characters stand in their base
// form.
func (c *canvas) markVariations() {
	if len(c.variations) == 0 {
		return
	}
	list := strings.Join(c.variations, "、")
	c.write("variations", "※ 字形が登録と異なる字: "+list, box{15, c.height() - 5, c.width() - 30, 4}, Style{Size: 6.5, Min: 4, Lines: 1, Leading: 1.2})
}

// Err reports everything that keeps the document from being printed.
func (d *Document) Err() error { return errors.Join(d.problems...) }

// Pages is the number of pages.
func (d *Document) Pages() int { return len(d.pages) }

// Placed lists every line of text, page by page.
func (d *Document) Placed() []Placed {
	var all []Placed
	for i, p := range d.pages {
		var on []Placed
		for _, s := range p.sheets {
			on = append(on, s.placed...)
		}
		for _, item := range append(on, p.placed...) {
			item.Page = i + 1
			all = append(all, item)
		}
	}
	return all
}

// Write puts the document together and writes it. It writes nothing when the
// document has a fault. It may be called once.
func (d *Document) Write(w io.Writer) (err error) {
	if err := d.Err(); err != nil {
		return err
	}
	defer func() {
		if caught := recover(); caught != nil {
			err = fmt.Errorf("assembling pdf: %v", caught)
		}
	}()
	for _, p := range d.pages {
		p.markVariations()
	}
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	year, month, day := max(d.made, 1).Split()
	stamp := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	pdf.SetCreationDate(stamp)
	pdf.SetModificationDate(stamp)
	pdf.SetTitle(d.title, true)
	pdf.SetProducer("Madoguchi", true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCompression(len(d.pages) <= mostCompressed)
	names, err := d.embedFonts(pdf)
	if err != nil {
		return err
	}
	d.putPages(pdf, names)
	if err := pdf.Output(w); err != nil {
		return fmt.Errorf("writing pdf: %w", err)
	}
	return nil
}

// mostCompressed is the most pages whose content is compressed. gofpdf makes a
// new compressor for every page, which in a batch costs more time and memory
// than everything else together; its pages are short without that.
const mostCompressed = 100

// fontResource finds the name gofpdf gave to a font.
var fontResource = regexp.MustCompile(`/F([0-9a-f]{40}) `)

// embedFonts hands the fonts to gofpdf, marks the codes in use, and returns the
// resource name of each font.
func (d *Document) embedFonts(pdf *gofpdf.Fpdf) ([][]byte, error) {
	names := make([][]byte, len(d.used))
	for i, u := range d.used {
		data, err := u.fontBytes()
		if err != nil {
			return nil, err
		}
		pdf.AddUTF8FontFromBytes(u.file.name, "", data)
		codes := make([]rune, 0, len(u.gids))
		for _, code := range u.sortedCodes() {
			codes = append(codes, rune(code))
		}
		// The template is never drawn: its text makes gofpdf keep the glyphs.
		marks := pdf.CreateTemplate(func(t *gofpdf.Tpl) {
			t.SetFont(u.file.name, "", 10)
			t.Text(0, 0, string(codes))
			if t.Err() {
				pdf.SetError(t.Error())
			}
		})
		found := fontResource.FindSubmatch(marks.Bytes())
		if pdf.Err() || found == nil {
			return nil, fmt.Errorf("embedding font %s: %w", u.file.name, errors.Join(pdf.Error(), errors.New("gofpdf refused it")))
		}
		names[i] = found[1]
	}
	return names, nil
}

// putPages writes the shared sheets and the pages.
func (d *Document) putPages(pdf *gofpdf.Fpdf, names [][]byte) {
	finish := func(content []byte) []byte { return nameFonts(content, names) }
	shared := map[*sheet]gofpdf.Template{}
	for _, s := range d.sheets {
		content := finish(s.buf)
		shared[s] = pdf.CreateTemplate(func(t *gofpdf.Tpl) { t.RawWriteBuf(bytes.NewReader(content)) })
	}
	for _, p := range d.pages {
		orientation := "P"
		if p.lying {
			orientation = "L"
		}
		pdf.AddPageFormat(orientation, pdf.GetPageSizeStr("A4"))
		for _, s := range p.sheets {
			pdf.UseTemplate(shared[s])
		}
		pdf.RawWriteStr(string(finish(p.buf)))
		p.buf = nil
	}
}

// nameFonts puts the fonts' resource names in the place of their marks.
func nameFonts(content []byte, names [][]byte) []byte {
	const mark = "/F@"
	out := make([]byte, 0, len(content)+40*bytes.Count(content, []byte(mark)))
	for {
		at := bytes.Index(content, []byte(mark))
		if at < 0 {
			return append(out, content...)
		}
		digits := content[at+len(mark):]
		out = append(append(out, content[:at]...), "/F"...)
		out = append(out, names[int(digits[0]-'0')*10+int(digits[1]-'0')]...)
		content = digits[2:]
	}
}

// appendFixed appends a number with four decimals and a space.
func appendFixed(buf []byte, v float64) []byte {
	return append(strconv.AppendFloat(buf, v, 'f', 4, 64), ' ')
}
