// Package member is the learner's side of a workshop: who the learner is there,
// what is still to be reported, and what the instructor has said last. All of it
// is in one folder of the workspace, and commands only read and write its files:
//
//	command -> spool/ -> courier -> host      a result (spool.go, deliver.go)
//	host -> courier -> stage.json -> command  what everybody is told (heard.go)
//
// The courier (courier.go) is a process of its own in the background, the only
// one that waits for the network. There is one for a folder at a time, and if
// there were two nothing would be counted twice: a result has an id, and the host
// takes an id once.
package member

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"gokata/cmd/internal/workshop/client"
)

// Folder is where all of it is kept: workshop in the .gokata of a workspace.
type Folder string

// In is the folder in the state of a workspace.
func In(state string) Folder { return Folder(filepath.Join(state, "workshop")) }

// ErrNone says that the learner is in no workshop.
var ErrNone = errors.New("you are in no workshop")

// Member is who the learner is in a workshop. It holds the token that says so to
// the host: nobody else may read the file.
type Member struct {
	ID      string    `json:"id"` // random: tells what was heard in this workshop from other
	URL     string    `json:"url"`
	Code    string    `json:"code"`
	Pin     string    `json:"pin,omitempty"`
	Token   string    `json:"token"`
	Learner int64     `json:"learner"`
	Name    string    `json:"name"`
	Asks    bool      `json:"asks"`   // the host asks for code
	Source  bool      `json:"source"` // and the learner has agreed
	Joined  time.Time `json:"joined"`
}

// Address is where the workshop is.
func (m *Member) Address() client.Address {
	return client.Address{URL: m.URL, Code: m.Code, Pin: m.Pin}
}

// Client is a connection as the member.
func (m *Member) Client() *client.Client { return client.New(m.Address(), m.Token) }

// Same says whether an address is that of the workshop: its certificate is the
// same, wherever the host is now, or its URL is where there is none.
func (m *Member) Same(a client.Address) bool {
	if m.Pin != "" && a.Pin != "" {
		return m.Pin == a.Pin
	}
	return m.URL == a.URL
}

// Member reads who the learner is; ErrNone where there is no workshop.
func (f Folder) Member() (*Member, error) {
	b, err := f.read(memberFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNone
	}
	if err != nil {
		return nil, err
	}
	return decodeMember(b)
}

func decodeMember(b []byte) (*Member, error) {
	var m Member
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", memberFile, err)
	}
	join := m.URL + "#" + m.Code
	if m.Pin != "" {
		join += "." + m.Pin
	}
	a, err := client.ParseAddress(join)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s is damaged: %w", memberFile, err)
	case a != m.Address(), m.ID == "", !isToken(m.Token):
		return nil, fmt.Errorf("%s is damaged: it does not say who you are", memberFile)
	}
	return &m, nil
}

// isToken says whether a token can be one: it goes into a header.
func isToken(s string) bool {
	b, err := base64.RawURLEncoding.DecodeString(s)
	return err == nil && len(b) >= 8 && len(s) < 200
}

// Join keeps a new membership, or a changed one.
func (f Folder) Join(m *Member) error {
	if m.ID == "" {
		m.ID = randomID()
	}
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return err
	}
	if err := os.Chmod(string(f), 0o700); err != nil {
		return err
	}
	if err := os.MkdirAll(f.path(spoolDir), 0o700); err != nil {
		return err
	}
	if f.Link(m).Gone { // the host has just said otherwise
		if err := os.Remove(f.path(linkFile)); err != nil {
			return err
		}
	}
	return f.write(memberFile, m, true)
}

// Leave forgets the membership, and with it what was not sent. The membership
// goes first: the courier ends when it is gone.
func (f Folder) Leave() error {
	if err := os.Remove(f.path(memberFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err := os.RemoveAll(string(f))
	for range 10 {
		if err == nil {
			break
		}
		time.Sleep(takeup / 100) // the courier was writing
		err = os.RemoveAll(string(f))
	}
	return err
}

// Touch notes that the learner has used gokata now.
func (f Folder) Touch(now time.Time) {
	path := f.path(usedFile)
	if err := os.Chtimes(path, now, now); errors.Is(err, fs.ErrNotExist) {
		_ = os.WriteFile(path, nil, 0o600) // without it the courier ends earlier, and comes again
	}
}

func randomID() string {
	b := make([]byte, 12)
	rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}
