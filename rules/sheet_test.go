package rules

import (
	"strings"
	"testing"
)

// TestSheetIsWholeAndInWords: every row of every table is on the sheet, every
// heading and every cell has words.
func TestSheetIsWholeAndInWords(t *testing.T) {
	for id, set := range builtinByID(t) {
		sheets := set.Sheet()
		if len(sheets) != int(tableCount)+4 {
			t.Fatalf("%s: %d tables on the sheet", id, len(sheets))
		}
		for i, sheet := range sheets {
			if sheet.Title == "" {
				t.Errorf("%s: %s has no title", id, sheet.File)
			}
			if i < int(tableCount) && len(sheet.Rows) != len(set.tables[i].rows) {
				t.Errorf("%s: %s shows %d rows of %d", id, sheet.File, len(sheet.Rows), len(set.tables[i].rows))
			}
			lists := map[string]int{"documents.csv": len(set.documents), "offices.csv": len(set.offices), "hours.csv": len(set.hours), "sources.csv": 1}
			if i >= int(tableCount) && len(sheet.Rows) != lists[sheet.File] {
				t.Errorf("%s: %s shows %d rows of %d", id, sheet.File, len(sheet.Rows), lists[sheet.File])
			}
			for _, c := range sheet.Columns {
				if c == "" {
					t.Errorf("%s: %s has a column without a heading", id, sheet.File)
				}
			}
			for _, r := range sheet.Rows {
				if len(r.Cells) != len(sheet.Columns) || r.Basis == "" || r.Sources == "" {
					t.Errorf("%s: %s row %s is not whole: %+v", id, sheet.File, r.ID, r)
				}
				for _, cell := range r.Cells {
					if cell == "" || strings.Contains(cell, "| ") || strings.Contains(cell, "/ /") {
						t.Errorf("%s: %s row %s has a cell without words: %q", id, sheet.File, r.ID, r.Cells)
					}
				}
			}
		}
	}
}
