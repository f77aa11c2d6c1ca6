package cli

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"
)

// outFile is the file of a flag that writes one, such as --html FILE.
type outFile struct {
	flag string // "--html"; of one that was not given nothing
	as   string // an example: "report.html"
	name string // as it was typed
	path string
}

// outFile looks at the file that a flag names before anything slow is begun.
func (a *app) outFile(cmd *cobra.Command, flag, as string) (outFile, error) {
	f := cmd.Flags().Lookup(flag)
	if !f.Changed {
		return outFile{}, nil
	}
	name := f.Value.String()
	o := outFile{"--" + flag, as, name, a.path(name)}
	example := "as in " + o.flag + " " + as + "."
	switch name {
	case "":
		return o, usage("Name one, "+example, "%s names no file", o.flag)
	case "-":
		return o, usage("Name one, "+example, "%s writes a file; standard output is for the text", o.flag)
	}
	if info, err := os.Stat(o.path); err == nil && !info.Mode().IsRegular() {
		return o, usage("Name another, "+example, "%s is not a file that can be replaced", name)
	}
	if info, err := os.Stat(filepath.Dir(o.path)); err != nil || !info.IsDir() {
		return o, usage("Make it, or name a file elsewhere.", "there is no folder for %s", name)
	}
	return o, nil
}

// write makes the file, whole or not at all: it is filled beside its place and
// then moved there. Without the flag nothing is written.
func (o outFile) write(fill func(io.Writer) error) error {
	if o.flag == "" {
		return nil
	}
	err := replaceFile(o.path, fill)
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
	return usage("Name a file in a folder that can be written and has room.", "failed to write %s: %w", o.name, err)
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
