package checker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"unicode/utf8"

	"gokata/checker/build"
	"gokata/checker/evidence"
	"gokata/checker/meter"
)

// ErrSource is in the chain of ReadDir's errors: the folder cannot be checked
// as it is, and the message says what to do.
var ErrSource = errors.New("cannot check this folder")

// ReadDir reads the Go files of a solution, tests aside, without following
// links: what is checked must stand in the folder.
func ReadDir(dir string) (map[string][]byte, error) {
	refuse := func(format string, args ...any) error {
		return fmt.Errorf("%w: %s", ErrSource, fmt.Sprintf(format, args...))
	}
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, refuse("%s does not exist; give the folder that holds your Go files", dir)
	case errors.Is(err, syscall.ENOTDIR):
		return nil, refuse("%s is a file; give the folder that it stands in", dir)
	case err != nil:
		return nil, refuse("%v; give yourself the right to read it", err)
	}
	files := map[string][]byte{}
	total := int64(0)
	for _, e := range entries {
		name := e.Name()
		file := filepath.Join(dir, name)
		switch ext := filepath.Ext(name); {
		case strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || e.IsDir():
			continue
		case ext == ".s" || ext == ".S" || ext == ".c" || ext == ".h" || ext == ".syso":
			return nil, refuse("%s: only Go source is measured; remove the file", file)
		case ext != ".go" || strings.HasSuffix(name, "_test.go"):
			continue
		}
		info, err := os.Lstat(file)
		if err != nil {
			return nil, refuse("%v; check again", err)
		}
		switch total += info.Size(); {
		case info.Mode()&fs.ModeSymlink != 0:
			return nil, refuse("%s is a symbolic link; put the file itself there", file)
		case !info.Mode().IsRegular():
			return nil, refuse("%s is not a plain file; remove it", file)
		case total > build.MaxSource:
			return nil, refuse("%s makes more than %d KB of source; a solution is a few KB: remove what is generated", file, build.MaxSource>>10)
		}
		src, err := os.ReadFile(file)
		if err != nil {
			return nil, refuse("%v; give yourself the right to read it", err)
		}
		if !utf8.Valid(src) || bytes.IndexByte(src, 0) >= 0 {
			return nil, refuse("%s is not text in UTF-8; save it as UTF-8", file)
		}
		files[name] = src
	}
	if len(files) == 0 {
		return nil, refuse("%s holds no Go files (tests do not count); give the folder of your solution", dir)
	}
	return files, nil
}

// Machine describes the machine under a check: what it has, and what of it the
// go command gives us. The error wraps build.ErrNoGo; the rest is filled all
// the same.
func Machine(ctx context.Context) (evidence.Machine, string, error) {
	m := meter.Look()
	tool, err := build.Find(ctx)
	m.Go, m.RaceDetector = tool.Version, tool.CC != ""
	return m, tool.NoCC, err
}

// Warm compiles what a check of r needs of the standard library, so that the
// first check does not have to.
func Warm(ctx context.Context, r Request) error {
	c, err := begin(ctx, r)
	if err != nil {
		return err
	}
	defer c.end()
	return c.build(ctx)
}

// prefix of the temporary folder of a check; the process id follows.
const prefix = "gokata-check-"

// tempDir makes a temporary folder below base, an absolute path since programs
// run in folders of their own, and clears away what killed processes have left.
func tempDir(base string) (string, error) {
	sweep()
	base, err := filepath.Abs(base)
	if err == nil {
		base, err = os.MkdirTemp(base, prefix+strconv.Itoa(os.Getpid())+"-")
	}
	if err != nil {
		return "", fmt.Errorf("%w: failed to make a temporary folder: %w; set TMPDIR to a folder with room", ErrSetup, err)
	}
	return base, nil
}

// sweep removes the temporary folders of checks whose process was killed. What
// cannot be removed stays for the system to clear away.
func sweep() {
	left, err := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*"))
	if err != nil {
		return
	}
	for _, dir := range left {
		id, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(dir), prefix), "-")
		if pid, err := strconv.Atoi(id); err == nil && pid != os.Getpid() && !alive(pid) {
			_ = os.RemoveAll(dir)
		}
	}
}
