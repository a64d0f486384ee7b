package history

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"madoguchi/rules"
)

// Period is how long a line of the counts is.
type Period string

// The periods.
const (
	PerDay   Period = "day"
	PerMonth Period = "month"
)

// Count is one line of the counts: how many cases of a kind were opened in a
// period, and how long they took. No person is in it.
type Count struct {
	Period       string               `json:"period"` // 2026-11-24 or 2026-11
	Municipality rules.MunicipalityID `json:"municipality"`
	Procedure    string               `json:"procedure"` // several are joined with +
	Outcome      string               `json:"outcome"`   // of the last plan
	State        State                `json:"state"`
	Cases        int                  `json:"cases"`
	// Minutes is the median from opening to closing of the cases closed on the
	// day they were opened: how long the visitor waited in all. -1 when none was.
	Minutes int `json:"minutes"`
	// Days is the median from opening to the second visit. -1 when there was none.
	Days int `json:"days"`
}

// countHeader names the columns of the CSV.
var countHeader = []string{"period", "municipality", "procedure", "outcome", "state", "cases", "medianMinutes", "medianDaysToSecondVisit"}

// Stats counts the cases opened in a period, by day or month, municipality,
// procedure, outcome and state.
func (s *Store) Stats(ctx context.Context, from, until rules.Date, per Period) ([]Count, error) {
	width := len("2026-11-24")
	if per == PerMonth {
		width = len("2026-11")
	}
	where, args := s.conditions(Query{From: from, Until: until}, `1`)
	rows, err := s.reader.QueryContext(ctx, `SELECT substr(first_seen_on, 1, ?), municipality, procedure, outcome, state, opened_at, second_at, closed_at FROM cases WHERE `+where,
		append([]any{width}, args...)...)
	if err != nil {
		return nil, fault(s.o.Path, fmt.Errorf("counting: %w", err))
	}
	defer func() { _ = rows.Close() }() // rows.Err has said what went wrong
	groups := map[Count]*durations{}
	for rows.Next() {
		var k Count
		var opened, second, closed string
		if err := rows.Scan(&k.Period, &k.Municipality, &k.Procedure, &k.Outcome, &k.State, &opened, &second, &closed); err != nil {
			return nil, fault(s.o.Path, fmt.Errorf("counting: %w", err))
		}
		if groups[k] == nil {
			groups[k] = new(durations)
		}
		groups[k].add(opened, second, closed)
	}
	if err := rows.Err(); err != nil {
		return nil, fault(s.o.Path, fmt.Errorf("counting: %w", err))
	}
	return countsOf(groups), nil
}

// durations gathers how long the cases of one line took.
type durations struct {
	cases   int
	minutes []int
	days    []int
}

func (d *durations) add(opened, second, closed string) {
	d.cases++
	from, err := time.Parse(time.RFC3339, opened)
	if err != nil {
		return
	}
	if to, err := time.Parse(time.RFC3339, closed); err == nil && dayOf(from) == dayOf(to) {
		d.minutes = append(d.minutes, int(to.Sub(from).Minutes()))
	}
	if to, err := time.Parse(time.RFC3339, second); err == nil {
		d.days = append(d.days, int(dayOf(to)-dayOf(from)))
	}
}

func countsOf(groups map[Count]*durations) []Count {
	counts := make([]Count, 0, len(groups))
	for k, d := range groups {
		k.Procedure = strings.ReplaceAll(k.Procedure, ",", "+")
		k.Cases, k.Minutes, k.Days = d.cases, median(d.minutes), median(d.days)
		counts = append(counts, k)
	}
	slices.SortFunc(counts, func(a, b Count) int {
		return strings.Compare(fmt.Sprint(a.Period, a.Municipality, a.Procedure, a.Outcome, a.State), fmt.Sprint(b.Period, b.Municipality, b.Procedure, b.Outcome, b.State))
	})
	return counts
}

// median of nothing is -1.
func median(n []int) int {
	if len(n) == 0 {
		return -1
	}
	slices.Sort(n)
	return n[len(n)/2]
}

// WriteCounts writes counts as CSV with a header; a time that was not measured
// is an empty cell.
func WriteCounts(w io.Writer, counts []Count) error {
	out := csv.NewWriter(w)
	if err := out.Write(countHeader); err != nil {
		return fmt.Errorf("writing counts: %w", err)
	}
	for _, c := range counts {
		line := []string{c.Period, string(c.Municipality), c.Procedure, c.Outcome, string(c.State), fmt.Sprint(c.Cases), measured(c.Minutes), measured(c.Days)}
		if err := out.Write(line); err != nil {
			return fmt.Errorf("writing counts: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}

func measured(n int) string {
	if n < 0 {
		return ""
	}
	return fmt.Sprint(n)
}
