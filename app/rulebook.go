package app

import (
	"fmt"
	"slices"
	"strings"

	"madoguchi/app/counter"
	"madoguchi/rules"
)

// RuleSetView is a rule set as the list shows it.
type RuleSetView struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Edition  string `json:"edition"`
	Approved bool   `json:"approved"`
	Running  bool   `json:"running"` // the desk decides with it
	Words    string `json:"words"`   // where it comes from, and whether it can be used
}

// RuleTableView is one table of a rule set in words.
type RuleTableView struct {
	Title   string        `json:"title"`
	Columns []string      `json:"columns"`
	Rows    []RuleRowView `json:"rows"`
}

// RuleRowView is one row of a table.
type RuleRowView struct {
	ID      string   `json:"id"`
	Cells   []string `json:"cells"`
	Basis   string   `json:"basis"`
	Sources string   `json:"sources"`
	Changed bool     `json:"changed"` // not in the set it is compared with
}

// Rulebook shows the rule sets; it changes none of them.
type Rulebook struct{ office *office }

// Sets lists the rule sets.
func (r *Rulebook) Sets() ([]RuleSetView, error) {
	a, err := r.office.now()
	if err != nil {
		return nil, err
	}
	running := a.Settings().Municipality
	sets := a.RuleSets()
	views := make([]RuleSetView, 0, len(sets))
	for _, s := range sets {
		views = append(views, RuleSetView{ID: string(s.ID), Title: s.Title, Edition: shortEdition(s.Edition),
			Approved: s.Approved, Running: s.ID == running, Words: ruleSetWords(s)})
	}
	return views, nil
}

func ruleSetWords(s counter.RuleSet) string {
	var words []string
	if s.Added {
		words = append(words, "この窓口で追加")
	}
	if s.Archive {
		words = append(words, "旧版(訓練・参照用)")
	}
	if s.Faults > 0 {
		words = append(words, fmt.Sprintf("誤りが%d件あり使えません", s.Faults))
	}
	return strings.Join(words, "・")
}

// Tables shows a rule set's tables in words. With another set to compare, rows
// whose words are not in it are marked.
func (r *Rulebook) Tables(id, compared string) ([]RuleTableView, error) {
	a, err := r.office.now()
	if err != nil {
		return nil, err
	}
	if len(id) > mostText || len(compared) > mostText {
		return nil, fmt.Errorf("%w: too long", errBadAnswer)
	}
	if rules.HasIndividualNumber(id + "\n" + compared) {
		return nil, errIndividualNumber
	}
	set, err := a.Rules(rules.MunicipalityID(id))
	if err != nil {
		return nil, err
	}
	var other []rules.SheetTable
	if compared != "" {
		with, err := a.Rules(rules.MunicipalityID(compared))
		if err != nil {
			return nil, err
		}
		other = with.Sheet()
	}
	sheet := set.Sheet()
	views := make([]RuleTableView, 0, len(sheet))
	for _, t := range sheet {
		views = append(views, ruleTableView(t, other, compared != ""))
	}
	return views, nil
}

func ruleTableView(t rules.SheetTable, other []rules.SheetTable, compare bool) RuleTableView {
	v := RuleTableView{Title: t.Title, Columns: append([]string{}, t.Columns...), Rows: make([]RuleRowView, 0, len(t.Rows))}
	for _, row := range t.Rows {
		v.Rows = append(v.Rows, RuleRowView{ID: row.ID, Cells: append([]string{}, row.Cells...), Basis: row.Basis, Sources: row.Sources,
			Changed: compare && !hasRow(other, t, row)})
	}
	return v
}

// hasRow reports whether another set says the same: the same cells under the
// same columns, whatever the row is called.
func hasRow(other []rules.SheetTable, t rules.SheetTable, row rules.SheetRow) bool {
	at := slices.IndexFunc(other, func(o rules.SheetTable) bool { return o.File == t.File })
	if at < 0 || !slices.Equal(other[at].Columns, t.Columns) {
		return false
	}
	return slices.ContainsFunc(other[at].Rows, func(o rules.SheetRow) bool {
		return slices.Equal(o.Cells, row.Cells) && o.Basis == row.Basis
	})
}
