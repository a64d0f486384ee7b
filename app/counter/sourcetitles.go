package counter

import (
	"encoding/csv"
	"io/fs"
	"slices"

	"madoguchi/rules"
)

// SourceTitles are the titles of a rule set's source documents by file name, as
// a checklist names them. A set without readable titles has none: the file names
// stand then.
func (c *Counter) SourceTitles(id rules.MunicipalityID) map[string]string {
	titles := map[string]string{}
	files, err := c.catalog.files(id)
	if err != nil {
		return titles
	}
	f, err := fs.FS.Open(files, "sources.csv")
	if err != nil {
		return titles
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) == 0 {
		return titles
	}
	seed, title := slices.Index(rows[0], "seed"), slices.Index(rows[0], "title")
	if seed < 0 || title < 0 {
		return titles
	}
	for _, row := range rows[1:] {
		titles[row[seed]] = row[title]
	}
	return titles
}
