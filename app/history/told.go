package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

// toldRow is what was asked and told, opened.
type toldRow struct {
	id        int64
	situation []byte
	plan      []byte
	holder    *Person
	agent     *Person
	memo      string
}

// parts are the sealed columns of the table told, in their order.
func (t *toldRow) parts() ([][]byte, error) {
	parts := [][]byte{t.situation, t.plan, nil, nil, []byte(t.memo)}
	for i, p := range []*Person{t.holder, t.agent} {
		if p == nil {
			continue
		}
		raw, err := json.Marshal(p)
		if err != nil {
			return nil, fmt.Errorf("writing person: %w", err)
		}
		parts[2+i] = raw
	}
	return parts, nil
}

var toldColumns = []string{"situation", "plan", "holder", "agent", "memo"}

// with lays changes over what was told before.
func (t toldRow) with(n Told) toldRow {
	if len(n.Situation) > 0 {
		t.situation = n.Situation
	}
	if len(n.Plan) > 0 {
		t.plan = n.Plan
	}
	if n.Holder != nil {
		t.holder = n.Holder
	}
	if n.Agent != nil {
		t.agent = n.Agent
	}
	if n.Memo != nil {
		t.memo = *n.Memo
	}
	return t
}

func (n Told) empty() bool {
	return len(n.Situation) == 0 && len(n.Plan) == 0 && n.Holder == nil && n.Agent == nil && n.Memo == nil
}

// people counts the persons named.
func (t *toldRow) people() int64 {
	n := int64(0)
	for _, p := range []*Person{t.holder, t.agent} {
		if p != nil && p.Name != "" {
			n++
		}
	}
	return n
}

// commit authenticates what was told in a way that can be kept when it is gone:
// the salt goes with it.
func commitTold(v *vault, keyID uint32, id int64, salt []byte, parts [][]byte) ([]byte, error) {
	return v.linkMAC(keyID, append([][]byte{[]byte("told"), v.id, num(id), salt}, parts...)...)
}

const insertTold = `INSERT INTO told (id, case_id, salt, situation, plan, holder, agent, memo) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`

// writeTold seals and writes what was told with the next event, and returns the
// event's commitment to it.
func (c *change) writeTold(caseID int64, t *toldRow) ([]byte, error) {
	t.id = c.nextSeq()
	parts, err := t.parts()
	if err != nil {
		return nil, err
	}
	salt := randomBytes(16)
	args := []any{t.id, caseID, salt}
	for i, column := range toldColumns {
		sealed, err := c.s.vault.seal(column, t.id, parts[i])
		if err != nil {
			return nil, err
		}
		args = append(args, sealed)
	}
	if err := c.exec(insertTold, args...); err != nil {
		return nil, fmt.Errorf("writing what was told: %w", err)
	}
	return commitTold(c.s.vault, 0, t.id, salt, parts)
}

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

const selectTold = `SELECT id, salt, situation, plan, holder, agent, memo FROM told`

// scanTold opens a row of the table told; it also returns the salt and the parts.
func scanTold(v *vault, from interface{ Scan(...any) error }) (t toldRow, salt []byte, parts [][]byte, err error) {
	sealed := make([][]byte, len(toldColumns))
	if err := from.Scan(&t.id, &salt, &sealed[0], &sealed[1], &sealed[2], &sealed[3], &sealed[4]); err != nil {
		return t, nil, nil, fmt.Errorf("reading what was told: %w", err)
	}
	parts = make([][]byte, len(toldColumns))
	for i, column := range toldColumns {
		if parts[i], err = v.open(column, t.id, sealed[i]); err != nil {
			return t, nil, nil, err
		}
	}
	t.situation, t.plan, t.memo = parts[0], parts[1], string(parts[4])
	if t.holder, err = openPerson(parts[2]); err == nil {
		t.agent, err = openPerson(parts[3])
	}
	return t, salt, parts, err
}

func openPerson(raw []byte) (*Person, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	p := new(Person)
	if err := json.Unmarshal(raw, p); err != nil {
		return nil, fmt.Errorf("reading person: %w", err)
	}
	return p, nil
}

// readPeople reads the persons alone.
func readPeople(ctx context.Context, v *vault, q querier, id int64) (toldRow, error) {
	t := toldRow{id: id}
	var holder, agent []byte
	if err := q.QueryRowContext(ctx, `SELECT holder, agent FROM told WHERE id = ?`, id).Scan(&holder, &agent); err != nil {
		return t, fmt.Errorf("reading persons: %w", err)
	}
	for _, p := range []struct {
		column string
		sealed []byte
		to     **Person
	}{{"holder", holder, &t.holder}, {"agent", agent, &t.agent}} {
		raw, err := v.open(p.column, id, p.sealed)
		if err != nil {
			return t, err
		}
		if *p.to, err = openPerson(raw); err != nil {
			return t, err
		}
	}
	return t, nil
}

// readTold reads one row of what was told.
func readTold(ctx context.Context, v *vault, q querier, id int64) (toldRow, error) {
	t, _, _, err := scanTold(v, q.QueryRowContext(ctx, selectTold+` WHERE id = ?`, id))
	return t, err
}
