package history

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
)

// eventRow is a row of the table events.
type eventRow struct {
	seq      int64
	uid      []byte
	caseID   int64
	number   string
	kind     EventKind
	at       string
	operator string
	program  string
	edition  string
	state    State
	detail   string
	told     int64
	toldMAC  []byte
	origin   []byte
	chainKey uint32
	mac      []byte
}

const eventColumns = `seq, uid, case_id, number, kind, at, operator, program, edition, state, detail, told, told_mac, origin, chain_key, mac`

func (e *eventRow) values() []any {
	return []any{e.seq, e.uid, e.caseID, e.number, e.kind, e.at, e.operator, e.program, e.edition, e.state, e.detail, e.told, e.toldMAC, e.origin, e.chainKey, e.mac}
}

func (e *eventRow) scan(row interface{ Scan(...any) error }) error {
	return row.Scan(&e.seq, &e.uid, &e.caseID, &e.number, &e.kind, &e.at, &e.operator, &e.program, &e.edition, &e.state, &e.detail, &e.told, &e.toldMAC, &e.origin, &e.chainKey, &e.mac)
}

// link works out the event's place in the chain, after the mac of the event before.
func (e *eventRow) link(v *vault, before []byte) ([]byte, error) {
	return v.linkMAC(e.chainKey, []byte("event"), v.id, before, num(e.seq), e.uid, num(e.caseID), []byte(e.number), []byte(e.kind),
		[]byte(e.at), []byte(e.operator), []byte(e.program), []byte(e.edition), []byte(e.state), []byte(e.detail),
		num(e.told), e.toldMAC, e.origin)
}

func num(n int64) []byte { return strconv.AppendInt(nil, n, 10) }

// change is one transaction: everything that one action writes, and its events.
type change struct {
	s     *Store
	tx    *sql.Tx
	ctx   context.Context
	now   string
	last  headMark // where the chain ends so far
	mac   []byte
	count int

	deferred *[][2]int64 // building many cases at once: tokens to be written later, sorted
}

// change runs an action in one transaction; what it returns without error is on
// the disk when change returns.
func (s *Store) change(ctx context.Context, action func(*change) error) error {
	if s.writer == nil {
		return &Fault{Code: FaultReadOnly, Where: s.o.Path, Err: errors.New("opened to look only")}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.prepare(ctx); err != nil {
		return fault(s.o.Path, err)
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fault(s.o.Path, fmt.Errorf("beginning: %w", err))
	}
	c := &change{s: s, tx: tx, ctx: ctx, now: s.now(), last: s.given}
	err = c.findEnd()
	if err == nil {
		err = action(c)
	}
	if err != nil {
		_ = tx.Rollback() // the error that matters is the action's
		return fault(s.o.Path, err)
	}
	if err := tx.Commit(); err != nil {
		return fault(s.o.Path, fmt.Errorf("committing: %w", err))
	}
	if c.count > 0 {
		// The action is done and safe whatever becomes of the head, which may lag
		// behind: a fault here must not look like an action that failed.
		s.given = c.last
		s.headErr = s.head.write(s.vault, c.last)
	}
	return nil
}

// exec runs one of the statements that are prepared for as long as the store is open.
func (c *change) exec(statement string, args ...any) error {
	_, err := c.tx.StmtContext(c.ctx, c.s.prepared[statement]).ExecContext(c.ctx, args...)
	return err
}

// ask asks for one row with one of the prepared statements.
func (c *change) ask(statement string, args ...any) *sql.Row {
	return c.tx.StmtContext(c.ctx, c.s.prepared[statement]).QueryRowContext(c.ctx, args...)
}

// prepare prepares the statements of every change. Within a change it would be
// too late: the change has the only connection that writes.
func (s *Store) prepare(ctx context.Context) error {
	if s.prepared != nil {
		return nil
	}
	prepared := map[string]*sql.Stmt{}
	for _, statement := range []string{insertRow, updateRow, insertTold, insertEvent, selectLast, selectNextID, selectNumber, giveSerial, insertTokens(1), insertTokens(tokenChunk)} {
		p, err := s.writer.PrepareContext(ctx, statement)
		if err != nil {
			return fmt.Errorf("preparing: %w", err)
		}
		prepared[statement] = p
	}
	s.prepared = prepared
	return nil
}

const selectLast = `SELECT seq, mac FROM events ORDER BY seq DESC LIMIT 1`

// findEnd reads where the chain ends.
func (c *change) findEnd() error {
	c.last.Seq = 0
	err := c.ask(selectLast).Scan(&c.last.Seq, &c.mac)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("reading the last event: %w", err)
	}
	return nil
}

