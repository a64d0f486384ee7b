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
	Signed   string `json:"signed"`  // who approved which edition when; empty: nobody yet
	Usable   bool   `json:"usable"`  // it passed its checks
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

// RuleChangeView is one table that differs between two rule sets.
type RuleChangeView struct {
	Title         string        `json:"title"`
	BeforeColumns []string      `json:"beforeColumns"` // of the first set's table
	Before        []RuleRowView `json:"before"`        // rows only in the first
	AfterColumns  []string      `json:"afterColumns"`  // of the second set's table
	After         []RuleRowView `json:"after"`         // rows only in the second
}

// RuleChangesView is how two rule sets differ, and what that changes.
type RuleChangesView struct {
	Tables   []RuleChangeView `json:"tables"`
	Examples []string         `json:"examples"` // worked examples decided differently
	Cases    []string         `json:"cases"`    // open cases decided differently
}

// Rulebook shows the rule sets, prints them, and records who signed them; it
// changes none of them.
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
			Approved: s.Approved, Running: s.ID == running, Words: ruleSetWords(s), Signed: signedWords(a.Approvals(), s), Usable: s.Faults == 0})
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

// signedWords say who signed which edition, also where the tables are others now.
func signedWords(signed []rules.Approval, set counter.RuleSet) string {
	at := slices.IndexFunc(signed, func(a rules.Approval) bool { return a.ID == set.ID })
	if at < 0 {
		return ""
	}
	words := fmt.Sprintf("%s %s", rules.InWords(signed[at].On), signed[at].By)
	if signed[at].Edition != set.Edition {
		return words + " が承認したのは別の版 " + shortEdition(signed[at].Edition)
	}
	return words + " 承認"
}

// Sheet makes the whole rule set as a PDF, to be looked at and signed.
func (r *Rulebook) Sheet(id string) (PrintedView, error) {
	a, err := r.office.now()
	if err != nil {
		return PrintedView{}, err
	}
	if len(id) > mostText {
		return PrintedView{}, fmt.Errorf("%w: too long", errBadAnswer)
	}
	if rules.HasIndividualNumber(id) {
		return PrintedView{}, errIndividualNumber
	}
	made, err := a.PrintRuleSheet(rules.MunicipalityID(id), "")
	if err != nil {
		return PrintedView{}, err
	}
	sheet := paper{path: made.Path, form: "sheet", title: "判定表の確認書", pages: made.Pages, job: counter.PrintJob{Path: made.Path, Title: "判定表の確認書"}}
	return PrintedView{Title: sheet.title, Path: made.Path, Pages: made.Pages, ID: r.office.prints.add(sheet),
		Print: PrintView{State: "none", Title: sheet.title + "を作りました", Action: "画面で確かめて、印刷・署名してください"}}, nil
}

// Differences tells how a second rule set differs from a first, and which worked
// examples and open cases would be decided differently.
func (r *Rulebook) Differences(before, after string) (RuleChangesView, error) {
	a, err := r.office.now()
	if err != nil {
		return RuleChangesView{}, err
	}
	if !knownSet(a, before) || !knownSet(a, after) {
		return RuleChangesView{}, fmt.Errorf("%w: rule set", errBadAnswer)
	}
	d, err := a.DiffRules(r.office.context(), before, after)
	if err != nil {
		return RuleChangesView{}, err
	}
	first, err := a.Rules(rules.MunicipalityID(before))
	if err != nil {
		return RuleChangesView{}, err
	}
	second, err := a.Rules(rules.MunicipalityID(after))
	if err != nil {
		return RuleChangesView{}, err
	}
	v := RuleChangesView{Tables: make([]RuleChangeView, 0, len(d.Tables)), Examples: changedNames(d.Examples), Cases: changedNames(d.OpenCases)}
	for _, t := range d.Tables {
		v.Tables = append(v.Tables, RuleChangeView{Title: t.Title, BeforeColumns: columnsOf(first, t.File), Before: ruleRows(t.Before),
			AfterColumns: columnsOf(second, t.File), After: ruleRows(t.After)})
	}
	return v, nil
}

// columnsOf are the columns of a set's table, in words.
func columnsOf(set *rules.Set, file string) []string {
	for _, t := range set.Sheet() {
		if t.File == file {
			return t.Columns
		}
	}
	return []string{}
}

// knownSet keeps the window from naming a folder of this PC.
func knownSet(a decider, id string) bool {
	return slices.ContainsFunc(a.RuleSets(), func(s counter.RuleSet) bool { return string(s.ID) == id })
}

func changedNames(list []rules.Change) []string {
	names := make([]string, 0, len(list))
	for _, c := range list {
		names = append(names, c.Name)
	}
	return names
}

func ruleRows(rows []rules.SheetRow) []RuleRowView {
	views := make([]RuleRowView, 0, len(rows))
	for _, row := range rows {
		views = append(views, RuleRowView{ID: row.ID, Cells: append([]string{}, row.Cells...), Basis: row.Basis, Sources: row.Sources})
	}
	return views
}

// Approve records that the operator signed the sheet of a rule set as its tables
// are now: edition is what stands on the sheet. It is for supervisors.
func (r *Rulebook) Approve(id, edition string) ([]RuleSetView, error) {
	a, err := r.office.now()
	if err != nil {
		return nil, err
	}
	if err := a.May(counter.TaskApprove); err != nil {
		return nil, err
	}
	operator := strings.TrimSpace(a.Settings().Operator)
	at := slices.IndexFunc(a.RuleSets(), func(s counter.RuleSet) bool { return string(s.ID) == id && s.Faults == 0 })
	switch {
	case at < 0 || shortEdition(a.RuleSets()[at].Edition) != edition:
		return nil, fmt.Errorf("%w: edition", errBadAnswer)
	case operator == "":
		return nil, errNoOperator
	}
	if _, err := a.ApproveRules(rules.MunicipalityID(id), operator); err != nil {
		return nil, err
	}
	return r.Sets()
}
