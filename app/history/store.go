package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"madoguchi/rules"
)

// DefaultRetentionDays is how long after closing a case the persons are kept
// where the municipality sets nothing else.
const DefaultRetentionDays = 365

// Options is everything a store needs from outside.
type Options struct {
	Path       string // of the database; its folder is made when missing
	Key        KeySource
	Clock      func() time.Time
	Operator   func() Operator // who acts now
	Program    string          // version of the program, kept with each event
	Office     string          // one to four letters A-Z before every case number; another for each counter PC
	Simulation bool            // drills: another file, other numbers
	ReadOnly   bool            // look only: does not wait for another program, writes nothing
	// Retention gives the days after closing for which persons are kept; nil
	// stands for DefaultRetentionDays everywhere.
	Retention  func(rules.MunicipalityID) int
	Backups    string // folder of the backups; a folder "backup" beside the database where empty
	BackupDays int    // days for which backups are kept; 0 stands for DefaultBackupDays
	// Patience is how long to wait for another program before giving up; 0
	// stands for five seconds.
	Patience time.Duration

	remote   func(path string) bool // tests: whether a path is on a network drive
	maxPages int                    // tests: a disk that fills up
}

// DefaultBackupDays is how long backups are kept where nothing else is set.
const DefaultBackupDays = 30

// Operator is who acts, by the name that the events keep.
type Operator struct {
	ID   string
	Role Role
}

// Role says what an operator may do.
type Role string

// The roles. Purging, moving, restoring and changing keys take a supervisor or
// an administrator.
const (
	Clerk         Role = "clerk"
	Supervisor    Role = "supervisor"
	Administrator Role = "administrator"
)

// mayCare refuses what a clerk may not do alone.
func (o *Options) mayCare() error {
	if r := o.Operator().Role; r != Supervisor && r != Administrator {
		return &Fault{Code: FaultRole, Where: o.Path}
	}
	return nil
}

// japan is the time zone of every civil date.
var japan = time.FixedZone("JST", 9*60*60)

// Store is an open history. It may be used by several goroutines.
type Store struct {
	o      Options
	vault  *vault
	writer *sql.DB // one connection; nil when ReadOnly
	reader *sql.DB
	lock   *lockFile
	head   *headFile

	mu       sync.Mutex // one change at a time
	prepared map[string]*sql.Stmt
	given    headMark // the last case number given out, carried along in the head
	headErr  error    // of the last write of the head; comes out when the store is closed
}

// ErrUnmade means that the making of a history was interrupted, or is under way:
// nothing was ever kept in it. Opening it for writing makes it whole.
var ErrUnmade = errors.New("the history is not made yet")

// unmade is the fault of a history without content: never made, or, where its head
// was written already, emptied since.
func (o *Options) unmade() error {
	if holdsAny(headPath(o.Path)) {
		return &Fault{Code: FaultDamaged, Where: o.Path, Err: errors.New("the history is empty, but it once was not")}
	}
	return &Fault{Code: FaultMissing, Where: o.Path, Err: ErrUnmade}
}

// holdsAny reports whether a file is there and not empty.
func holdsAny(path string) bool {
	about, err := os.Stat(path)
	return err == nil && about.Size() > 0
}

// Open opens the history, making it when there is none. What can be wrong comes
// as a [*Fault]; nothing has been changed then.
func Open(ctx context.Context, o Options) (*Store, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	if o.remote(o.Path) {
		return nil, &Fault{Code: FaultNetwork, Where: o.Path}
	}
	if o.ReadOnly {
		return openReadOnly(ctx, o)
	}
	if err := os.MkdirAll(filepath.Dir(o.Path), 0o700); err != nil {
		return nil, fault(filepath.Dir(o.Path), fmt.Errorf("making folder: %w", err))
	}
	lock, err := holdFile(ctx, o)
	if err != nil {
		return nil, err
	}
	s := &Store{o: o, lock: lock}
	if err := s.open(ctx); err != nil {
		return nil, errors.Join(fault(o.Path, err), s.release())
	}
	return s, nil
}

