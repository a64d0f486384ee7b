package app

import (
	"fmt"

	"madoguchi/app/counter"
	"madoguchi/app/history"
)

// PurgeView is what a purge would do today, or has done.
type PurgeView struct {
	Days    int            `json:"days"`    // how long persons are kept after their case closed
	Held    int            `json:"held"`    // persons held now
	People  int            `json:"people"`  // persons that go
	Due     []CaseLineView `json:"due"`     // cases whose persons go
	Stale   []CaseLineView `json:"stale"`   // open cases in which nothing happened for as long
	Allowed bool           `json:"allowed"` // the operator's role may purge
	Words   string         `json:"words"`   // what was done; empty for a preview
}

// Retention is how long persons are kept, and how they go.
type Retention struct{ office *office }

// Preview answers what a purge would do today. Everybody may look.
func (r *Retention) Preview() (PurgeView, error) {
	a, err := r.office.now()
	if err != nil {
		return PurgeView{}, err
	}
	found, err := a.PurgePreview(r.office.context())
	if err != nil {
		return PurgeView{}, err
	}
	return r.view(a, found)
}

// Purge removes the persons whose day has come; the events stay. It is for
// supervisors and administrators.
func (r *Retention) Purge() (PurgeView, error) {
	a, err := r.office.now()
	if err != nil {
		return PurgeView{}, err
	}
	if err := a.May(counter.TaskPurge); err != nil {
		return PurgeView{}, err
	}
	done, err := a.PurgeCases(r.office.context())
	if err != nil {
		return PurgeView{}, err
	}
	left, err := r.Preview()
	left.Words = fmt.Sprintf("%d件の受付から %d人分の情報を消しました。古いバックアップを%d個消しました", len(done.Due), done.People, done.Backups)
	return left, err
}

func (r *Retention) view(a actions, found history.Purge) (PurgeView, error) {
	counts, err := a.CaseCounts(r.office.context())
	if err != nil {
		return PurgeView{}, err
	}
	v := PurgeView{Days: a.Settings().RetentionDays, Held: int(counts.People), People: int(found.People),
		Due: []CaseLineView{}, Stale: []CaseLineView{}, Allowed: a.May(counter.TaskPurge) == nil}
	for _, s := range found.Due {
		v.Due = append(v.Due, caseLineView(counter.CaseLineOf(s), a.Today()))
	}
	for _, s := range found.Stale {
		v.Stale = append(v.Stale, caseLineView(counter.CaseLineOf(s), a.Today()))
	}
	return v, nil
}
