package rules

import (
	"fmt"
	"slices"
	"strings"
)

// The lists of a set on the sheet: papers, places and contacts, hours, sources.

func (s *Set) documentSheet() SheetTable {
	out := SheetTable{File: "documents.csv", Title: s.Label("table", "documents").Plain(), Rows: []SheetRow{},
		Columns: []string{"書類", "区分", "だれの", "条件"}}
	for _, d := range s.documents {
		of := "―"
		switch d.Of {
		case OfHolder:
			of = "本人"
		case OfVisitor:
			of = "来庁者"
		}
		out.Rows = append(out.Rows, SheetRow{ID: d.Name, Basis: s.Label("status", string(Stated)).Plain(),
			Cells: []string{d.Name, s.Label("class", string(d.Class)).Plain(), of, d.conditionsInWords()}, Sources: sourcesInWords(d.Sources)})
	}
	return out
}

func (d Document) conditionsInWords() string {
	var parts []string
	switch d.Photo {
	case "with":
		parts = append(parts, "顔写真付き")
	case "without":
		parts = append(parts, "顔写真なし")
	}
	if d.Shows == "name-and-birth-or-address" {
		parts = append(parts, "氏名と生年月日または住所の記載")
	}
	if !d.IssuedFrom.IsZero() {
		parts = append(parts, InEra(d.IssuedFrom)+"以降の交付")
	}
	if !d.AcceptedUntil.IsZero() {
		parts = append(parts, InEra(d.AcceptedUntil)+"まで")
	}
	if d.GraceMonths > 0 {
		parts = append(parts, fmt.Sprintf("期限後%dか月以内も可", d.GraceMonths))
	}
	if len(parts) == 0 {
		return "―"
	}
	return strings.Join(parts, "、")
}

func (s *Set) officeSheet() SheetTable {
	out := SheetTable{File: "offices.csv", Title: s.Label("table", "offices").Plain(), Rows: []SheetRow{},
		Columns: []string{"名称", "種類", "電話", "所在地", "時間", "予約"}}
	for _, o := range s.offices {
		out.Rows = append(out.Rows, s.listRow(o.ID, o.Sources, o.Title.Plain(), s.Label("office-kind", o.Kind).Plain(), o.Phone, o.Address, o.Hours,
			s.Label("booking", o.Booking).Plain()))
	}
	return out
}

func (s *Set) hoursSheet() SheetTable {
	out := SheetTable{File: "hours.csv", Title: s.Label("table", "hours").Plain(), Rows: []SheetRow{},
		Columns: []string{"場所", "曜日", "開始", "終了", "休み"}}
	for i, h := range s.hours {
		at := slices.IndexFunc(s.offices, func(o Office) bool { return o.ID == h.office })
		out.Rows = append(out.Rows, s.listRow(fmt.Sprint(i+1), h.cites, s.offices[at].Title.Plain(), s.labels("weekday", h.days), h.opens, h.closes,
			s.labels("closed-on", h.notOn)))
	}
	return out
}

func (s *Set) sourceSheet() SheetTable {
	out := SheetTable{File: "sources.csv", Title: s.Label("table", "sources").Plain(), Rows: []SheetRow{},
		Columns: []string{"題名", "行の数", "公表・更新", "読んだ日"}}
	for _, d := range s.sources {
		out.Rows = append(out.Rows, s.listRow(d.seed, []Source{{Seed: d.seed, Lines: fmt.Sprintf("1-%d", d.lines)}}, d.title, fmt.Sprint(d.lines), d.published, d.readOn))
	}
	return out
}

// listRow is a row of a list; what is empty shows as a dash.
func (s *Set) listRow(id string, sources []Source, cells ...string) SheetRow {
	for i := range cells {
		if cells[i] == "" {
			cells[i] = "―"
		}
	}
	return SheetRow{ID: id, Cells: cells, Basis: s.Label("status", string(Stated)).Plain(), Sources: sourcesInWords(sources)}
}

func (s *Set) labels(name string, words []string) string {
	labels := make([]string, len(words))
	for i, w := range words {
		labels[i] = s.Label(name, w).Plain()
	}
	return strings.Join(labels, "・")
}
