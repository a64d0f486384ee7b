package history

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strings"
)

// verifier gathers what one pass needs for the next.
type verifier struct {
	v      *vault
	tx     *sql.Tx
	report Report
	mark   headMark

	open     int64
	lastSeq  int64
	markMAC  []byte // of the event that the head marks
	byCase   map[int64]caseTrail
	promised map[int64]promise // told row → what its event committed to
	tokenOf  map[int64]tokenSum
	numbers  map[int64]string
	alarms   []string
}

// caseTrail is what the events say of a case.
type caseTrail struct {
	last   int64
	told   int64
	purged bool
	number string
	state  State
}

type promise struct {
	mac    []byte
	key    uint32
	caseID int64
}

func (w *verifier) found(what, where string) {
	if len(w.report.Findings) < mostFindings {
		w.report.Findings = append(w.report.Findings, Finding{What: what, Where: where})
	}
}

// structure asks SQLite whether pages, indexes and constraints are whole.
func (w *verifier) structure(ctx context.Context) error {
	rows, err := w.tx.QueryContext(ctx, `PRAGMA integrity_check(20)`)
	if err != nil {
		if codeOf(err) == FaultDamaged {
			w.found(FoundDamage, "file")
			return nil
		}
		return fmt.Errorf("checking structure: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err has said what went wrong
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return fmt.Errorf("checking structure: %w", err)
		}
		if line != "ok" {
			w.found(FoundDamage, "file: "+firstLine(line))
		}
	}
	if err := rows.Err(); err != nil && codeOf(err) != FaultDamaged {
		return fmt.Errorf("checking structure: %w", err)
	} else if err != nil {
		w.found(FoundDamage, "file")
	}
	return nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimPrefix(s, "*** in database main ***\n"), "\n")
	return line
}

