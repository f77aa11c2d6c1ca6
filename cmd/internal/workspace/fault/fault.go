// Package fault turns an error of the file system into one that a learner can
// act on: what failed, on which path, why, and what to do about it.
package fault

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// Error is a failed operation on a path.
type Error struct {
	Op   string // what was tried, as it follows "failed to": "write"
	Path string // what it was tried on
	Err  error  // why it failed
	Cure string // what to do, in one line
}

// Error says all of it in one line.
func (e *Error) Error() string {
	return fmt.Sprintf("failed to %s %s: %v; %s", e.Op, e.Path, e.Err, e.Cure)
}

// Unwrap gives the cause, so that errors.Is(err, syscall.ENOSPC) works.
func (e *Error) Unwrap() error { return e.Err }

// New explains err, which op met on path. A path inside err is more exact than
// path and is named in its place. An error that is explained already stays as
// it is; nil stays nil.
func New(op, path string, err error) error {
	if err == nil {
		return nil
	}
	if known := (*Error)(nil); errors.As(err, &known) {
		return err
	}
	var inPath *fs.PathError
	var inLink *os.LinkError
	switch {
	case errors.As(err, &inPath):
		path, err = inPath.Path, inPath.Err
	case errors.As(err, &inLink):
		path, err = inLink.New, inLink.Err
	}
	return &Error{Op: op, Path: path, Err: err, Cure: cure(err)}
}

func cure(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "free some space there, then run the command again"
	case errors.Is(err, syscall.EROFS):
		return "that disk is read-only: name another folder with --workspace DIR"
	case errors.Is(err, syscall.ENOTDIR):
		return "a file stands where a folder is needed: move it away, or name another folder with --workspace DIR"
	case errors.Is(err, syscall.EISDIR):
		return "a folder stands where a file is needed: move it away, then run the command again"
	case errors.Is(err, syscall.ELOOP):
		return "symbolic links lead round in a circle there: remove one of them, or name another folder with --workspace DIR"
	case errors.Is(err, syscall.ENAMETOOLONG):
		return "name a folder with a shorter path with --workspace DIR"
	case errors.Is(err, fs.ErrPermission):
		return "make it writable for your user (chmod u+rwX), or name another folder with --workspace DIR"
	case errors.Is(err, fs.ErrNotExist):
		return "check that the path exists, or name another folder with --workspace DIR"
	default:
		return "put that right, then run the command again"
	}
}
