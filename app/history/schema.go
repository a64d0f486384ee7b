package history

import (
	"database/sql"
	"fmt"
)

// applicationID marks the file as a history ("MDGC"), for PRAGMA application_id.
const applicationID = 0x4D444743

// schema holds the steps from one version of the file to the next; the version
// is PRAGMA user_version. A step is never changed once released: a new one is
// added.
//
// No column holds a PIN, and none ever will.
var schema = []string{`
CREATE TABLE about (
	only       INTEGER PRIMARY KEY CHECK (only = 1),
	history    BLOB NOT NULL,      -- random id; bound into every seal
	simulation INTEGER NOT NULL,
	made_at    TEXT NOT NULL,
	key_kind   TEXT NOT NULL,      -- where the key is kept
	fields     BLOB NOT NULL,      -- the history's own keys, sealed
	tokens     BLOB NOT NULL,
	chain      BLOB NOT NULL
) STRICT;

CREATE TABLE serial (
	office      TEXT NOT NULL,
	fiscal_year INTEGER NOT NULL,
	last        INTEGER NOT NULL,
	PRIMARY KEY (office, fiscal_year)
) STRICT, WITHOUT ROWID;

-- One row a case: what is needed to list and count it, and no person.
CREATE TABLE cases (
	id             INTEGER PRIMARY KEY,
	uid            BLOB NOT NULL UNIQUE,   -- the same on every PC the case is moved to
	number         TEXT NOT NULL UNIQUE,
	municipality   TEXT NOT NULL,
	procedure      TEXT NOT NULL,          -- several are joined with commas
	visitor        TEXT NOT NULL,          -- kind of visitor
	state          TEXT NOT NULL,
	outcome        TEXT NOT NULL,          -- of the last plan
	edition        TEXT NOT NULL,          -- rule set of the last plan
	visits         INTEGER NOT NULL,
	opened_at      TEXT NOT NULL,
	changed_at     TEXT NOT NULL,
	first_seen_on  TEXT NOT NULL,          -- civil day of opened_at
	letter_made_on TEXT NOT NULL,     -- days and times: empty when there is none
	mailed_on      TEXT NOT NULL,
	reply_by       TEXT NOT NULL,
	letter_version INTEGER NOT NULL,
	second_at      TEXT NOT NULL,          -- second visit
	closed_on      TEXT NOT NULL,
	closed_at      TEXT NOT NULL,
	people         INTEGER NOT NULL,       -- persons named in the case
	purged_on      TEXT NOT NULL,
	told           INTEGER NOT NULL,       -- what holds now; 0 after the purge
	last_event     INTEGER NOT NULL,
	chain_key      INTEGER NOT NULL,
	mac            BLOB NOT NULL           -- over every column above
) STRICT;
CREATE INDEX cases_first_seen ON cases (first_seen_on);
CREATE INDEX cases_state ON cases (state);
CREATE INDEX cases_reply ON cases (reply_by) WHERE reply_by <> '' AND closed_on = '';
CREATE INDEX cases_held ON cases (closed_on) WHERE purged_on = '';
CREATE INDEX cases_changed ON cases (changed_at);

-- What was asked and told, and of whom: every column sealed and bound to its
-- row. A row is never changed, and deleted only when the person is purged; its
-- id is that of the event that brought it.
CREATE TABLE told (
	id        INTEGER PRIMARY KEY,
	case_id   INTEGER NOT NULL REFERENCES cases (id),
	salt      BLOB NOT NULL,  -- goes with the row, so that the events' commitments give nothing away afterwards
	situation BLOB,
	plan      BLOB,
	holder    BLOB,
	agent     BLOB,
	memo      BLOB
) STRICT;
CREATE INDEX told_case ON told (case_id);

CREATE TABLE events (
	seq       INTEGER PRIMARY KEY,
	uid       BLOB NOT NULL UNIQUE,
	case_id   INTEGER NOT NULL,   -- 0 for the care of the whole history
	number    TEXT NOT NULL,
	kind      TEXT NOT NULL,
	at        TEXT NOT NULL,
	operator  TEXT NOT NULL,
	program   TEXT NOT NULL,
	edition   TEXT NOT NULL,
	state     TEXT NOT NULL,      -- of the case, after the event
	detail    TEXT NOT NULL,      -- closed words and dates, never a person
	told      INTEGER NOT NULL,   -- what was told, as it stood after the event
	told_mac  BLOB,
	origin    BLOB,               -- history that the event was brought from
	chain_key INTEGER NOT NULL,
	mac       BLOB NOT NULL       -- over every column above and the mac before
) STRICT;
CREATE INDEX events_case ON events (case_id, seq);
CREATE TRIGGER events_kept BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_fixed BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'events are append-only'); END;

-- What stands on the screen, kept up to date by the triggers below: counting a
-- million rows for every glance would take a second.
CREATE TABLE totals (
	only   INTEGER PRIMARY KEY CHECK (only = 1),
	people INTEGER NOT NULL,
	open   INTEGER NOT NULL,
	scrub  INTEGER NOT NULL   -- 1 from a purge until the file is written anew without what was deleted
) STRICT;
INSERT INTO totals VALUES (1, 0, 0, 0);
CREATE TRIGGER cases_counted AFTER INSERT ON cases BEGIN
	UPDATE totals SET people = people + new.people, open = open + (new.closed_on = '');
END;
CREATE TRIGGER cases_recounted AFTER UPDATE OF people, closed_on ON cases BEGIN
	UPDATE totals SET people = people + new.people - old.people, open = open + (new.closed_on = '') - (old.closed_on = '');
END;

-- Keyed search tokens: which case has which fragment, without the fragment.
CREATE TABLE tokens (
	token   INTEGER NOT NULL,
	case_id INTEGER NOT NULL,
	PRIMARY KEY (token, case_id)
) STRICT, WITHOUT ROWID;
`}

// SchemaVersion is the version of the file that this program writes.
func SchemaVersion() int { return len(schema) }

// migrate brings the file up to date; each step is one transaction.
func migrate(db *sql.DB, from int) error {
	for v := from; v < len(schema); v++ {
		tx, err := db.Begin()
		if err != nil {
			return fmt.Errorf("beginning migration: %w", err)
		}
		_, err = tx.Exec(fmt.Sprintf("%s; PRAGMA application_id = %d; PRAGMA user_version = %d", schema[v], applicationID, v+1))
		if err != nil {
			_ = tx.Rollback() // the error that matters is the first
			return fmt.Errorf("migrating to version %d: %w", v+1, err)
		}
		if err := tx.Commit(); err != nil {
			return fmt.Errorf("migrating to version %d: %w", v+1, err)
		}
	}
	return nil
}
