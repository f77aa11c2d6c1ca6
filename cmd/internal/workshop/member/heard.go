package member

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"time"

	"gokata/cmd/internal/workshop"
)

// Heard is what the learner was told last. It comes from the host: nobody has
// cleaned its texts.
type Heard struct {
	Member string        `json:"member"` // Member.ID
	At     time.Time     `json:"at"`     // by the clock of this machine
	Told   workshop.Told `json:"told"`
}

// Now is the host's clock at a time of this machine's.
func (h *Heard) Now(local time.Time) time.Time { return h.Told.Now.Add(local.Sub(h.At)) }

// Local is a time of the host's clock by that of this machine.
func (h *Heard) Local(host time.Time) time.Time { return host.Add(h.At.Sub(h.Told.Now)).Local() }

// Heard reads what was told last; nil where nothing was, or not to this member.
func (f Folder) Heard(m *Member) *Heard {
	b, err := f.read(stageFile)
	if err != nil {
		return nil
	}
	h, err := decodeHeard(b)
	if err != nil || h.Member != m.ID {
		return nil
	}
	return h
}

func decodeHeard(b []byte) (*Heard, error) {
	var h Heard
	if err := json.Unmarshal(b, &h); err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", stageFile, err)
	}
	if h.At.IsZero() || h.Told.Now.IsZero() {
		return nil, fmt.Errorf("%s is damaged: it has no time", stageFile)
	}
	p := h.Told.Poll
	if p == nil {
		return &h, nil
	}
	if len(p.Options) == 0 || len(p.Options) > workshop.MaxOptions {
		return nil, fmt.Errorf("%s is damaged: its poll has %d options", stageFile, len(p.Options))
	}
	if n := len(h.Told.Tally); n != 0 && n != len(p.Options) {
		return nil, fmt.Errorf("%s is damaged: its poll has %d options, and %d were counted", stageFile, len(p.Options), n)
	}
	return &h, nil
}

// Hear keeps what was told. What could not be read again is not kept.
func (f Folder) Hear(m *Member, told workshop.Told, at time.Time) error {
	h := Heard{Member: m.ID, At: at.UTC().Round(0), Told: told}
	b, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if _, err := decodeHeard(b); err != nil {
		return err
	}
	return f.write(stageFile, h, false)
}

// Link is how the courier's connection is.
type Link struct {
	Member    string    `json:"member"`
	Connected bool      `json:"connected"`
	Since     time.Time `json:"since"`           // it is so
	Gone      bool      `json:"gone,omitempty"`  // the host knows the member no more
	Error     string    `json:"error,omitempty"` // why there is no connection
}

// Link reads how the connection is, as its courier said last: only while one is
// running there can be a connection.
func (f Folder) Link(m *Member) (l Link) {
	b, err := f.read(linkFile)
	if err != nil || json.Unmarshal(b, &l) != nil || l.Member != m.ID {
		return Link{Member: m.ID}
	}
	return l
}

// Cause says in a few words why the network failed; other errors as they are.
func Cause(err error) string {
	var system syscall.Errno
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the host has ended the connection"
	case errors.As(err, &system):
		return system.Error() // without the addresses
	}
	return strings.TrimRight(err.Error(), ".")
}

// Shown is what the learner has seen of what was told.
type Shown struct {
	Member   string `json:"member"`
	Hint     int64  `json:"hint"`      // Seq of the last message
	Ended    int64  `json:"ended_seq"` // Seq of the last section that was over
	Voted    int64  `json:"voted"`     // id of the last poll that was answered here
	Revealed int64  `json:"revealed"`  // id of the last poll whose answers were announced
	Gone     bool   `json:"gone"`      // that the host does not know the member any more
}

// Shown reads what the learner has seen.
func (f Folder) Shown(m *Member) (s Shown) {
	b, err := f.read(shownFile)
	if err != nil || json.Unmarshal(b, &s) != nil || s.Member != m.ID {
		return Shown{Member: m.ID}
	}
	return s
}

// Show keeps what the learner has seen.
func (f Folder) Show(s Shown) error { return f.write(shownFile, s, false) }
