package workspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"gokata/cmd/internal/workspace/fault"
)

// Version counts the editions of a course, from 1.
type Version int

// schema is the layout of a workspace that this gokata writes.
const schema = 1

const recordName = "workspace.json"

// record is what .gokata/workspace.json holds.
type record struct {
	Schema int     `json:"schema"`
	Course Version `json:"course"`
}

// Newer says that a newer gokata has used the workspace.
type Newer struct {
	Path       string // of the file that says so
	What       string // "layout" or "course"
	Has, Known int    // versions: the workspace's, and the newest that we know
}

func (e *Newer) Error() string {
	return fmt.Sprintf("%s: a newer gokata has used this workspace (%s %d, this one knows %d): update gokata, or name another folder with --workspace DIR; nothing was changed",
		e.Path, e.What, e.Has, e.Known)
}

func (w *Workspace) record() string { return filepath.Join(w.State(), recordName) }

func (w *Workspace) load() error {
	path := w.record()
	src, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", w.Dir, ErrNotFound)
	}
	if err != nil {
		return fault.New("read", path, err)
	}
	var r record
	if err := json.Unmarshal(src, &r); err != nil {
		return damaged(path, err.Error())
	}
	switch {
	case r.Schema > schema:
		return &Newer{Path: path, What: "layout", Has: r.Schema, Known: schema}
	case r.Schema < 1:
		return damaged(path, "it names no schema")
	case r.Course < 1:
		return damaged(path, "it names no course")
	}
	w.Course = r.Course
	return nil
}

// damaged offers the one cure that loses nothing: the file holds two numbers,
// and Create writes it anew around whatever else is there.
func damaged(path, why string) error {
	return fmt.Errorf("%s is damaged (%s): delete it and run gokata next, which writes it anew; your files and your progress stay", path, why)
}

// save replaces the record in one step, so that no reader sees half of it.
func (w *Workspace) save() error {
	src, err := json.Marshal(record{Schema: schema, Course: w.Course})
	if err != nil {
		return err
	}
	staged := filepath.Join(w.State(), fmt.Sprintf("%s.%d", recordName, os.Getpid()))
	if err := os.Remove(staged); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault.New("write", w.record(), err)
	}
	if err := w.write(staged, append(src, '\n')); err != nil {
		return fault.New("write", w.record(), err)
	}
	if err := os.Rename(staged, w.record()); err != nil {
		os.Remove(staged)
		return fault.New("write", w.record(), err)
	}
	syncDir(w.State())
	return nil
}
