package member

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gokata/cmd/internal/workshop"
)

// How much waits for a network at most.
const (
	// MaxWaiting results wait; what comes then is not reported.
	MaxWaiting = 5000
	// maxWhole of them keep report and source: the host shows only the last of a
	// kata, and the disk is the learner's.
	maxWhole = 200
)

// ErrFull says that too much waits already.
var ErrFull = fmt.Errorf("%d results wait for the workshop already", MaxWaiting)

// waiting is a result that is not sent yet.
type waiting struct {
	At     time.Time       `json:"at"` // when it happened
	Result workshop.Result `json:"result"`
}

// Add lets a result wait for the courier. It gets an id; when Add returns it is
// on the disk. Source that is more than a workshop takes is left out.
func (f Folder) Add(r workshop.Result, at time.Time) error {
	r.ID = randomID()
	err := r.Verify()
	if err != nil && r.Source != nil {
		r.Source = nil
		err = r.Verify()
	}
	if err != nil {
		return fmt.Errorf("a result that no workshop takes: %w", err)
	}
	switch n := f.Waiting(); {
	case n >= MaxWaiting:
		return ErrFull
	case n >= maxWhole:
		r.Report, r.Source = nil, nil
	}
	at = at.UTC().Round(0)
	name := at.Format("20060102T150405.000000000") + "-" + r.ID + ".json"
	return f.write(filepath.Join(spoolDir, name), waiting{at, r}, true)
}

// Waiting is how many results are not sent yet.
func (f Folder) Waiting() int {
	names, _ := f.spooled()
	return len(names)
}

// spooled are the files of the results that wait, the oldest first.
func (f Folder) spooled() (names []string, err error) {
	entries, err := os.ReadDir(f.path(spoolDir))
	for _, e := range entries {
		if name := e.Name(); strings.HasSuffix(name, ".json") && !strings.HasPrefix(name, ".") {
			names = append(names, name)
		}
	}
	return names, err
}

func decodeWaiting(b []byte) (*waiting, error) {
	var w waiting
	if err := json.Unmarshal(b, &w); err != nil {
		return nil, fmt.Errorf("its file is damaged: %w", err)
	}
	if err := w.Result.Verify(); err != nil {
		return nil, err
	}
	return &w, nil
}

// done takes a result out of the spool.
func (f Folder) done(name string) error {
	err := os.Remove(f.path(filepath.Join(spoolDir, name)))
	if errors.Is(err, os.ErrNotExist) {
		return nil // another courier was here
	}
	return err
}

// Refusal is a result that the host will never take, or that cannot be read.
type Refusal struct {
	At    time.Time     `json:"at"`
	File  string        `json:"file"`
	Kind  workshop.Kind `json:"kind,omitempty"`
	Item  string        `json:"item,omitempty"`
	Error string        `json:"error"`
}

// maxRefused is how large the log of refusals may grow, in bytes.
const maxRefused = 256 << 10

// refuse takes a result out of the spool and notes why, so that somebody can
// find out.
func (f Folder) refuse(r Refusal) error {
	if err := f.done(r.File); err != nil {
		return err
	}
	log, err := os.OpenFile(f.path(refusedFile), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	if info, err := log.Stat(); err != nil || info.Size() > maxRefused {
		return err
	}
	line, err := json.Marshal(r)
	if err == nil {
		_, err = log.Write(append(line, '\n'))
	}
	return err
}

// Refused are the results that the host did not take, the oldest first.
func (f Folder) Refused() (all []Refusal, err error) {
	b, err := f.read(refusedFile)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	for line := range bytes.Lines(b) {
		var r Refusal
		if json.Unmarshal(line, &r) == nil {
			all = append(all, r)
		}
	}
	return all, err
}