func (o *Options) complete() error {
	wrong := func(what string) error {
		return &Fault{Code: FaultOptions, Where: o.Path, Err: errors.New(what)}
	}
	switch {
	case o.Path == "":
		return wrong("no path")
	case o.Key == nil, o.Clock == nil, o.Operator == nil:
		return wrong("key source, clock and operator must be given")
	case !o.ReadOnly && !officeShape.MatchString(o.Office):
		return wrong("the office must be one to four letters A-Z")
	case !o.ReadOnly && o.Office == "SIM":
		return wrong("the office cannot be SIM: numbers of the simulation begin so")
	}
	if o.Backups == "" {
		o.Backups = filepath.Join(filepath.Dir(o.Path), "backup")
	}
	if o.BackupDays == 0 {
		o.BackupDays = DefaultBackupDays
	}
	if o.Patience == 0 {
		o.Patience = 5 * time.Second
	}
	if o.remote == nil {
		o.remote = onNetworkDrive
	}
	if o.Retention == nil {
		o.Retention = func(rules.MunicipalityID) int { return DefaultRetentionDays }
	}
	return nil
}

// open does the work of Open once the lock is held.
func (s *Store) open(ctx context.Context) error {
	version, err := inspect(s.o.Path)
	if err != nil {
		return err
	}
	if version <= 0 {
		if err := s.o.measureKey(); err != nil {
			return err
		}
	}
	if version < 0 { // not there: SQLite would make it readable for all
		if err := writeFile(s.o.Path, nil); err != nil {
			return err
		}
	}
	if s.writer, err = connect(s.o, writing); err != nil {
		return err
	}
	if version, err = versionOf(ctx, s.writer); err != nil {
		return err
	}
	if version > len(schema) {
		return &Fault{Code: FaultNewer, Where: s.o.Path, Err: fmt.Errorf("version %d, this program knows %d", version, len(schema))}
	}
	if version > 0 && version < len(schema) {
		if err := keepBeforeMigration(ctx, s.writer, s.o); err != nil {
			return err
		}
	}
	if err := migrate(s.writer, version); err != nil {
		return err
	}
	if err := s.unlock(ctx, s.writer); err != nil {
		return err
	}
	if s.reader, err = connect(s.o, reading); err != nil {
		return err
	}
	if err := s.openHead(ctx); err != nil {
		return err
	}
	return s.scrubLeftOver(ctx)
}

func openReadOnly(ctx context.Context, o Options) (*Store, error) {
	version, err := inspect(o.Path)
	if err != nil {
		return nil, err
	}
	if version < 0 {
		return nil, &Fault{Code: FaultMissing, Where: o.Path}
	}
	if version == 0 && !holdsAny(o.Path+"-wal") { // a half-written journal cannot be undone by who only looks
		return nil, o.unmade()
	}
	s := &Store{o: o, head: &headFile{path: headPath(o.Path)}}
	if s.reader, err = connect(o, reading); err == nil {
		version, err = versionOf(ctx, s.reader)
	}
	if err == nil && version != len(schema) {
		err = &Fault{Code: FaultNewer, Where: o.Path}
		if version == 0 {
			err = o.unmade()
		} else if version < len(schema) {
			err = &Fault{Code: FaultMissing, Where: o.Path, Err: errors.New("the history is not yet made or brought up to date: open it for writing once")}
		}
	}
	if err == nil {
		err = s.unlock(ctx, s.reader)
	}
	if err != nil {
		return nil, errors.Join(fault(o.Path, err), s.release())
	}
	return s, nil
}

