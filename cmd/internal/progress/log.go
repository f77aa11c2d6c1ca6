package progress

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"gokata/cmd/internal/workspace/fault"
)

// patience is how long Append waits for another process: far longer than an
// append takes, so that only one that hangs can use it up.
const patience = 10 * time.Second

// Log is the progress log of one workspace. Several processes may use it at
// once.
type Log struct {
	path  string
	lock  string
	worth int // how many events must have come for a new snapshot
}

// Open names the log of the workspace in dir. It touches no file.
func Open(dir string) *Log {
	return &Log{
		path: filepath.Join(dir, ".gokata", "progress.jsonl"),
		lock: filepath.Join(dir, ".gokata", "lock"),

		worth: worthwhile,
	}
}

// Path is the file of the log.
func (l *Log) Path() string { return l.path }

// Append adds an event, and returns when it is on the disk. An event without
// id or time is given them. Errors are *fault.Error, with path and cure.
func (l *Log) Append(e Event) error {
	now := e.At.IsZero()
	if now {
		e.At = time.Now()
	}
	return l.append(now, e)
}

// append adds events in one write. Those of now come after all that is in the
// log, whatever the clock says.
func (l *Log) append(now bool, events ...Event) error {
	for i := range events {
		e := &events[i]
		if e.ID == "" {
			e.ID = newID()
		}
		e.At = e.At.UTC().Round(0)
		if err := e.valid(); err != nil {
			return fmt.Errorf("progress: an event that cannot be kept: %w", err)
		}
		if !e.Kind.known() {
			return fmt.Errorf("progress: no such kind of event: %q", e.Kind)
		}
	}
	if err := os.MkdirAll(filepath.Dir(l.path), 0o755); err != nil {
		return fault.New("create", filepath.Dir(l.path), err)
	}
	unlock, err := l.hold()
	if err != nil {
		return err
	}
	defer unlock()
	return fault.New("write", l.path, l.write(now, events))
}

// write appends events in one go.
func (l *Log) write(now bool, events []Event) error {
	return l.writeText(func(last *Event) (lines []byte, err error) {
		for i := range events {
			e := &events[i]
			if now && last != nil && !e.At.After(last.order()) {
				e.After = last.order()
			}
			line, err := e.encode()
			if err != nil {
				return nil, err
			}
			lines, last = append(lines, line...), e
		}
		return lines, nil
	})
}

// writeText appends the lines that are made after the last event, in one go,
// after a newline of its own where the last line was cut short: the torn text
// stays, and swallows nothing.
func (l *Log) writeText(after func(last *Event) ([]byte, error)) (err error) {
	f, err := os.OpenFile(l.path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	end, err := ending(f, size)
	if err != nil {
		return err
	}
	lines, err := after(lastOf(end))
	if err != nil {
		return err
	}
	if len(end) > 0 && end[len(end)-1] != '\n' {
		lines = append([]byte{'\n'}, lines...)
	}
	if _, err := f.Write(lines); err != nil {
		return err
	}
	if err := f.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) {
		return err
	}
	if size == 0 {
		syncDir(filepath.Dir(l.path))
	}
	return nil
}

// ending is the end of a file, as much as holds its last lines.
func ending(f io.ReaderAt, size int64) ([]byte, error) {
	const most = 8 << 10
	end := make([]byte, min(size, most))
	if _, err := f.ReadAt(end, size-int64(len(end))); err != nil && err != io.EOF {
		return nil, err
	}
	return end, nil
}

// lastOf is the last event of a text, or nil.
func lastOf(text []byte) *Event {
	for _, line := range slices.Backward(bytes.Split(text, []byte("\n"))) {
		c := contents{flat: flat{words: map[string]string{}}}
		if c.line(0, line); len(c.events) > 0 {
			return &c.events[0]
		}
	}
	return nil
}

// hold takes the lock that keeps appends apart.
func (l *Log) hold() (unlock func(), err error) {
	lock := flock.New(l.lock, flock.SetPermissions(0o644))
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, err = lock.TryLockContext(ctx, 2*time.Millisecond)
	switch {
	case err == nil:
		return func() { lock.Unlock() }, nil
	case errors.Is(err, context.DeadlineExceeded):
		return nil, &fault.Error{
			Op: "lock", Path: l.lock, Err: errors.New("another gokata holds it"),
			Cure: "wait for that one or end it, then run the command again",
		}
	case errors.Is(err, errors.ErrUnsupported):
		// A file system without locks: appends are single writes all the same.
		return func() {}, nil
	default:
		return nil, fault.New("lock", l.lock, err)
	}
}

// syncDir makes the name of a new file durable, where the system can.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		d.Sync()
		d.Close()
	}
}