// chain walks through the events in order. Each mac covers the mac before, so a
// changed event is found where it stands, and the walk goes on from what is
// stored.
func (w *verifier) chain(ctx context.Context) error {
	w.byCase, w.promised = map[int64]caseTrail{}, map[int64]promise{}
	rows, err := w.tx.QueryContext(ctx, `SELECT `+eventColumns+` FROM events ORDER BY seq`)
	if err != nil {
		return fmt.Errorf("reading events: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err has said what went wrong
	var before []byte
	for rows.Next() {
		var e eventRow
		if err := e.scan(rows); err != nil {
			return fmt.Errorf("reading event: %w", err)
		}
		w.report.Events++
		if gap := e.seq - w.lastSeq; gap > 1 {
			w.found(FoundDeleted, between("event", w.lastSeq+1, e.seq-1))
			before = nil // its mac is gone: the next event cannot be judged by it
		}
		if gap := e.seq - w.lastSeq; gap == 1 {
			mac, err := e.link(w.v, before)
			if err != nil || !bytes.Equal(mac, e.mac) {
				w.found(FoundEdited, fmt.Sprintf("event %d", e.seq))
			}
		}
		w.lastSeq, before = e.seq, e.mac
		w.follow(&e)
	}
	return rows.Err()
}

func between(what string, first, last int64) string {
	if first == last {
		return fmt.Sprintf("%s %d", what, first)
	}
	return fmt.Sprintf("%s %d-%d", what, first, last)
}

// follow keeps what later passes compare with.
func (w *verifier) follow(e *eventRow) {
	if e.seq == w.mark.Seq {
		w.markMAC = e.mac
	}
	if e.told == e.seq {
		w.promised[e.told] = promise{mac: e.toldMAC, key: e.chainKey, caseID: e.caseID}
	}
	switch e.kind {
	case EventAlarm:
		w.alarms = append(w.alarms, fmt.Sprintf("event %d: %s", e.seq, e.detail))
	case EventAlarmSeen:
		w.alarms = nil
	}
	if e.caseID == 0 {
		return
	}
	trail := w.byCase[e.caseID]
	trail.last, trail.told, trail.number, trail.state = e.seq, e.told, e.number, e.state
	trail.purged = trail.purged || e.kind == EventPurged
	w.byCase[e.caseID] = trail
}

// rows compares each case with its mac and with its last event.
func (w *verifier) rows(ctx context.Context) error {
	w.numbers = make(map[int64]string, len(w.byCase))
	rows, err := w.tx.QueryContext(ctx, `SELECT `+rowColumns+` FROM cases`)
	if err != nil {
		return fmt.Errorf("reading cases: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err has said what went wrong
	for rows.Next() {
		var r row
		if err := r.scan(rows); err != nil {
			return fmt.Errorf("reading case: %w", err)
		}
		w.report.Cases++
		w.report.People += r.people // none after the purge
		if r.closedOn == "" {
			w.open++
		}
		w.numbers[r.id] = string(r.number)
		where := "case " + string(r.number)
		trail, ok := w.byCase[r.id]
		mac, err := r.authenticate(w.v)
		switch {
		case !ok:
			w.found(FoundInserted, where)
		case err != nil || !bytes.Equal(mac, r.mac), r.lastEvent != trail.last, r.told != trail.told,
			string(r.number) != trail.number, r.state != trail.state, (r.purgedOn != "") != trail.purged:
			w.found(FoundEdited, where)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	var people, open int64
	if err := w.tx.QueryRowContext(ctx, `SELECT coalesce(sum(people), 0), coalesce(sum(open), 0) FROM totals`).Scan(&people, &open); err != nil {
		return fmt.Errorf("reading totals: %w", err)
	}
	if people != w.report.People || open != w.open {
		w.found(FoundEdited, "totals")
	}
	for id, trail := range w.byCase {
		if _, ok := w.numbers[id]; !ok {
			w.found(FoundDeleted, "case "+trail.number)
		}
	}
	return nil
}

// told opens every seal and compares it with what its event committed to.
func (w *verifier) told(ctx context.Context) error {
	rows, err := w.tx.QueryContext(ctx, selectTold+` ORDER BY id`)
	if err != nil {
		return fmt.Errorf("reading what was told: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err has said what went wrong
	w.tokenOf = map[int64]tokenSum{}
	for rows.Next() {
		t, salt, parts, err := scanTold(w.v, rows)
		p, ok := w.promised[t.id]
		where := "case " + w.numbers[p.caseID]
		switch {
		case codeOf(err) == FaultDamaged:
			return err
		case !ok:
			w.found(FoundInserted, fmt.Sprintf("told %d", t.id))
			continue
		case err != nil:
			w.found(FoundUnsealed, where)
		default:
			mac, err := commitTold(w.v, p.key, t.id, salt, parts)
			if err != nil || !bytes.Equal(mac, p.mac) {
				w.found(FoundEdited, where)
			}
		}
		delete(w.promised, t.id)
		if w.byCase[p.caseID].told == t.id && err == nil {
			tokens, err := w.v.tokensOf(&t)
			if err != nil {
				return err
			}
			w.tokenOf[p.caseID] = sumTokens(tokens)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, p := range w.promised {
		if !w.byCase[p.caseID].purged {
			w.found(FoundDeleted, "case "+w.numbers[p.caseID])
		}
	}
	return nil
}

// tokens compares the index with what it should hold.
func (w *verifier) tokens(ctx context.Context) error {
	rows, err := w.tx.QueryContext(ctx, `SELECT token, case_id FROM tokens`)
	if err != nil {
		return fmt.Errorf("reading search tokens: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err has said what went wrong
	stored := map[int64]tokenSum{}
	for rows.Next() {
		var token, caseID int64
		if err := rows.Scan(&token, &caseID); err != nil {
			return fmt.Errorf("reading search token: %w", err)
		}
		stored[caseID] = stored[caseID].add(token)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for caseID, sum := range stored {
		if w.tokenOf[caseID] != sum {
			w.found(FoundTokens, "case "+w.numbers[caseID])
		}
	}
	for caseID, sum := range w.tokenOf {
		if _, ok := stored[caseID]; !ok && sum.n > 0 {
			w.found(FoundTokens, "case "+w.numbers[caseID])
		}
	}
	return nil
}

// tokenSum stands for a set of tokens without holding it: a million sets at once
// would not fit.
type tokenSum struct {
	n   int
	sum uint64
}

// add mixes a token in, in any order (the finalizer of SplitMix64).
func (t tokenSum) add(token int64) tokenSum {
	x := uint64(token) + 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return tokenSum{t.n + 1, t.sum + (x ^ x>>31)}
}

func sumTokens(tokens []int64) tokenSum {
	var t tokenSum
	for _, token := range tokens {
		t = t.add(token)
	}
	return t
}

// serials makes sure that no number given out can be given out again.
func (w *verifier) serials(ctx context.Context) error {
	rows, err := w.tx.QueryContext(ctx, `SELECT office, fiscal_year, last FROM serial`)
	if err != nil {
		return fmt.Errorf("reading serials: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err has said what went wrong
	last := map[string]int64{}
	for rows.Next() {
		var office string
		var year int
		var n int64
		if err := rows.Scan(&office, &year, &n); err != nil {
			return fmt.Errorf("reading serials: %w", err)
		}
		last[fmt.Sprintf("%s%02d", office, year%100)] = n
	}
	for _, number := range w.numbers {
		m := numberShape.FindStringSubmatch(number)
		if m == nil {
			w.found(FoundEdited, "case "+number)
			continue
		}
		var serial int64
		if _, err := fmt.Sscan(m[4], &serial); err == nil && last[m[2]+m[3]] != 0 && serial > last[m[2]+m[3]] {
			w.found(FoundSerial, "case "+number)
		}
	}
	return rows.Err()
}

// head compares the end of the chain with the mark kept beside the database.
func (w *verifier) head(ok bool) {
	mark := w.mark
	switch {
	case !ok && w.lastSeq > 0:
		w.found(FoundHeadMissing, "head")
	case ok && mark.Seq > w.lastSeq:
		w.found(FoundCutOff, between("event", w.lastSeq+1, mark.Seq))
	case ok && mark.Seq > 0 && hex.EncodeToString(w.markMAC) != mark.MAC:
		w.found(FoundHeadDiffers, fmt.Sprintf("event %d", mark.Seq))
	}
	for _, a := range w.alarms {
		w.found(FoundAlarm, a)
	}
}
