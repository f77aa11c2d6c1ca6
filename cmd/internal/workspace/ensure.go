package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gokata/cmd/internal/workspace/fault"
)

// ReadmeName is the file in a kata's folder that holds the brief.
const ReadmeName = "README.md"

// Ensure makes the folder of a kata with its starter files (name to text) and
// its brief, in one step. Created says that the folder was made just now. A
// folder that exists is the learner's: it gets only what it has none of, so
// that a file that was renamed does not come back beside its new name.
func (w *Workspace) Ensure(chapter, slug string, files map[string][]byte, readme []byte) (dir string, created bool, err error) {
	starter, err := starterFiles(chapter, slug, files, readme)
	if err != nil {
		return "", false, err
	}
	dir = w.Kata(chapter, slug)
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		switch err := w.make(dir, starter); {
		case err == nil:
			return dir, true, nil
		case !errors.Is(err, errNoRename):
			return dir, false, err
		}
		created = true
	}
	return dir, created, w.complete(dir, starter)
}

// starterFiles gives all files of a kata by name, and refuses names that would
// leave its folder.
func starterFiles(chapter, slug string, files map[string][]byte, readme []byte) (map[string][]byte, error) {
	starter := maps.Clone(files)
	if starter == nil {
		starter = map[string][]byte{}
	}
	starter[ReadmeName] = readme
	names := slices.Collect(maps.Keys(starter))
	for _, name := range append(names, chapter, slug) {
		if name == "." || strings.ContainsAny(name, `/\:`) || !filepath.IsLocal(name) {
			return nil, fmt.Errorf("kata %s/%s: %q is no plain file name", chapter, slug, name)
		}
	}
	return starter, nil
}

// errNoRename says that a folder cannot be moved into place, since the state
// folder is on another disk or another process was first.
var errNoRename = errors.New("cannot move the folder into place")

// make stages the folder and moves it into place, so that a kata's folder that
// exists is complete.
func (w *Workspace) make(dir string, starter map[string][]byte) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return fault.New("create", dir, err)
	}
	staged, err := w.stage(dir, starter)
	if err != nil {
		return err
	}
	defer os.RemoveAll(staged)
	if err := os.Rename(staged, dir); err != nil {
		return errNoRename
	}
	syncDir(filepath.Dir(dir))
	return nil
}

// stage writes the files for dir into a new folder of the state folder, which
// the caller moves or removes.
func (w *Workspace) stage(dir string, starter map[string][]byte) (staged string, err error) {
	staged, err = os.MkdirTemp(w.State(), "new-")
	if err != nil {
		return "", fault.New("create", filepath.Join(w.State(), "new"), cause(err))
	}
	for name, data := range starter {
		if err := w.write(filepath.Join(staged, name), data); err != nil {
			os.RemoveAll(staged)
			return "", fault.New("write", filepath.Join(dir, name), cause(err))
		}
	}
	if err := os.Chmod(staged, 0o755); err != nil {
		os.RemoveAll(staged)
		return "", fault.New("create", dir, err)
	}
	return staged, nil
}

// complete adds to a folder what it has none of: code, tests, other files.
func (w *Workspace) complete(dir string, starter map[string][]byte) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault.New("read", dir, err)
	}
	has := map[string]bool{}
	for _, e := range entries {
		has[part(e.Name())] = true
	}
	lacks := maps.Clone(starter)
	maps.DeleteFunc(lacks, func(name string, _ []byte) bool { return has[part(name)] })
	return w.restore(dir, lacks)
}

// restore writes the starter files that a folder lacks.
func (w *Workspace) restore(dir string, starter map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fault.New("create", dir, err)
	}
	for name, data := range starter {
		path := filepath.Join(dir, name)
		if err := w.write(path, data); err != nil && !errors.Is(err, fs.ErrExist) {
			return fault.New("write", path, err)
		}
	}
	syncDir(dir)
	return nil
}

// part names what a file is a piece of: files of one part come and go together.
func part(name string) string {
	switch {
	case strings.HasSuffix(name, "_test.go"):
		return "_test.go"
	case strings.HasSuffix(name, ".go"):
		return ".go"
	default:
		return name
	}
}