// unlock opens the vault, making it when the history is new.
func (s *Store) unlock(ctx context.Context, db *sql.DB) error {
	var id []byte
	var sealed sealedVault
	var simulation bool
	var kind string
	err := db.QueryRowContext(ctx, `SELECT history, simulation, key_kind, fields, tokens, chain FROM about`).
		Scan(&id, &simulation, &kind, &sealed.fields, &sealed.tokens, &sealed.chain)
	if errors.Is(err, sql.ErrNoRows) {
		if s.o.ReadOnly {
			return s.o.unmade()
		}
		return s.make(ctx)
	}
	if err != nil {
		return fmt.Errorf("reading about: %w", err)
	}
	if simulation != s.o.Simulation {
		return &Fault{Code: FaultSimulation, Where: s.o.Path}
	}
	keys, err := s.o.Key.Keys(id)
	if err != nil {
		return fmt.Errorf("asking for the key: %w", err)
	}
	if len(keys) == 0 {
		return &Fault{Code: FaultKeyLost, Where: s.o.Path, Err: fmt.Errorf("made with the key in the %s; there is none in the %s", kind, s.o.Key.Kind())}
	}
	v, key, err := openVault(id, sealed, keys)
	if err != nil {
		return &Fault{Code: FaultKeyWrong, Where: s.o.Path, Err: err}
	}
	s.vault = v
	if s.o.ReadOnly {
		return nil
	}
	return s.o.Key.Settle(id, key)
}

// measureKey refuses a key that somebody chose too weak for a new history.
func (o *Options) measureKey() error {
	if chosen, ok := o.Key.(chosenKey); ok {
		return chosen.measure()
	}
	return nil
}

// make writes the vault of a new history.
func (s *Store) make(ctx context.Context) error {
	if err := s.o.measureKey(); err != nil {
		return err
	}
	id := randomBytes(16)
	keys, err := s.o.Key.Keys(id)
	if err != nil {
		return fmt.Errorf("asking for the key: %w", err)
	}
	made := len(keys) == 0
	if made {
		key, err := s.o.Key.Make(id)
		if err != nil {
			return fmt.Errorf("making the key: %w", err)
		}
		keys = [][]byte{key}
	}
	v, err := newVault(id)
	if err != nil {
		return err
	}
	sealed, err := v.sealUnder(keys[0])
	if err != nil {
		return err
	}
	_, err = s.writer.ExecContext(ctx, `INSERT INTO about (only, history, simulation, made_at, key_kind, fields, tokens, chain) VALUES (1, ?, ?, ?, ?, ?, ?, ?)`,
		id, s.o.Simulation, s.now(), s.o.Key.Kind(), sealed.fields, sealed.tokens, sealed.chain)
	if err != nil {
		return fmt.Errorf("writing about: %w", err)
	}
	s.vault = v
	if made {
		return s.o.Key.Settle(id, keys[0])
	}
	return nil
}

// Close writes everything back into the one file and lets go of it. What fails
// then, as on a full disk, comes as [FaultUntidied]: every action that was
// acknowledged is on the disk all the same, in the WAL, and the next opening
// writes it back.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.release(); err != nil {
		return &Fault{Code: FaultUntidied, Where: s.o.Path, Err: err}
	}
	return nil
}

// release is Close with the faults as they are.
func (s *Store) release() error {
	var errs []error
	if s.reader != nil {
		errs = append(errs, s.reader.Close())
	}
	if s.writer != nil {
		_, err := s.writer.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`)
		errs = append(errs, fault(s.o.Path, err), s.writer.Close())
	}
	errs = append(errs, s.headErr, s.head.close(), s.lock.release())
	return errors.Join(errs...)
}

// now is the time as events keep it: to the millisecond, in Japan.
func (s *Store) now() string { return stamp(s.o.Clock()) }

// today is the civil day in Japan.
func (s *Store) today() rules.Date { return dayOf(s.o.Clock()) }

func stamp(t time.Time) string { return t.In(japan).Format("2006-01-02T15:04:05.000-07:00") }

func dayOf(t time.Time) rules.Date {
	year, month, day := t.In(japan).Date()
	d, _ := rules.NewDate(year, int(month), day)
	return d
}
