package forms

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/transform"

	"madoguchi/rules"
)

// RowFault is a fault of a letter table, for the person who keeps the table.
type RowFault struct {
	Line   int    // of the file, from 1
	Column string // name of the column; empty for the whole row
	Reason string // in Japanese
}

// Error says line, column and reason.
func (f RowFault) Error() string {
	if f.Column == "" {
		return fmt.Sprintf("%d行目: %s", f.Line, f.Reason)
	}
	return fmt.Sprintf("%d行目 %s列: %s", f.Line, f.Column, f.Reason)
}

// LetterRow is one row of a letter table.
type LetterRow struct {
	Line   int
	Letter Letter
}

// columnSetters are the columns a letter table may have.
func columnSetters() map[string]func(*Letter, string) error {
	text := func(to func(*Letter) *string) func(*Letter, string) error {
		return func(l *Letter, v string) error { *to(l) = v; return nil }
	}
	date := func(to func(*Letter) *rules.Date) func(*Letter, string) error {
		return func(l *Letter, v string) error { return setDate(to(l), v) }
	}
	return map[string]func(*Letter, string) error{
		"municipality":     func(l *Letter, v string) error { l.Municipality = rules.MunicipalityID(v); return nil },
		"procedure":        func(l *Letter, v string) error { return setProcedures(&l.Procedure, v) },
		"holder.name":      text(func(l *Letter) *string { return &l.Holder.Name }),
		"holder.alias":     text(func(l *Letter) *string { return &l.Holder.Alias }),
		"holder.postcode":  text(func(l *Letter) *string { return &l.Holder.Postcode }),
		"holder.address":   func(l *Letter, v string) error { l.Holder.Address = addressLines(v); return nil },
		"holder.birthDate": date(func(l *Letter) *rules.Date { return &l.Holder.BirthDate }),
		"agent.name":       text(func(l *Letter) *string { return &l.Agent.Name }),
		"agent.alias":      text(func(l *Letter) *string { return &l.Agent.Alias }),
		"agent.postcode":   text(func(l *Letter) *string { return &l.Agent.Postcode }),
		"agent.address":    func(l *Letter, v string) error { l.Agent.Address = addressLines(v); return nil },
		"agent.birthDate":  date(func(l *Letter) *rules.Date { return &l.Agent.BirthDate }),
		"agent.relation":   text(func(l *Letter) *string { return &l.Agent.Relation }),
		"caseNumber":       text(func(l *Letter) *string { return &l.CaseNumber }),
		"documentNumber":   text(func(l *Letter) *string { return &l.DocumentNumber }),
		"issuedOn":         date(func(l *Letter) *rules.Date { return &l.IssuedOn }),
		"requestedOn":      date(func(l *Letter) *rules.Date { return &l.RequestedOn }),
		"replyBy":          date(func(l *Letter) *rules.Date { return &l.ReplyBy }),
		"sequence":         text(func(l *Letter) *string { return &l.Sequence }),
		"handwritten":      func(l *Letter, v string) error { return setHandwritten(&l.Handwritten, v) },
		"protected":        func(l *Letter, v string) error { return setYes(&l.Protected, v) },
	}
}

// ErrTableEncoding means that a letter table is neither UTF-8 nor Shift_JIS.
var ErrTableEncoding = errors.New("the letter table is neither UTF-8 nor Shift_JIS")

// ErrTableEmpty means that a letter table has no header.
var ErrTableEmpty = errors.New("the letter table has no header")

// requiredColumns must stand in the header.
var requiredColumns = []string{"municipality", "procedure", "holder.name", "holder.address", "issuedOn"}

