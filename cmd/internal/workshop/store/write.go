package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"gokata/cmd/internal/workshop"
)

// What is written with every result is compiled once, when the store is opened.
const (
	putLearner    = "UPDATE learners SET name = ?, source = ?, answered = ?, correct = ?, lessons = ?, seq = ? WHERE id = ?"
	addResult     = "INSERT INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (learner, id) DO NOTHING"
	putCell       = "INSERT INTO cells VALUES (?, ?, ?) ON CONFLICT (learner, kata) DO UPDATE SET data = excluded.data"
	putAttachment = `INSERT INTO attachments VALUES (?, ?, ?, ?, ?) ON CONFLICT (learner, kata)
		DO UPDATE SET result = excluded.result, report = excluded.report, source = excluded.source`
)

func (s *sqliteStore) prepare(ctx context.Context) error {
	s.prepared = map[string]*sql.Stmt{}
	for _, query := range []string{putLearner, addResult, putCell, putAttachment} {
		statement, err := s.db.PrepareContext(ctx, query)
		if err != nil {
			return known(err)
		}
		s.prepared[query] = statement
	}
	return nil
}

// transaction changes the tables.
type transaction struct {
	ctx    context.Context
	store  *sqliteStore
	tx     *sql.Tx
	forgot bool
}

func (t *transaction) exec(query string, args ...any) error {
	_, err := t.run(query, args...)
	return err
}

func (t *transaction) run(query string, args ...any) (sql.Result, error) {
	if statement := t.store.prepared[query]; statement != nil {
		return t.tx.StmtContext(t.ctx, statement).ExecContext(t.ctx, args...)
	}
	return t.tx.ExecContext(t.ctx, query, args...)
}

func (t *transaction) Set(name, value string) error {
	return t.exec("INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
}

func (t *transaction) AddLearner(l Learner) error {
	return t.exec("INSERT INTO learners VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		l.ID, l.Name, l.Token.String(), toMS(l.Joined), l.Source, l.Browser, l.Rehearsal, l.Answered, l.Right, l.Read, l.Seq)
}

func (t *transaction) PutLearner(l Learner) error {
	return t.exec(putLearner,
		l.Name, l.Source, l.Answered, l.Right, l.Read, l.Seq, l.ID)
}

func (t *transaction) AddResult(r Row) (fresh bool, err error) {
	r.Result.Report, r.Result.Source = nil, nil
	data, err := json.Marshal(r.Result)
	if err != nil {
		return false, err
	}
	done, err := t.run(addResult,
		r.Learner, r.Result.ID, r.Seq, toMS(r.At), toMS(r.Received), string(r.Result.Kind), r.Result.Item, string(data))
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

func (t *transaction) PutCell(c Cell) error {
	data, err := json.Marshal(c.Cell)
	if err != nil {
		return err
	}
	return t.exec(putCell, c.Learner, c.Kata, string(data))
}

func (t *transaction) PutAttachment(learner int64, kata string, a Attachment) error {
	source := ""
	if len(a.Source) > 0 {
		text, err := json.Marshal(a.Source)
		if err != nil {
			return err
		}
		source = string(text)
	}
	return t.exec(putAttachment, learner, kata, a.Result, string(a.Report), source)
}

func (t *transaction) AddEvent(e workshop.Event) error {
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return t.exec("INSERT INTO events VALUES (?, ?, ?)", e.Seq, e.Learner, string(data))
}

func (t *transaction) PutVote(v Vote) error {
	choice, err := json.Marshal(v.Choice)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO votes VALUES (?, ?, ?, ?, ?) ON CONFLICT (poll, learner)
		DO UPDATE SET choice = excluded.choice, at = excluded.at, seq = excluded.seq`,
		v.Poll, v.Learner, string(choice), toMS(v.At), v.Seq)
}

func (t *transaction) AddKey(k Key) error {
	return t.exec("INSERT INTO keys VALUES (?, ?, ?)", k.Hash.String(), k.Role, toMS(k.Expires))
}

func (t *transaction) DropKey(h Hash) error {
	return t.exec("DELETE FROM keys WHERE hash = ?", h.String())
}

func (t *transaction) DropKeys() error { return t.exec("DELETE FROM keys") }

func (t *transaction) Forget(learner int64) error {
	t.forgot = true
	for _, table := range strings.Fields("results cells attachments votes events") {
		if err := t.exec("DELETE FROM "+table+" WHERE learner = ?", learner); err != nil {
			return err
		}
	}
	return t.exec("DELETE FROM learners WHERE id = ?", learner)
}

func (t *transaction) Clear() error {
	t.forgot = true
	for _, table := range strings.Fields("results cells attachments votes learners events") {
		if err := t.exec("DELETE FROM " + table); err != nil {
			return err
		}
	}
	return nil
}

// toMS and fromMS write times as milliseconds since 1970; 0 is no time.
func toMS(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMS(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
