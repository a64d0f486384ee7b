package rules

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"unicode/utf8"
)

// sheet is one CSV file as read: header and rows with the line each begins on.
type sheet struct {
	file   string
	header []string
	rows   []sheetRow
}

type sheetRow struct {
	line  int
	cells []string
}

func (s *sheet) column(name string) int {
	for i, h := range s.header {
		if h == name {
			return i
		}
	}
	return -1
}

// cell returns the cell under a heading, "" where the sheet has no such column.
func (s *sheet) cell(r sheetRow, name string) string {
	if i := s.column(name); i >= 0 {
		return r.cells[i]
	}
	return ""
}

// readSheet reads a CSV file. What a spreadsheet did to it is reported, not repaired.
func readSheet(fsys fs.FS, file string, faults *Faults) (*sheet, bool) {
	data, err := fs.ReadFile(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		faults.add(Fault{Kind: FaultMissing, File: file, Detail: "the rule set has no such file"})
		return nil, false
	}
	if err != nil {
		faults.add(Fault{Kind: FaultUnreadable, File: file, Detail: err.Error()})
		return nil, false
	}
	return parseSheet(file, data, faults)
}

func parseSheet(file string, data []byte, faults *Faults) (*sheet, bool) {
	if rest, ok := bytes.CutPrefix(data, []byte("\xef\xbb\xbf")); ok {
		faults.add(Fault{Kind: FaultDamage, File: file, Line: 1, Detail: "the file begins with a byte-order mark: save it as UTF-8 without one"})
		data = rest
	}
	if !utf8.Valid(data) {
		faults.add(Fault{Kind: FaultDamage, File: file, Detail: "the file is not UTF-8: save it as UTF-8, not as Shift_JIS or UTF-16"})
		return nil, false
	}
	r := csv.NewReader(bytes.NewReader(data))
	s := &sheet{file: file}
	records, err := r.ReadAll()
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		faults.add(Fault{Kind: FaultUnreadable, File: file, Line: bad.Line, Column: 0, Detail: bad.Err.Error()})
		return nil, false
	}
	if err != nil || len(records) == 0 {
		faults.add(Fault{Kind: FaultUnreadable, File: file, Detail: fmt.Sprintf("no header line: %v", err)})
		return nil, false
	}
	s.header = records[0]
	line := 1 + strings.Count(strings.Join(records[0], ""), "\n")
	for _, cells := range records[1:] {
		line++
		s.rows = append(s.rows, sheetRow{line: line, cells: cells})
		line += strings.Count(strings.Join(cells, ""), "\n")
	}
	s.checkHeader(faults)
	return s, true
}

// bytes writes the sheet as the program itself would: the canonical form, which
// reads back to the same sheet.
func (s *sheet) bytes() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(s.header); err != nil {
		return nil, fmt.Errorf("writing %s: %w", s.file, err)
	}
	for _, r := range s.rows {
		if err := w.Write(r.cells); err != nil {
			return nil, fmt.Errorf("writing %s: %w", s.file, err)
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func (s *sheet) checkHeader(faults *Faults) {
	seen := map[string]bool{}
	for i, h := range s.header {
		if seen[h] || h == "" {
			faults.add(Fault{Kind: FaultHeader, File: s.file, Line: 1, Column: i + 1, Detail: fmt.Sprintf("column %q is empty or stands twice", h)})
		}
		seen[h] = true
	}
}

// need reports the columns a file must have and lacks, or has and must not.
func (s *sheet) need(faults *Faults, required []string, optional ...string) bool {
	ok := true
	for _, name := range required {
		if s.column(name) < 0 {
			faults.add(Fault{Kind: FaultHeader, File: s.file, Line: 1, Detail: fmt.Sprintf("column %q is missing", name)})
			ok = false
		}
	}
	allowed := strings.Join(append(append([]string{}, required...), optional...), "\n") + "\n"
	for i, h := range s.header {
		if !strings.Contains("\n"+allowed, "\n"+h+"\n") {
			faults.add(Fault{Kind: FaultHeader, File: s.file, Line: 1, Column: i + 1, Detail: fmt.Sprintf("column %q is not known here", h)})
			ok = false
		}
	}
	return ok
}

var (
	rewrittenDate  = regexp.MustCompile(`^\d{1,4}[/.]\d{1,2}[/.]\d{1,4}$|^\d{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)`)
	scientific     = regexp.MustCompile(`^\d(\.\d+)?E\+\d+$`)
	lostZeroPhone  = regexp.MustCompile(`^[1-9]\d{8,9}$|^[1-9]\d{1,3}-\d{2,4}-\d{4}$`)
	fullWidthRunes = "０１２３４５６７８９｜＊－＜＞＝．：／"
)

// damage says what a spreadsheet did to a machine-read cell, or "".
func damage(text string) string {
	switch {
	case strings.ContainsAny(text, fullWidthRunes):
		return "full-width characters: write half-width digits and signs"
	case strings.TrimSpace(text) != text:
		return "a space before or behind the text"
	case strings.ContainsAny(text, "“”‘’"):
		return "curly quotation marks put in by a spreadsheet"
	case text == "TRUE" || text == "FALSE" || strings.HasPrefix(text, "#"):
		return "a value put in by a spreadsheet: write the word itself"
	case text == "" || !startsLikeANumber(text):
		// What follows was a number or a date once.
	case rewrittenDate.MatchString(text):
		return "a date rewritten by a spreadsheet: write YYYY-MM-DD and set the column to text"
	case scientific.MatchString(text):
		return "a number rewritten by a spreadsheet: set the column to text"
	}
	return ""
}

func startsLikeANumber(text string) bool { return text[0] >= '0' && text[0] <= '9' }

func (s *sheet) checkDamage(faults *Faults, r sheetRow, names ...string) {
	for _, name := range names {
		i := s.column(name)
		if i < 0 {
			continue
		}
		if what := damage(r.cells[i]); what != "" {
			faults.add(Fault{Kind: FaultDamage, File: s.file, Line: r.line, Column: i + 1, Detail: fmt.Sprintf("%q: %s", r.cells[i], what)})
		}
	}
}
