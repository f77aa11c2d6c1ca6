package progress

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
	path string
	lock string
}

// Open names the log of the workspace in dir. It touches no file.
func Open(dir string) *Log {
	return &Log{
		path: filepath.Join(dir, ".gokata", "progress.jsonl"),
		lock: filepath.Join(dir, ".gokata", "lock"),
	}
}

// Path is the file of the log.
func (l *Log) Path() string { return l.path }

// Append adds an event, and returns when it is on the disk. An event without
// id or time is given them. Errors are *fault.Error, with path and cure.
func (l *Log) Append(e Event) error {
	if e.ID == "" {
		e.ID = newID()
	}
	if e.At.IsZero() {
		e.At = time.Now()
	}
	e.At = e.At.UTC().Round(0)
	if err := e.valid(); err != nil {
		return fmt.Errorf("progress: an event that cannot be kept: %w", err)
	}
	line, err := e.encode()
	if err != nil {
		return fmt.Errorf("progress: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(l.path), 0o755); err != nil {
		return fault.New("create", filepath.Dir(l.path), err)
	}
	unlock, err := l.hold()
	if err != nil {
		return err
	}
	defer unlock()
	return fault.New("write", l.path, l.write(line))
}

// write appends a line in one go, after a newline of its own where the last
// line was cut short: the torn text stays, and swallows nothing.
func (l *Log) write(line []byte) (err error) {
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
	if size > 0 {
		last := make([]byte, 1)
		if _, err := f.ReadAt(last, size-1); err != nil {
			return err
		}
		if last[0] != '\n' {
			line = append([]byte{'\n'}, line...)
		}
	}
	if _, err := f.Write(line); err != nil {
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