// nextSeq is the number that the next event will have.
func (c *change) nextSeq() int64 { return c.last.Seq + 1 }

const insertEvent = `INSERT INTO events (` + eventColumns + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// append adds an event to the chain. Time, operator and program are filled in
// unless the event was brought from another history.
func (c *change) append(e eventRow) error {
	v := c.s.vault
	e.seq = c.nextSeq()
	if e.origin == nil {
		e.uid = randomBytes(16)
		e.at, e.operator, e.program = c.now, c.s.o.Operator().ID, c.s.o.Program
	}
	e.chainKey = v.link.PrimaryID
	mac, err := e.link(v, c.mac)
	if err != nil {
		return err
	}
	e.mac = mac
	if err := c.exec(insertEvent, e.values()...); err != nil {
		return fmt.Errorf("writing event: %w", err)
	}
	c.last.Seq, c.last.MAC, c.last.ChainKey = e.seq, hex.EncodeToString(mac), e.chainKey
	c.mac = mac
	c.count++
	return nil
}

// openHead compares the end of the chain with the head kept outside. When the
// chain ends earlier, or elsewhere, the head is put aside as evidence and an
// alarm joins the chain, to stay there.
func (s *Store) openHead(ctx context.Context) error {
	s.head = &headFile{path: headPath(s.o.Path)}
	if err := s.settleRestore(ctx); err != nil {
		return err
	}
	mark, _, err := s.head.read(s.vault)
	if err != nil {
		return err
	}
	s.given = headMark{Office: mark.Office, FiscalYear: mark.FiscalYear, Serial: mark.Serial}
	trouble, err := s.headTrouble(ctx, s.writer)
	if err != nil {
		return err
	}
	if trouble == "" {
		return s.head.lay(s.vault)
	}
	if err := s.head.putAside(s.o.Clock()); err != nil {
		return err
	}
	if err := s.head.lay(s.vault); err != nil {
		return err
	}
	return s.change(ctx, func(c *change) error {
		return c.append(eventRow{kind: EventAlarm, detail: trouble})
	})
}

// headTrouble says, in closed words, how the chain and its head disagree.
func (s *Store) headTrouble(ctx context.Context, db *sql.DB) (string, error) {
	mark, ok, err := s.head.read(s.vault)
	if err != nil {
		return "", err
	}
	var last int64
	if err := db.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM events`).Scan(&last); err != nil {
		return "", fmt.Errorf("reading the last event: %w", err)
	}
	switch {
	case !ok && last == 0:
		return "", nil // new
	case !ok:
		return fmt.Sprintf("head-missing last=%d", last), nil
	case mark.Seq > last:
		return fmt.Sprintf("events-cut-off after=%d head=%d", last, mark.Seq), nil
	}
	var mac []byte
	if err := db.QueryRowContext(ctx, `SELECT mac FROM events WHERE seq = ?`, mark.Seq).Scan(&mac); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("reading the event of the head: %w", err)
	}
	if hex.EncodeToString(mac) != mark.MAC {
		return fmt.Sprintf("head-differs at=%d", mark.Seq), nil
	}
	return "", nil
}
