package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gokata/cmd/internal/workshop"
)

// undamaged names the file where what is in it cannot be read.
func (s *sqliteStore) undamaged(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	if errors.As(err, &syntax) || errors.As(err, &kind) || errors.Is(err, errHash) {
		return fmt.Errorf("%s: %w: %w", s.file, ErrDamaged, err)
	}
	return err
}

// rows calls a function for each row that a query gives.
func (s *sqliteStore) rows(ctx context.Context, each func(*sql.Rows) error, query string, args ...any) error {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return known(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return known(rows.Err())
}

func (s *sqliteStore) Load(ctx context.Context) (*Saved, error) {
	saved := &Saved{Settings: map[string]string{}, Last: map[int64]time.Time{}, Left: map[int64]time.Time{}}
	higher := func(seq int64) { saved.Seq = max(saved.Seq, seq) }
	err := errors.Join(
		s.rows(ctx, func(r *sql.Rows) error {
			var name, value string
			err := r.Scan(&name, &value)
			saved.Settings[name] = value
			return err
		}, "SELECT name, value FROM settings"),
		s.rows(ctx, func(r *sql.Rows) error {
			var l Learner
			var token string
			var joined int64
			err := r.Scan(&l.ID, &l.Name, &token, &joined, &l.Source, &l.Browser, &l.Rehearsal, &l.Answered, &l.Right, &l.Read, &l.Seq)
			l.Joined = fromMS(joined)
			higher(l.Seq)
			saved.Learners = append(saved.Learners, l)
			return errors.Join(err, saved.Learners[len(saved.Learners)-1].Token.read(token))
		}, "SELECT id, name, token, joined, source, browser, rehearsal, answered, correct, lessons, seq FROM learners"),
		s.rows(ctx, func(r *sql.Rows) error {
			var c Cell
			var data []byte
			if err := r.Scan(&c.Learner, &c.Kata, &data); err != nil {
				return err
			}
			err := json.Unmarshal(data, &c.Cell)
			higher(c.Seq)
			saved.Cells = append(saved.Cells, c)
			return err
		}, "SELECT learner, kata, data FROM cells"),
		s.rows(ctx, func(r *sql.Rows) error {
			var e workshop.Event
			var data []byte
			if err := r.Scan(&e.Seq, &data); err != nil {
				return err
			}
			err := json.Unmarshal(data, &e)
			higher(e.Seq)
			saved.Events = append(saved.Events, e)
			return err
		}, "SELECT seq, data FROM events ORDER BY seq"),
		s.rows(ctx, func(r *sql.Rows) error {
			var v Vote
			var choice []byte
			var at int64
			if err := r.Scan(&v.Poll, &v.Learner, &choice, &at, &v.Seq); err != nil {
				return err
			}
			v.At = fromMS(at)
			higher(v.Seq)
			err := json.Unmarshal(choice, &v.Choice)
			saved.Votes = append(saved.Votes, v)
			return err
		}, "SELECT poll, learner, choice, at, seq FROM votes"),
		s.rows(ctx, func(r *sql.Rows) error {
			var k Key
			var hash string
			var expires int64
			err := r.Scan(&hash, &k.Role, &expires)
			k.Expires = fromMS(expires)
			err = errors.Join(err, k.Hash.read(hash))
			saved.Keys = append(saved.Keys, k)
			return err
		}, "SELECT hash, role, expires FROM keys"),
		s.rows(ctx, func(r *sql.Rows) error {
			var seq int64
			err := r.Scan(&seq)
			higher(seq)
			return err
		}, "SELECT COALESCE(MAX(seq), 0) FROM results"),
		s.rows(ctx, timesOf(saved.Last), "SELECT learner, MAX(at) FROM results GROUP BY learner"),
		s.rows(ctx, timesOf(saved.Left), "SELECT learner, MAX(at) FROM results WHERE kind = 'left' GROUP BY learner"),
	)
	if err != nil {
		return nil, s.undamaged(err)
	}
	return saved, nil
}

// timesOf reads rows of a learner and a time.
func timesOf(into map[int64]time.Time) func(*sql.Rows) error {
	return func(r *sql.Rows) error {
		var learner, at int64
		err := r.Scan(&learner, &at)
		into[learner] = fromMS(at)
		return err
	}
}

func (s *sqliteStore) Results(ctx context.Context, learner int64, each func(Row) error) error {
	query := "SELECT r.learner, l.name, r.seq, r.at, r.received, r.data FROM results r JOIN learners l ON l.id = r.learner"
	var args []any
	if learner != 0 {
		query, args = query+" WHERE r.learner = ?", []any{learner}
	}
	// The one connection is needed to write meanwhile: pages of rows, not a stream.
	const page = 500
	for last := int64(-1); ; {
		paged := query + " AND r.seq > ? ORDER BY r.seq LIMIT ?"
		if learner == 0 {
			paged = query + " WHERE r.seq > ? ORDER BY r.seq LIMIT ?"
		}
		var some []Row
		err := s.rows(ctx, func(r *sql.Rows) error {
			var row Row
			var at, received int64
			var data []byte
			if err := r.Scan(&row.Learner, &row.Name, &row.Seq, &at, &received, &data); err != nil {
				return err
			}
			row.At, row.Received = fromMS(at), fromMS(received)
			some = append(some, row)
			return json.Unmarshal(data, &some[len(some)-1].Result)
		}, paged, append(args[:len(args):len(args)], last, page)...)
		if err != nil {
			return err
		}
		for _, row := range some {
			if err := each(row); err != nil {
				return err
			}
			last = row.Seq
		}
		if len(some) < page {
			return nil
		}
	}
}

func (s *sqliteStore) Attachment(ctx context.Context, learner int64, kata string) (a Attachment, err error) {
	var report, source []byte
	err = s.db.QueryRowContext(ctx, "SELECT result, report, source FROM attachments WHERE learner = ? AND kata = ?", learner, kata).
		Scan(&a.Result, &report, &source)
	if errors.Is(err, sql.ErrNoRows) {
		return Attachment{}, nil
	}
	if err != nil {
		return Attachment{}, known(err)
	}
	if len(report) > 0 {
		a.Report = report
	}
	if len(source) > 0 {
		err = json.Unmarshal(source, &a.Source)
	}
	return a, err
}
