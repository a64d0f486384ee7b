package history

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"madoguchi/rules"
)

// row is a row of the table cases.
type row struct {
	id            int64
	uid           []byte
	number        Number
	municipality  string
	procedure     string
	visitor       string
	state         State
	outcome       string
	edition       string
	visits        int64
	openedAt      string
	changedAt     string
	firstSeenOn   string
	letterMadeOn  string
	mailedOn      string
	replyBy       string
	letterVersion int64
	secondAt      string
	closedOn      string
	closedAt      string
	people        int64
	purgedOn      string
	told          int64
	lastEvent     int64
	chainKey      uint32
	mac           []byte
}

const rowColumns = `id, uid, number, municipality, procedure, visitor, state, outcome, edition, visits,
	opened_at, changed_at, first_seen_on, letter_made_on, mailed_on, reply_by, letter_version, second_at,
	closed_on, closed_at, people, purged_on, told, last_event, chain_key, mac`

const rowCount = 26

func (r *row) values() []any {
	return []any{r.id, r.uid, r.number, r.municipality, r.procedure, r.visitor, r.state, r.outcome, r.edition, r.visits,
		r.openedAt, r.changedAt, r.firstSeenOn, r.letterMadeOn, r.mailedOn, r.replyBy, r.letterVersion, r.secondAt,
		r.closedOn, r.closedAt, r.people, r.purgedOn, r.told, r.lastEvent, r.chainKey, r.mac}
}

func (r *row) scan(from interface{ Scan(...any) error }) error {
	return from.Scan(&r.id, &r.uid, &r.number, &r.municipality, &r.procedure, &r.visitor, &r.state, &r.outcome, &r.edition, &r.visits,
		&r.openedAt, &r.changedAt, &r.firstSeenOn, &r.letterMadeOn, &r.mailedOn, &r.replyBy, &r.letterVersion, &r.secondAt,
		&r.closedOn, &r.closedAt, &r.people, &r.purgedOn, &r.told, &r.lastEvent, &r.chainKey, &r.mac)
}

// authenticate works out the mac over every other column.
func (r *row) authenticate(v *vault) ([]byte, error) {
	fields := [][]byte{[]byte("case"), v.id}
	for _, value := range r.values()[:rowCount-1] {
		switch x := value.(type) {
		case []byte:
			fields = append(fields, x)
		default:
			fields = append(fields, fmt.Append(nil, x))
		}
	}
	return v.linkMAC(r.chainKey, fields...)
}

var (
	insertRow = `INSERT INTO cases (` + rowColumns + `) VALUES (?` + strings.Repeat(", ?", rowCount-1) + `)`
	updateRow = `UPDATE cases SET (` + rowColumns + `) = (?` + strings.Repeat(", ?", rowCount-1) + `) WHERE id = ?`
)

const (
	selectNumber = `SELECT ` + rowColumns + ` FROM cases WHERE number = ?`
	selectNextID = `SELECT coalesce(max(id), 0) + 1 FROM cases`
)

// insert puts a new row into the table, authenticated.
func (r *row) insert(c *change) error { return r.write(c, insertRow) }

// update writes a row back, authenticated.
func (r *row) update(c *change) error { return r.write(c, updateRow, r.id) }

func (r *row) write(c *change, statement string, args ...any) error {
	r.chainKey = c.s.vault.link.PrimaryID
	mac, err := r.authenticate(c.s.vault)
	if err != nil {
		return err
	}
	r.mac = mac
	if err := c.exec(statement, append(r.values(), args...)...); err != nil {
		return fmt.Errorf("writing case: %w", err)
	}
	return nil
}

// find reads the row of a case within a change.
func (c *change) find(n Number) (*row, error) {
	r := new(row)
	err := r.scan(c.ask(selectNumber, n))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, &Refusal{Reason: NoSuchCase, Number: n}
	}
	if err != nil {
		return nil, fmt.Errorf("reading case: %w", err)
	}
	return r, nil
}

// setFacts puts what lists and counts need into the row.
func (r *row) setFacts(f facts) {
	r.municipality, r.procedure, r.visitor = f.municipality, f.procedure, f.visitor
	r.outcome, r.edition, r.visits = f.outcome, f.edition, f.visits
}

// summary is the row as a line of a list.
func (r *row) summary() Summary {
	s := Summary{
		CaseNumber: r.number, State: r.state, Municipality: rules.MunicipalityID(r.municipality),
		Visitor: rules.VisitorKind(r.visitor), Outcome: rules.Outcome(r.outcome),
		OpenedOn: day(r.firstSeenOn), ReplyBy: day(r.replyBy), LetterMadeOn: day(r.letterMadeOn),
		MailedOn: day(r.mailedOn), ClosedOn: day(r.closedOn), PurgedOn: day(r.purgedOn),
		LetterCode: r.number.letterCode(int(r.letterVersion)),
	}
	if r.procedure != "" {
		for _, p := range strings.Split(r.procedure, ",") {
			s.Procedure = append(s.Procedure, rules.Procedure(p))
		}
	}
	return s
}

// day reads a civil day that this package wrote; empty is no day.
func day(text string) rules.Date {
	d, err := rules.ParseDate(text)
	if err != nil {
		return 0
	}
	return d
}
