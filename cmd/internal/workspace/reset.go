package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"gokata/cmd/internal/workspace/fault"
)

// Reset gives a kata its starter files back. All that was in its folder is
// then in backup, a folder under .gokata/backup/<time>; it is "" where nothing
// had been changed. At every instant each file of the learner is in the kata's
// folder, in the backup, or in both; a Reset that was cut off is completed by
// the next Ensure or Reset.
func (w *Workspace) Reset(chapter, slug string, files map[string][]byte, readme []byte, now time.Time) (backup string, err error) {
	starter, err := starterFiles(chapter, slug, files, readme)
	if err != nil {
		return "", err
	}
	dir := w.Kata(chapter, slug)
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fault.New("read", dir, err)
	}
	if unchanged(dir, entries, starter) {
		if len(entries) == len(starter) {
			return "", nil
		}
		return "", w.restore(dir, starter)
	}
	backup, err = w.newBackup(chapter, slug, now)
	if err != nil {
		return "", err
	}
	// First a copy that is on the disk, whatever happens to the machine.
	if err := copyTree(dir, backup); err != nil {
		return backup, fault.New("back up", dir, err)
	}
	// Then the starter, before anything is moved: a full disk stops here.
	staged, err := w.stage(dir, starter)
	if err != nil {
		return backup, err
	}
	defer os.RemoveAll(staged)
	// Then the files themselves, so that a save made since the copy counts.
	for _, e := range entries {
		if err := moveOver(filepath.Join(dir, e.Name()), filepath.Join(backup, e.Name())); err != nil {
			return backup, fault.New("move", filepath.Join(dir, e.Name()), err)
		}
	}
	for name := range starter {
		path := filepath.Join(dir, name)
		if err := place(filepath.Join(staged, name), path); err != nil {
			return backup, fmt.Errorf("%w (your files are in %s)", fault.New("write", path, err), backup)
		}
	}
	syncDir(dir)
	return backup, nil
}

// place brings a staged file to a path that is free, on this disk or another.
func place(staged, path string) error {
	err := os.Link(staged, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return copyFile(staged, path)
}

// unchanged says whether a folder holds starter files only, word for word.
func unchanged(dir string, entries []fs.DirEntry, starter map[string][]byte) bool {
	for _, e := range entries {
		want, known := starter[e.Name()]
		if !known || !e.Type().IsRegular() {
			return false
		}
		got, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil || !bytes.Equal(got, want) {
			return false
		}
	}
	return true
}

// newBackup makes a folder that no other backup uses, even within one second.
func (w *Workspace) newBackup(chapter, slug string, now time.Time) (string, error) {
	stamp := now.UTC().Format("20060102T150405Z")
	for n := 1; ; n++ {
		at := stamp
		if n > 1 {
			at = fmt.Sprintf("%s-%d", stamp, n)
		}
		backup := filepath.Join(w.State(), "backup", at, chapter, slug)
		if err := os.MkdirAll(filepath.Dir(backup), 0o755); err != nil {
			return "", fault.New("create", backup, err)
		}
		err := os.Mkdir(backup, 0o755)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		return backup, fault.New("create", backup, err)
	}
}

// copyTree copies what is in a folder into another one that is empty. What is
// neither file, folder nor link (a pipe, say) holds nothing to keep.
func copyTree(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		src, dst := filepath.Join(from, e.Name()), filepath.Join(to, e.Name())
		switch {
		case e.IsDir():
			err = os.Mkdir(dst, 0o755)
			if err == nil {
				err = copyTree(src, dst)
			}
		case e.Type().IsRegular(), e.Type()&fs.ModeSymlink != 0:
			err = copyFile(src, dst)
		}
		if err != nil {
			return err
		}
	}
	syncDir(to)
	return nil
}

// moveOver moves a file in place of its copy, and a folder file by file.
func moveOver(from, to string) error {
	info, err := os.Lstat(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // a passing file of an editor; its copy is kept
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		if os.Rename(from, to) == nil {
			return nil
		}
		return removeCopied(from, to) // on another disk
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := moveOver(filepath.Join(from, e.Name()), filepath.Join(to, e.Name())); err != nil {
			return err
		}
	}
	return os.Remove(from)
}

// removeCopied removes a file whose copy on another disk says the same.
func removeCopied(from, to string) error {
	if info, err := os.Lstat(from); err == nil && info.Mode().IsRegular() {
		was, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		is, err := os.ReadFile(to)
		if err != nil {
			return err
		}
		if !bytes.Equal(was, is) {
			return fmt.Errorf("%s was saved meanwhile", from)
		}
	}
	return os.Remove(from)
}
