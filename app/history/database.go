package history

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

// access says what a connection may do.
type access bool

const (
	reading access = false
	writing access = true
)

// readers is how many questions may run at the same time.
const readers = 4

// connect opens the database with the settings that every connection must
// have; a setting made by a statement would reach one connection of the pool
// only. Full sync means that what was acknowledged is on the disk; secure
// delete overwrites what is deleted.
func connect(o Options, a access) (*sql.DB, error) {
	settings := fmt.Sprintf("_pragma=busy_timeout(%d)", o.Patience.Milliseconds())
	if a == writing {
		settings += "&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)" +
			"&_pragma=secure_delete(1)&_pragma=temp_store(2)&_pragma=cache_size(-32768)&_pragma=wal_autocheckpoint(4000)&_txlock=immediate&_defensive=1&_dqs=0"
	} else {
		settings += "&mode=ro&_pragma=query_only(1)&_pragma=temp_store(2)&_pragma=cache_size(-16384)&_defensive=1&_dqs=0"
	}
	if a == writing && o.maxPages > 0 {
		settings += fmt.Sprintf("&_pragma=max_page_count(%d)", o.maxPages)
	}
	db, err := sql.Open("sqlite", fileURI(o.Path)+"?"+settings)
	if err != nil {
		return nil, fmt.Errorf("opening database: %w", err)
	}
	if a == writing {
		db.SetMaxOpenConns(1)
	} else {
		db.SetMaxOpenConns(readers)
		db.SetMaxIdleConns(readers)
	}
	return db, nil
}

// fileURI writes a path as SQLite reads it: file:/home/x or file:///C:/x.
func fileURI(path string) string {
	p := filepath.ToSlash(path)
	if len(p) > 1 && p[1] == ':' {
		p = "///" + p
	}
	return "file:" + (&url.URL{Path: p}).EscapedPath()
}

// headerBytes is the length of the header of an SQLite file.
// https://www.sqlite.org/fileformat.html §1.3
const headerBytes = 100

// inspect looks at the first bytes of the file without opening it as a
// database, so that a file that is not ours is never touched: -1 when it is not
// there, else the version its header gives.
func inspect(path string) (int, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return -1, nil
	}
	if err != nil {
		return 0, fault(path, fmt.Errorf("opening file: %w", err))
	}
	defer func() { _ = f.Close() }() // only read from
	header := make([]byte, headerBytes)
	n, err := io.ReadFull(f, header)
	if errors.Is(err, io.EOF) {
		return 0, nil // made, and then interrupted
	}
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, fault(path, fmt.Errorf("reading file: %w", err))
	}
	if n < headerBytes || string(header[:16]) != "SQLite format 3\x00" {
		return 0, &Fault{Code: FaultDamaged, Where: path, Err: errors.New("the file does not begin as a database")}
	}
	version := int(binary.BigEndian.Uint32(header[60:]))
	id := binary.BigEndian.Uint32(header[68:])
	pages := binary.BigEndian.Uint32(header[28:])
	switch {
	case id != applicationID && (id != 0 || version != 0 || pages > 1):
		return 0, &Fault{Code: FaultForeign, Where: path}
	case version > len(schema):
		return 0, &Fault{Code: FaultNewer, Where: path, Err: fmt.Errorf("version %d, this program knows %d", version, len(schema))}
	}
	return version, nil
}

func versionOf(ctx context.Context, db *sql.DB) (int, error) {
	var version int
	if err := db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return 0, fmt.Errorf("reading version: %w", err)
	}
	return version, nil
}

// keepBeforeMigration keeps a copy of an older file before it is brought up to
// date, among the backups: it is removed with them when it is old.
func keepBeforeMigration(ctx context.Context, db *sql.DB, o Options) error {
	kept, err := o.claimKept() // SQLite would make it readable for all
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, kept); err != nil {
		return errors.Join(fault(kept, fmt.Errorf("keeping a copy before migration: %w", err)), os.Remove(kept))
	}
	return syncFile(kept)
}

// claimKept makes the empty file for a copy of what is about to be changed. Its
// name is the time; no copy that was kept before is ever written over.
func (o *Options) claimKept() (string, error) {
	if err := os.MkdirAll(o.Backups, 0o700); err != nil {
		return "", fault(o.Backups, fmt.Errorf("making folder: %w", err))
	}
	return claimName(filepath.Join(o.Backups, "kept-"+o.Clock().In(japan).Format("2006-01-02T150405")), ".db")
}

// claimName makes an empty file for its owner alone under a name that nothing has
// yet: stem and ending, with a number between them from the second of a stem on.
func claimName(stem, ending string) (string, error) {
	path := stem + ending
	for n := 2; ; n++ {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			return path, f.Close()
		}
		if !errors.Is(err, fs.ErrExist) {
			return "", fault(path, fmt.Errorf("making file: %w", err))
		}
		path = fmt.Sprintf("%s-%d%s", stem, n, ending)
	}
}
