package cli

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// htmlFlag is the flag --html FILE.
type htmlFlag struct {
	given bool
	name  string // as it was typed
	path  string
}

// htmlFlag looks at the file that --html names before anything slow is begun.
func (a *app) htmlFlag(given bool, name string) (htmlFlag, error) {
	h := htmlFlag{given, name, a.path(name)}
	if !given {
		return h, nil
	}
	switch name {
	case "":
		return h, usage("Name one, as in --html report.html.", "--html names no file")
	case "-":
		return h, usage("Name one, as in --html report.html.", "--html writes a file; standard output is for the text")
	}
	if info, err := os.Stat(h.path); err == nil && !info.Mode().IsRegular() {
		return h, usage("Name another, as in --html report.html.", "%s is not a file that can be replaced", name)
	}
	if info, err := os.Stat(filepath.Dir(h.path)); err != nil || !info.IsDir() {
		return h, usage("Make it, or name a file elsewhere.", "there is no folder for %s", name)
	}
	return h, nil
}

// write makes the file, whole or not at all: it is filled beside its place and
// then moved there. Without the flag nothing is written.
func (h htmlFlag) write(page func(io.Writer) error) error {
	if !h.given {
		return nil
	}
	err := replaceFile(h.path, page)
	if err == nil {
		return nil
	}
	var path *fs.PathError
	var link *os.LinkError
	switch { // the name of the temporary file means nothing to anybody
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return usage("Name a file in a folder that can be written and has room.", "failed to write the page %s: %w", h.name, err)
}

func replaceFile(path string, fill func(io.Writer) error) (err error) {
	staged, err := os.CreateTemp(filepath.Dir(path), ".gokata-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(staged.Name())
		}
	}()
	buffered := bufio.NewWriter(staged)
	err = fill(buffered)
	if err == nil {
		err = buffered.Flush()
	}
	if err == nil && runtime.GOOS != "windows" {
		err = staged.Chmod(0o644) // CreateTemp makes files that only the owner reads
	}
	if e := staged.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(staged.Name(), path)
}
