package forms

import (
	"fmt"
	"slices"

	"madoguchi/rules"
)

// Report is a paper of tables over as many pages as it takes: the rule sheet a
// supervisor signs, the record of a training. It is the caller's words.
type Report struct {
	Title     string
	Subtitle  string
	Facts     []ReportFact // shown in two columns under the title
	Sections  []ReportSection
	Signers   []string // boxes to sign at the end
	Foot      string   // at the foot of every page, left of the page number
	Made      rules.Date
	Landscape bool
}

// ReportFact is a label with its value.
type ReportFact struct{ Label, Value string }

// ReportSection is a heading, sentences, and a table.
type ReportSection struct {
	NewPage bool // begins a page of its own
	Heading string
	Notes   []string
	Columns []string
	Rows    [][]string // as many cells as columns
}

// The frame of a report in millimetres.
const (
	reportMargin = 12.0
	reportSize   = 8.0
	reportMin    = 5.0
	cellPad      = 0.8
)

// MakeReport lays a report out. A row stands whole on one page under the
// heading of its table; a row higher than a page is refused.
func MakeReport(fonts *Fonts, r Report, options Options) (*Document, error) {
	doc := newDocument(fonts, r.Title, r.Made, options)
	l := &reportLayout{doc: doc, report: r}
	l.turn()
	l.title()
	for i := range r.Sections {
		l.section(&r.Sections[i])
	}
	l.signers()
	l.feet()
	return doc, doc.Err()
}

// reportLayout is a report being laid out.
type reportLayout struct {
	doc    *Document
	report Report
	page   *page
	y      float64
}

func (l *reportLayout) width() float64  { return l.page.width() - 2*reportMargin }
func (l *reportLayout) bottom() float64 { return l.page.height() - reportMargin - 6 }

// turn begins a page.
func (l *reportLayout) turn() {
	l.page = l.doc.addLying(l.report.Landscape)
	l.y = reportMargin
}

// room begins a page unless h millimetres are left.
func (l *reportLayout) room(h float64) bool {
	if l.y+h <= l.bottom() {
		return false
	}
	l.turn()
	return true
}

func (l *reportLayout) text(field, s string, style Style) {
	b, ok := l.page.compose(field, s, box{w: l.width()}, style)
	if !ok {
		return
	}
	l.room(b.height())
	l.page.place(field, b, box{reportMargin, l.y, l.width(), 0}, style)
	l.y += b.height()
}

func (l *reportLayout) title() {
	l.text("title", l.report.Title, Style{Size: 16, Min: 10, Bold: true})
	if l.report.Subtitle != "" {
		l.text("subtitle", l.report.Subtitle, Style{Size: 10})
	}
	half := l.width() / 2
	for i := 0; i < len(l.report.Facts); i += 2 {
		high := 0.0
		for j, f := range l.report.Facts[i:min(i+2, len(l.report.Facts))] {
			at := box{reportMargin + float64(j)*half, l.y, half - 3, 0}
			high = max(high, l.page.write("facts."+f.Label, f.Label+": "+f.Value, at, Style{Size: 9}))
		}
		l.y += high
	}
	l.y += 2
}

// section sets a heading with its table. The heading stays with the first row.
func (l *reportLayout) section(s *ReportSection) {
	if s.NewPage {
		l.turn()
	} else {
		l.room(22)
	}
	l.y += 2
	l.text("section", s.Heading, Style{Size: 11, Bold: true})
	for _, note := range s.Notes {
		l.text("section."+s.Heading, note, Style{Size: 8.5})
	}
	if len(s.Columns) == 0 {
		return
	}
	widths := l.columnWidths(s)
	l.row(s, s.Columns, widths, true)
	for _, cells := range s.Rows {
		l.row(s, cells, widths, false)
	}
	l.y += 2
}

// Steps in which the columns of a table share out the page, and what a column gets
// before that: its longest word, as long as that is not too much, and no less
// than a few characters. In millimetres.
const (
	columnStep  = 1.5
	columnWord  = 34.0
	columnShort = 13.0
)

// columnWidths shares the page out among the columns so that the table gets low:
// each column begins at its longest word, and what is left goes step by step to
// the column whose cells are the highest of their rows.
func (l *reportLayout) columnWidths(s *ReportSection) []float64 {
	needs := l.cellNeeds(s)
	widths, left := make([]float64, len(s.Columns)), l.width()
	for i := range widths {
		for _, row := range needs {
			widths[i] = max(widths[i], min(row[i].word, columnWord), min(row[i].line, columnShort))
		}
		left -= widths[i]
	}
	if left < 0 {
		return slices.Repeat([]float64{l.width() / float64(len(widths))}, len(widths))
	}
	for ; left > columnStep; left -= columnStep {
		widths[tightest(needs, widths)] += columnStep
	}
	widths[tightest(needs, widths)] += left
	return widths
}

