package member

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// The files of a Folder.
const (
	memberFile  = "member.json"
	stageFile   = "stage.json"    // what is told now
	linkFile    = "link.json"     // whether there is a connection
	shownFile   = "shown.json"    // what the learner has seen of what was told
	refusedFile = "refused.jsonl" // results that the host does not take
	spoolDir    = "spool"         // results that wait
	usedFile    = "used"          // its time is that of the last command
	lockFile    = "courier.lock"  // of the one courier
)

// unfinished are files that are being written.
const unfinished = ".new-*"

// maxFile is the most that is read of a file, in bytes: as much as a result may
// hold, each byte of its source written as an escape.
const maxFile = 3 << 20

func (f Folder) path(name string) string { return filepath.Join(string(f), name) }

// read reads a file that is not larger than it can be.
func (f Folder) read(name string) ([]byte, error) {
	file, err := os.Open(f.path(name))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	b, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err == nil && len(b) > maxFile {
		err = fmt.Errorf("%s is larger than it can be", file.Name())
	}
	return b, err
}

// write replaces a file as a whole, readable by its owner alone. Durable is on
// the disk when it returns.
func (f Folder) write(name string, v any, durable bool) (err error) {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	path := f.path(name)
	// A file that is half written begins with a dot: nobody takes it for a result.
	file, err := os.CreateTemp(filepath.Dir(path), unfinished) // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(file.Name())
		}
	}()
	_, err = file.Write(b)
	if err == nil && durable {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// sweep takes away what commands that were killed have left half written.
func (f Folder) sweep() {
	for _, dir := range []string{string(f), f.path(spoolDir)} {
		left, _ := filepath.Glob(filepath.Join(dir, unfinished))
		for _, path := range left {
			if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > time.Hour {
				os.Remove(path)
			}
		}
	}
}
