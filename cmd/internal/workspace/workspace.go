// Package workspace keeps the learner's folder: a plain Go module whose katas
// lie in katas/<chapter>/<slug>, so that editors, gopls and go test work with
// nothing to configure, and a folder .gokata for what we remember.
//
// A command asks Find where the workspace is, then Create or Open, then Ensure
// for the kata at hand. Nothing here prints; every error is a *fault.Error or
// says itself which path is wrong and what to do. Files of the learner are
// never overwritten and never removed: Ensure only adds, Reset moves what it
// replaces to .gokata/backup.
package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gokata/cmd/internal/workspace/fault"
)

const (
	stateDir   = ".gokata"
	katasDir   = "katas"
	modulePath = "gokata-workspace"
	goMod      = "module " + modulePath + "\n\ngo 1.26\n"
)

// ErrNoPlace says that no folder is known for the workspace: there is no home
// folder, and none was named.
var ErrNoPlace = errors.New("no folder for the workspace: HOME is not set; name one with --workspace DIR or in GOKATA_WORKSPACE")

// ErrNotFound says that the folder holds no workspace yet.
var ErrNotFound = errors.New("no workspace there; run gokata next to make one")

// Workspace is an open workspace.
type Workspace struct {
	Dir    string  // absolute, unless Find was given a relative folder to start from
	Course Version // of the newest course that has used this workspace
	// write makes one file; tests put a disk that is full in its place.
	write func(path string, data []byte) error
}

// Create makes a workspace in dir for this version of the course, or completes
// one that was left unfinished, and opens it. A folder that holds something
// else is refused.
func Create(dir string, course Version) (*Workspace, error) {
	if dir == "" {
		return nil, ErrNoPlace
	}
	switch ws, err := Open(dir); {
	case err == nil:
		if err := ws.Adopt(course); err != nil {
			return nil, err
		}
		return ws, nil
	case !errors.Is(err, ErrNotFound):
		return nil, err
	}
	ws := &Workspace{Dir: dir, Course: course, write: writeNew}
	if _, err := os.Stat(ws.State()); err != nil {
		if err := vacant(dir); err != nil {
			return nil, err
		}
	}
	for _, d := range []string{dir, filepath.Join(dir, katasDir), ws.State()} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return nil, fault.New("create", d, err)
		}
	}
	mod := filepath.Join(dir, "go.mod")
	if err := ws.write(mod, []byte(goMod)); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fault.New("create", mod, err)
	}
	// Last, because its presence says that the workspace is complete.
	if err := ws.save(); err != nil {
		return nil, err
	}
	return ws, nil
}

// Open opens the workspace in dir. The error is ErrNotFound where there is
// none, *Newer where a newer gokata made it.
func Open(dir string) (*Workspace, error) {
	if dir == "" {
		return nil, ErrNoPlace
	}
	ws := &Workspace{Dir: dir, write: writeNew}
	if err := ws.load(); err != nil {
		return nil, err
	}
	return ws, nil
}

// Adopt notes that this version of the course uses the workspace. The error is
// *Newer where a newer course has used it before.
func (w *Workspace) Adopt(course Version) error {
	switch {
	case w.Course > course:
		return &Newer{Path: w.record(), What: "course", Has: int(w.Course), Known: int(course)}
	case w.Course == course:
		return nil
	}
	w.Course = course
	return w.save()
}

// State is the folder of what gokata remembers.
func (w *Workspace) State() string { return filepath.Join(w.Dir, stateDir) }

// Kata is the folder of a kata.
func (w *Workspace) Kata(chapter, slug string) string {
	return filepath.Join(w.Dir, katasDir, chapter, slug)
}

// KataAt says in which kata's folder cwd lies, however deep.
func (w *Workspace) KataAt(cwd string) (slug string, ok bool) {
	if slug, ok = kataWithin(w.Dir, cwd); ok {
		return slug, true
	}
	// The shell may have come by another name for the same folder.
	dir, err := filepath.EvalSymlinks(w.Dir)
	if err != nil {
		return "", false
	}
	if cwd, err = filepath.EvalSymlinks(cwd); err != nil {
		return "", false
	}
	return kataWithin(dir, cwd)
}

func kataWithin(dir, cwd string) (string, bool) {
	rel, err := filepath.Rel(filepath.Join(dir, katasDir), cwd)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	parts := strings.Split(rel, string(filepath.Separator))
	if len(parts) < 2 {
		return "", false
	}
	return parts[1], true
}

// vacant refuses a folder where a workspace would mix with somebody's files:
// another Go module above all, such as a clone of gokata's own sources.
func vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fault.New("read", dir, err)
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case name == "go.mod":
			if !ours(filepath.Join(dir, name)) {
				return fmt.Errorf("%s holds another Go module: name an empty folder with --workspace DIR", dir)
			}
		case name == katasDir,
			strings.HasPrefix(name, "."),
			strings.HasPrefix(name, "README"),
			strings.HasPrefix(name, "LICENSE"):
		default:
			return fmt.Errorf("%s is not empty (it holds %s): name an empty folder with --workspace DIR", dir, name)
		}
	}
	return nil
}

// ours says whether a go.mod is a workspace's, left by a Create that was cut off.
func ours(path string) bool {
	src, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(src)) {
		if fields := strings.Fields(line); len(fields) >= 2 && fields[0] == "module" {
			return strings.Trim(fields[1], `"`) == modulePath
		}
	}
	return false
}