// need is what a cell takes: its width on one line, and its longest word.
type need struct{ line, word float64 }

// cellNeeds measures every cell, the head first.
func (l *reportLayout) cellNeeds(s *ReportSection) [][]need {
	all := make([][]need, 0, len(s.Rows)+1)
	for n, cells := range append([][]string{s.Columns}, s.Rows...) {
		row := make([]need, len(s.Columns))
		for i := range min(len(cells), len(row)) {
			row[i] = l.measure(cells[i], n == 0)
		}
		all = append(all, row)
	}
	return all
}

// measure measures one cell at the ordinary size.
func (l *reportLayout) measure(s string, bold bool) need {
	all, err := l.doc.fonts.compose(s, bold, false)
	if err != nil {
		return need{} // told when the cell is drawn
	}
	const pad = 2*cellPad + 0.2
	style := Style{Hyphens: true}
	line, _ := breakAll(all, 1000, reportSize, style)
	word, _ := breakAll(all, 0.1, reportSize, style)
	return need{line.width() + pad, min(word.width()+pad, line.width()+pad)}
}

// tightest finds the column that makes the rows high: a little more room for it
// lowers the table the most. Where every row is on one line it is the widest.
func tightest(needs [][]need, widths []float64) int {
	gain := make([]float64, len(widths))
	for _, row := range needs {
		highest := 0
		for i := range row {
			if row[i].line/widths[i] > row[highest].line/widths[highest] {
				highest = i
			}
		}
		if lines := row[highest].line / widths[highest]; lines > 1 {
			gain[highest] += lines / widths[highest]
		}
	}
	best := 0
	for i := range gain {
		if gain[i] > gain[best] {
			best = i
		}
	}
	if gain[best] == 0 {
		return slices.Index(widths, slices.Max(widths))
	}
	return best
}

// row sets one row of cells; the head of the table is repeated on a new page.
func (l *reportLayout) row(s *ReportSection, cells []string, widths []float64, head bool) {
	blocks := make([]block, len(widths))
	high := 0.0
	for i := range widths {
		if i >= len(cells) {
			continue
		}
		style := Style{Size: reportSize, Min: reportMin, Bold: head, Leading: 1.35, Hyphens: true}
		b, ok := l.page.compose(s.Heading+" "+s.Columns[i], cells[i], box{w: widths[i] - 2*cellPad, h: l.bottom() - reportMargin - 12}, style)
		if !ok {
			return
		}
		blocks[i] = b
		high = max(high, b.height())
	}
	high += 2 * cellPad
	if l.room(high) && !head {
		l.row(s, s.Columns, widths, true)
	}
	l.cells(blocks, widths, high, head)
	l.y += high
}

// cells draws the frames and texts of one row.
func (l *reportLayout) cells(blocks []block, widths []float64, high float64, head bool) {
	x := reportMargin
	l.page.stroke(thin)
	for i, w := range widths {
		if head {
			l.page.gray(228)
			l.page.fill(box{x, l.y, w, high})
			l.page.gray(0)
		}
		l.page.rect(box{x, l.y, w, high})
		l.page.place("cell", blocks[i], box{x + cellPad, l.y + cellPad, w, 0}, Style{})
		x += w
	}
}

// signers draws boxes to sign.
func (l *reportLayout) signers() {
	if len(l.report.Signers) == 0 {
		return
	}
	l.room(24)
	l.y += 4
	for i, who := range l.report.Signers {
		at := box{reportMargin + float64(i)*60, l.y, 56, 18}
		l.page.rect(at)
		l.page.write("signers", who, box{at.x + 1, at.y + 0.5, at.w - 2, 5}, Style{Size: 8, Min: 6, Lines: 1})
	}
	l.y += 18
}

// feet numbers the pages.
func (l *reportLayout) feet() {
	for i, p := range l.doc.pages {
		y := p.height() - reportMargin - 2
		p.gray(90)
		p.write("foot", l.report.Foot, box{reportMargin, y, l.width() - 30, 5}, Style{Size: 7, Min: 5, Lines: 1})
		p.write("foot", fmt.Sprintf("%d / %d", i+1, len(l.doc.pages)), box{reportMargin + l.width() - 30, y, 30, 5}, Style{Size: 8, Align: Right, Lines: 1})
		p.gray(0)
	}
}
