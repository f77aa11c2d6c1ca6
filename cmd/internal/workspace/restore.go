package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gokata/cmd/internal/workspace/fault"
)

// Backup is what was in a kata's folder before a Reset or a Restore.
type Backup struct {
	Name          string // of the folder under .gokata/backup: 20260301T120000Z, with -2 if need be
	At            time.Time
	Chapter, Slug string
	Dir           string
	Files         []string // names at its top, sorted; folders end in a slash
}

// Backups are all that there are, the latest first.
func (w *Workspace) Backups() ([]Backup, error) {
	root := filepath.Join(w.State(), "backup")
	dirs, err := filepath.Glob(filepath.Join(escape(root), "*", "*", "*"))
	if err != nil {
		return nil, fault.New("read", root, err)
	}
	var all []Backup
	for _, dir := range dirs {
		chapter := filepath.Dir(dir)
		b := Backup{Name: filepath.Base(filepath.Dir(chapter)), Chapter: filepath.Base(chapter), Slug: filepath.Base(dir), Dir: dir}
		stamp, _, _ := strings.Cut(b.Name, "-")
		if b.At, err = time.Parse("20060102T150405Z", stamp); err != nil {
			continue // not made by us
		}
		entries, err := os.ReadDir(dir)
		if err != nil {
			return nil, fault.New("read", dir, err)
		}
		for _, e := range entries {
			name := e.Name()
			if e.IsDir() {
				name += "/"
			}
			b.Files = append(b.Files, name)
		}
		all = append(all, b)
	}
	slices.SortFunc(all, func(a, b Backup) int {
		if c := b.At.Compare(a.At); c != 0 {
			return c
		}
		if c := len(b.Name) - len(a.Name); c != 0 { // -10 is later than -2
			return c
		}
		return strings.Compare(b.Name, a.Name)
	})
	return all, nil
}

// escape quotes what Glob would take for a pattern.
func escape(path string) string {
	if os.PathSeparator == '\\' {
		return path
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// Restore puts the files of a backup back; the backup stays. All that was in
// the kata's folder is then in kept, another backup; it is "" where the folder
// held nothing.
func (w *Workspace) Restore(b Backup, now time.Time) (kept string, err error) {
	dir := w.Kata(b.Chapter, b.Slug)
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fault.New("read", dir, err)
	}
	if len(entries) > 0 {
		if kept, err = w.newBackup(b.Chapter, b.Slug, now); err != nil {
			return "", err
		}
		if err := copyTree(dir, kept); err != nil {
			return kept, fault.New("back up", dir, err)
		}
	}
	// All of it is on this disk before anything is moved: a full disk stops here.
	staged, err := os.MkdirTemp(w.State(), "new-")
	if err != nil {
		return kept, fault.New("create", filepath.Join(w.State(), "new"), cause(err))
	}
	defer os.RemoveAll(staged)
	if err := copyTree(b.Dir, staged); err != nil {
		return kept, fault.New("copy", b.Dir, err)
	}
	for _, e := range entries {
		if err := moveOver(filepath.Join(dir, e.Name()), filepath.Join(kept, e.Name())); err != nil {
			return kept, fault.New("move", filepath.Join(dir, e.Name()), err)
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return kept, fault.New("create", dir, err)
	}
	back, err := os.ReadDir(staged)
	if err != nil {
		return kept, fault.New("read", staged, err)
	}
	for _, e := range back {
		path := filepath.Join(dir, e.Name())
		if _, err := os.Lstat(path); err == nil {
			return kept, fmt.Errorf("%s was saved meanwhile; it stays, and the backup is in %s", path, b.Dir)
		}
		if err := os.Rename(filepath.Join(staged, e.Name()), path); err != nil {
			return kept, fault.New("write", path, err)
		}
	}
	syncDir(dir)
	return kept, nil
}
