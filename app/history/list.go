package history

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"madoguchi/rules"
)

// ListName names a list a clerk needs.
type ListName string

// The lists.
const (
	AllCases    ListName = ""
	TodaysCases ListName = "today"     // opened or moved today
	DueToday    ListName = "due-today" // the reply is accepted until today
	Overdue     ListName = "overdue"   // the day for the reply is past
	Due         ListName = "due"       // due today and overdue
	DueSoon     ListName = "due-soon"  // due within a week, and overdue
	Unmailed    ListName = "unmailed"  // a letter was made and not mailed; those of earlier days first
	Returned    ListName = "returned"  // letters that came back
	OpenCases   ListName = "open"
)

// lists are the conditions; :today, :tomorrow and :week are filled in.
var lists = map[ListName]struct{ where, order string }{
	AllCases:    {`1`, `id DESC`},
	TodaysCases: {`changed_at >= :today AND changed_at < :tomorrow`, `id DESC`},
	DueToday:    {`reply_by <> '' AND reply_by = :today AND closed_on = ''`, `reply_by, id`},
	Overdue:     {`reply_by <> '' AND reply_by < :today AND closed_on = ''`, `reply_by, id`},
	Due:         {`reply_by <> '' AND reply_by <= :today AND closed_on = ''`, `reply_by, id`},
	DueSoon:     {`reply_by <> '' AND reply_by <= :week AND closed_on = ''`, `reply_by, id`},
	Unmailed:    {`state = 'letter-made'`, `letter_made_on, id`},
	Returned:    {`state = 'returned-undelivered'`, `changed_at, id`},
	OpenCases:   {`closed_on = ''`, `id DESC`},
}

// Valid reports whether there is such a list.
func (n ListName) Valid() bool {
	_, ok := lists[n]
	return ok
}

// DefaultLimit is how many lines a list has where nothing is said.
const DefaultLimit = 50

// Query asks for a list or a search. Its parts all hold together.
type Query struct {
	List  ListName   `json:"list,omitempty"`
	State State      `json:"state,omitempty"`
	From  rules.Date `json:"from,omitzero"` // opened on or after
	Until rules.Date `json:"until,omitzero"`
	Text  string     `json:"text,omitempty"`  // case number, letter code, date of birth, or a fragment of a name
	Names bool       `json:"names,omitempty"` // with the holder's name
	Limit int        `json:"limit,omitempty"` // 0 stands for DefaultLimit, -1 for all
}

// Find answers the cases that a query asks for, newest first unless the list
// has an order of its own.
func (s *Store) Find(ctx context.Context, q Query) ([]Summary, error) {
	found, err := s.find(ctx, q)
	return found, fault(s.o.Path, err)
}

func (s *Store) find(ctx context.Context, q Query) ([]Summary, error) {
	list, ok := lists[q.List]
	if !ok {
		return nil, &Fault{Code: FaultOptions, Where: s.o.Path, Err: fmt.Errorf("%q is not a list", q.List)}
	}
	where, args := s.conditions(q, list.where)
	sum := []Summary{}
	keep := func(r *row) (bool, error) {
		line := r.summary()
		if q.Names && r.purgedOn == "" {
			t, err := readPeople(ctx, s.vault, s.reader, r.told)
			if err != nil {
				return false, &Fault{Code: FaultTampered, Where: s.o.Path, Err: err}
			}
			if t.holder != nil {
				line.HolderName = t.holder.Name
			}
		}
		sum = append(sum, line)
		return q.Limit < 0 || len(sum) < limitOf(q), nil
	}
	if strings.TrimSpace(q.Text) != "" {
		err := s.search(ctx, q.Text, where, args, keep)
		return sum, err
	}
	statement := `SELECT ` + rowColumns + ` FROM cases WHERE ` + where + ` ORDER BY ` + list.order
	if q.Limit >= 0 {
		statement += fmt.Sprintf(` LIMIT %d`, limitOf(q))
	}
	err := s.eachRow(ctx, statement, args, keep)
	return sum, err
}

func limitOf(q Query) int {
	if q.Limit == 0 {
		return DefaultLimit
	}
	return q.Limit
}

// conditions writes the parts of a query other than its text.
func (s *Store) conditions(q Query, list string) (string, []any) {
	today := s.today()
	parts, args := []string{}, []any{}
	for _, filled := range []struct {
		name string
		day  rules.Date
	}{{":today", today}, {":tomorrow", today + 1}, {":week", today + 7}} {
		if strings.Contains(list, filled.name) {
			list = strings.Replace(list, filled.name, "?", 1)
			args = append(args, filled.day.String())
		}
	}
	parts = append(parts, list)
	add := func(condition string, value any) {
		parts, args = append(parts, condition), append(args, value)
	}
	if q.State != "" {
		add(`state = ?`, q.State)
	}
	if !q.From.IsZero() {
		add(`first_seen_on >= ?`, q.From.String())
	}
	if !q.Until.IsZero() {
		add(`first_seen_on <= ?`, q.Until.String())
	}
	return strings.Join(parts, " AND "), args
}

// eachRow hands rows over until it is told to stop.
func (s *Store) eachRow(ctx context.Context, statement string, args []any, keep func(*row) (bool, error)) error {
	rows, err := s.reader.QueryContext(ctx, statement, args...)
	if err != nil {
		return fmt.Errorf("reading cases: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err has said what went wrong
	for rows.Next() {
		r := new(row)
		if err := r.scan(rows); err != nil {
			return fmt.Errorf("reading case: %w", err)
		}
		if more, err := keep(r); err != nil || !more {
			return err
		}
	}
	return rows.Err()
}

// Counts are the numbers that stand on the screen.
type Counts struct {
	People   int64 `json:"people"` // persons held; one who is in two cases counts twice
	Open     int64 `json:"open"`
	DueToday int64 `json:"dueToday"`
	Overdue  int64 `json:"overdue"`
	Unmailed int64 `json:"unmailed"`
	Returned int64 `json:"returned"`
}

// Counts answers the numbers that stand on the screen.
func (s *Store) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	today := s.today().String()
	err := s.reader.QueryRowContext(ctx, `SELECT
		(SELECT coalesce(sum(people), 0) FROM totals),
		(SELECT coalesce(sum(open), 0) FROM totals),
		(SELECT count(*) FROM cases WHERE reply_by <> '' AND reply_by = ?1 AND closed_on = ''),
		(SELECT count(*) FROM cases WHERE reply_by <> '' AND reply_by < ?1 AND closed_on = ''),
		(SELECT count(*) FROM cases WHERE state = 'letter-made'),
		(SELECT count(*) FROM cases WHERE state = 'returned-undelivered')`, today).
		Scan(&c.People, &c.Open, &c.DueToday, &c.Overdue, &c.Unmailed, &c.Returned)
	if err != nil {
		return c, fault(s.o.Path, fmt.Errorf("counting: %w", err))
	}
	return c, nil
}

// stateNamed reads a state's word or its Japanese label.
func stateNamed(text string) (State, bool) {
	i := slices.IndexFunc(States(), func(s State) bool { return string(s) == text || StateLabel(s) == text })
	if i < 0 {
		return "", false
	}
	return States()[i], true
}
