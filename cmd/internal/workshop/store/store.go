// Package store writes a workshop down and reads it back.
//
// The host changes a Store in transactions, one at a time; what Update has
// returned for is on the disk. SQLite is the store of one machine; the schema
// keeps to what PostgreSQL has as well.
package store

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gokata/cmd/internal/workshop"
)

// ErrFull says that the disk has no room. What was there stays readable.
var ErrFull = errors.New("the disk is full")

// ErrDamaged says that a file is not, or not any more, a workshop's.
var ErrDamaged = errors.New("the file is damaged, or is no workshop's")

var errHash = errors.New("it is no hash")

// Hash is the SHA-256 of a token. Tokens themselves are never stored.
type Hash [32]byte

// String is the hash as it is stored.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

func (h *Hash) read(text string) error {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(h) {
		return fmt.Errorf("%w: %.80q", errHash, text)
	}
	copy(h[:], b)
	return nil
}

// Saved is all that a host needs in memory.
type Saved struct {
	Settings map[string]string
	Learners []Learner
	Cells    []Cell
	Events   []workshop.Event
	Votes    []Vote
	Keys     []Key
	Seq      int64               // the highest that was given out
	Last     map[int64]time.Time // when a learner's last result happened
	Left     map[int64]time.Time // when a learner has left, last
}

// Learner is one who has joined, with how much was counted.
type Learner struct {
	workshop.Learner
	Token                 Hash
	Answered, Right, Read int
}

// Cell is how far a learner is with a kata.
type Cell struct {
	Learner int64
	Kata    string
	workshop.Cell
}

// Vote is an answer to a poll.
type Vote struct {
	Poll    int64     `json:"poll"`
	Learner int64     `json:"learner"`
	Choice  []int     `json:"choice"` // options, from 0
	At      time.Time `json:"at"`
	Seq     int64     `json:"seq"`
}

// Key opens the instructor's pages, or the projector's.
type Key struct {
	Hash    Hash
	Role    string
	Expires time.Time // zero: never
}

// Row is a result as it was received.
type Row struct {
	Learner  int64           `json:"learner"`
	Name     string          `json:"name"`
	Seq      int64           `json:"seq"`
	At       time.Time       `json:"at"` // it happened, by the host's clock
	Received time.Time       `json:"received"`
	Result   workshop.Result `json:"result"` // without report and source
}

// Attachment is what came with the last check of a kata.
type Attachment struct {
	Result string            `json:"result"` // id
	Report json.RawMessage   `json:"report,omitempty"`
	Source map[string]string `json:"source,omitempty"`
}

// Store keeps a workshop. Its methods may be called by several goroutines, but
// Update is for one at a time.
type Store interface {
	// Load reads what a host needs in memory.
	Load(context.Context) (*Saved, error)
	// Update makes all changes of a function, or none; they are on the disk when
	// it returns nil. The error is ErrFull where there is no room.
	Update(context.Context, func(Tx) error) error
	// Results calls a function with the results of a learner, of everybody where
	// the id is 0, in the order in which they came.
	Results(ctx context.Context, learner int64, each func(Row) error) error
	// Attachment is what came with a learner's last check of a kata.
	Attachment(ctx context.Context, learner int64, kata string) (Attachment, error)
	Close() error
}

// Tx changes a Store.
type Tx interface {
	Set(name, value string) error
	AddLearner(Learner) error
	PutLearner(Learner) error // all but the token
	// AddResult says whether the learner had no result with this id.
	AddResult(Row) (fresh bool, err error)
	PutCell(Cell) error
	PutAttachment(learner int64, kata string, a Attachment) error
	AddEvent(workshop.Event) error
	PutVote(Vote) error
	AddKey(Key) error
	DropKey(Hash) error
	DropKeys() error
	// Forget deletes a learner and everything of theirs.
	Forget(learner int64) error
	// Clear deletes everybody and everything but settings and keys.
	Clear() error
}
