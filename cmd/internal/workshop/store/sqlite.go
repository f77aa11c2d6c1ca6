package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// migrations lead from each version of the schema to the next. One that was
// released is never changed: a new one is added. They are SQL that PostgreSQL
// takes as it stands: times are milliseconds, hashes hexadecimal.
var migrations = []string{`
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE learners (
	id BIGINT PRIMARY KEY, name TEXT NOT NULL, token TEXT NOT NULL UNIQUE, joined BIGINT NOT NULL,
	source BOOLEAN NOT NULL, browser BOOLEAN NOT NULL, rehearsal BOOLEAN NOT NULL,
	answered BIGINT NOT NULL, correct BIGINT NOT NULL, lessons BIGINT NOT NULL, seq BIGINT NOT NULL);
CREATE TABLE results (
	learner BIGINT NOT NULL, id TEXT NOT NULL, seq BIGINT NOT NULL UNIQUE, at BIGINT NOT NULL, received BIGINT NOT NULL,
	kind TEXT NOT NULL, item TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (learner, id));
CREATE TABLE cells (learner BIGINT NOT NULL, kata TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (learner, kata));
CREATE TABLE attachments (
	learner BIGINT NOT NULL, kata TEXT NOT NULL, result TEXT NOT NULL, report TEXT NOT NULL, source TEXT NOT NULL,
	PRIMARY KEY (learner, kata));
CREATE TABLE events (seq BIGINT PRIMARY KEY, learner BIGINT NOT NULL, data TEXT NOT NULL);
CREATE TABLE votes (
	poll BIGINT NOT NULL, learner BIGINT NOT NULL, choice TEXT NOT NULL, at BIGINT NOT NULL, seq BIGINT NOT NULL,
	PRIMARY KEY (poll, learner));
CREATE TABLE keys (hash TEXT PRIMARY KEY, role TEXT NOT NULL, expires BIGINT NOT NULL);
`}

type sqliteStore struct {
	file     string
	db       *sql.DB
	prepared map[string]*sql.Stmt
	tidy     *tidier // nil where the file is only read
}

// SQLite opens the store in a file, or makes it. It is checked first: a file
// that is damaged is an ErrDamaged that names it.
func SQLite(ctx context.Context, file string) (Store, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600) // SQLite would let others read it
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	if err := look(ctx, file); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	s, err := open(file, patience, "journal_mode(WAL)", "synchronous(FULL)", "secure_delete(ON)", "wal_autocheckpoint("+strconv.Itoa(mostPages)+")")
	if err != nil {
		return nil, err
	}
	if err = s.migrate(ctx); err == nil {
		err = s.prepare(ctx)
	}
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if s.tidy, err = newTidier(file); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// patience is how long SQLite waits where somebody else has the file.
const patience = 5 * time.Second

// open opens a file that is there.
func open(file string, patience time.Duration, pragmas ...string) (*sqliteStore, error) {
	return openAs(file, "rw", patience, pragmas...)
}

// openAs opens a file for reading alone ("ro"), or for writing as well ("rw").
func openAs(file, mode string, patience time.Duration, pragmas ...string) (*sqliteStore, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: url.Values{
		"_pragma": append(pragmas, fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds())),
		"_txlock": {"immediate"},
		"mode":    {mode},
	}.Encode()}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return &sqliteStore{file: file, db: db}, nil
}

// ErrNewer says that a file was written by a newer gokata.
var ErrNewer = errors.New("it was written by a newer gokata")

// look looks at every page of a file, and whether it is a workshop's of a version
// that is known. It changes nothing: neither the file, nor the log beside it, which
// a connection that could write would move into the file at its end.
func look(ctx context.Context, file string) error {
	if info, err := os.Stat(file); err != nil || info.Size() == 0 {
		return err // a new one
	}
	s, err := openAs(file, "ro", patience)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.sound(ctx); err != nil {
		return err
	}
	var tables, ours int
	if err := s.db.QueryRowContext(ctx, "SELECT COUNT(*), COUNT(CASE name WHEN 'versions' THEN 1 END) FROM sqlite_master WHERE type = 'table'").Scan(&tables, &ours); err != nil {
		return damaged(err)
	}
	switch {
	case tables == 0:
		return nil
	case ours == 0:
		return fmt.Errorf("%w: it holds other tables", ErrDamaged)
	}
	_, err = s.version(ctx)
	return err
}

// version is that of the schema.
func (s *sqliteStore) version(ctx context.Context) (have int, err error) {
	if err := s.db.QueryRowContext(ctx, "SELECT COALESCE(MAX(version), 0) FROM versions").Scan(&have); err != nil {
		return 0, damaged(err)
	}
	if have > len(migrations) {
		return 0, fmt.Errorf("%w (version %d of the schema; this one knows %d)", ErrNewer, have, len(migrations))
	}
	return have, nil
}

// sound looks at every page of the file.
func (s *sqliteStore) sound(ctx context.Context) error {
	var said string
	if err := s.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said); err != nil {
		return damaged(err)
	}
	if said != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, said)
	}
	return nil
}

func (s *sqliteStore) migrate(ctx context.Context) error {
	if _, err := s.db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS versions (version BIGINT PRIMARY KEY)"); err != nil {
		return known(err)
	}
	have, err := s.version(ctx)
	if err != nil {
		return err
	}
	for v := have; v < len(migrations); v++ {
		err := s.in(ctx, func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, migrations[v]); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, "INSERT INTO versions VALUES (?)", v+1)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// damaged says that a file cannot be a workshop's, where that is the reason.
func damaged(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_CORRUPT || e.Code()&0xff == sqlite3.SQLITE_NOTADB) {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return known(err)
}

// known gives the errors that a host does something about their names.
func known(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_FULL || e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}

func (s *sqliteStore) Close() error {
	if s.tidy != nil {
		s.tidy.close()
	}
	return s.db.Close()
}

func (s *sqliteStore) in(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return known(err)
	}
	if err := do(tx); err != nil {
		tx.Rollback()
		return known(err)
	}
	return known(tx.Commit())
}

func (s *sqliteStore) Update(ctx context.Context, do func(Tx) error) error {
	var t *transaction
	err := s.in(ctx, func(tx *sql.Tx) error {
		t = &transaction{ctx: ctx, store: s, tx: tx}
		return do(t)
	})
	if err != nil || !t.forgot {
		return err
	}
	s.tidy.erase(ctx)
	return nil
}