// ReadLetters reads a letter table in UTF-8 (with or without BOM) or Shift_JIS.
// The header is checked first; then every fault of every row is told at once.
// The rows without faults are returned too.
func ReadLetters(data []byte) ([]LetterRow, []RowFault, error) {
	text, err := decodeTable(data)
	if err != nil {
		return nil, nil, err
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord = -1
	header, err := reader.Read()
	if err != nil {
		return nil, nil, ErrTableEmpty
	}
	if faults := checkHeader(header); faults != nil {
		return nil, faults, nil
	}
	var rows []LetterRow
	var faults []RowFault
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, faults, nil
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return rows, append(faults, RowFault{Line: broken.StartLine, Reason: "引用符(\")の対応が合っていません"}), nil
		}
		if err != nil {
			return nil, nil, fmt.Errorf("reading letter table: %w", err)
		}
		line, _ := reader.FieldPos(0)
		l, found := readRow(header, record, line)
		faults = append(faults, found...)
		if found == nil {
			rows = append(rows, LetterRow{Line: line, Letter: l})
		}
	}
}

// decodeTable turns a table into UTF-8. A file that is no valid UTF-8 is read
// as Shift_JIS (Windows code page 932); a byte that is neither stops it.
func decodeTable(data []byte) ([]byte, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if utf8.Valid(data) {
		return data, nil
	}
	out, _, err := transform.Bytes(japanese.ShiftJIS.NewDecoder(), data)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return nil, ErrTableEncoding
	}
	return out, nil
}

func checkHeader(header []string) []RowFault {
	known := columnSetters()
	var faults []RowFault
	for i, name := range header {
		if known[name] == nil {
			faults = append(faults, RowFault{Line: 1, Column: name, Reason: "知らない列です"})
		}
		if slices.Contains(header[:i], name) {
			faults = append(faults, RowFault{Line: 1, Column: name, Reason: "同じ列が二つあります"})
		}
	}
	for _, name := range requiredColumns {
		if !slices.Contains(header, name) {
			faults = append(faults, RowFault{Line: 1, Column: name, Reason: "列がありません"})
		}
	}
	return faults
}

// readRow reads one row; a row of the wrong width says so and nothing else.
func readRow(header, record []string, line int) (Letter, []RowFault) {
	var l Letter
	if len(record) != len(header) {
		return l, []RowFault{{Line: line, Reason: fmt.Sprintf("列の数が%dですが、見出しは%dです", len(record), len(header))}}
	}
	known := columnSetters()
	var faults []RowFault
	for i, name := range header {
		if record[i] == "" && slices.Contains(requiredColumns, name) {
			faults = append(faults, RowFault{Line: line, Column: name, Reason: "空です"})
		} else if record[i] != "" {
			if err := known[name](&l, record[i]); err != nil {
				faults = append(faults, RowFault{Line: line, Column: name, Reason: err.Error()})
			}
		}
	}
	return l, faults
}

func setDate(to *rules.Date, v string) (err error) {
	if *to, err = rules.ParseDate(strings.ReplaceAll(v, "/", "-")); err != nil {
		return errors.New("日付ではありません(2026-11-24 のように書く)")
	}
	return nil
}

// setProcedures reads one procedure or several joined by |.
func setProcedures(to *rules.Procedures, v string) error {
	for _, name := range strings.Split(v, "|") {
		p := rules.Procedure(strings.TrimSpace(name))
		if !slices.Contains(letterProcedures(), p) {
			return fmt.Errorf("%q は照会書のある手続の名前ではありません", name)
		}
		*to = append(*to, p)
	}
	return nil
}

// setHandwritten reads fields joined by |.
func setHandwritten(to *[]string, v string) error {
	for _, name := range strings.Split(v, "|") {
		name = strings.TrimSpace(name)
		if !slices.Contains(handwritable, name) {
			return fmt.Errorf("%q は手書きにできる欄の名前ではありません", name)
		}
		*to = append(*to, name)
	}
	return nil
}

func setYes(to *bool, v string) error {
	switch v {
	case "yes", "true", "1":
		*to = true
	case "no", "false", "0":
	default:
		return errors.New("yes か no を書いてください")
	}
	return nil
}

// addressLines splits the lines of an address within a cell.
func addressLines(v string) []string {
	var lines []string
	for _, line := range strings.Split(strings.ReplaceAll(v, "\r\n", "\n"), "\n") {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
