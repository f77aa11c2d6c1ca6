package progress

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gokata/cmd/internal/workspace/fault"
)

// Export writes the log, each event once and a line each, without what is no
// event. Lines of a newer version come as they are.
func (l *Log) Export(w io.Writer) (events int, warnings []Warning, err error) {
	lines, warnings, err := l.lines(map[string]bool{})
	if err != nil {
		return 0, nil, err
	}
	_, err = w.Write(bytes.Join(append(lines, nil), []byte("\n")))
	return len(lines), warnings, err
}

// Import adds the events of another log, called name in warnings, that this one
// does not have, and returns when they are on the disk. Known are those it has.
// Both logs then add up to the same, whichever was imported into which.
func (l *Log) Import(r io.Reader, name string) (added, known int, warnings []Warning, err error) {
	c := &contents{path: name, flat: flat{words: map[string]string{}}}
	type line struct {
		id   string
		text []byte
	}
	var theirs []line
	c.each = func(text []byte, e *Event) { theirs = append(theirs, line{e.ID, bytes.Clone(text)}) }
	if err := c.scan(r); err != nil {
		return 0, 0, nil, fmt.Errorf("failed to read %s: %w", name, err)
	}
	if len(c.events) == 0 && len(c.warnings) > 0 {
		return 0, 0, c.warnings, fmt.Errorf("%s is no progress log: %w", name, errors.New(c.warnings[0].Why+" in line "+fmt.Sprint(c.warnings[0].Line)))
	}
	if err := os.MkdirAll(filepath.Dir(l.path), 0o755); err != nil {
		return 0, 0, nil, fault.New("create", filepath.Dir(l.path), err)
	}
	unlock, err := l.hold()
	if err != nil {
		return 0, 0, nil, err
	}
	defer unlock()
	have := map[string]bool{}
	if _, _, err := l.lines(have); err != nil {
		return 0, 0, nil, err
	}
	var text []byte
	for _, t := range theirs {
		// Without an id it cannot be told from itself.
		if t.id == "" || have[t.id] {
			known++
			continue
		}
		have[t.id] = true
		added++
		text = append(append(text, t.text...), '\n')
	}
	if added == 0 {
		return 0, known, c.warnings, nil
	}
	return added, known, c.warnings, fault.New("write", l.path, l.writeText(func(*Event) ([]byte, error) { return text, nil }))
}

// lines are the events of the log as they stand there, each once. Their ids are
// added to have.
func (l *Log) lines(have map[string]bool) (lines [][]byte, warnings []Warning, err error) {
	f, err := os.Open(l.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fault.New("read", l.path, err)
	}
	defer f.Close()
	c := &contents{path: l.path, flat: flat{words: map[string]string{}}}
	c.each = func(text []byte, e *Event) {
		if !have[e.ID] {
			have[e.ID] = true
			lines = append(lines, bytes.Clone(text))
		}
	}
	err = c.scan(f)
	return lines, c.warnings, fault.New("read", l.path, err)
}
