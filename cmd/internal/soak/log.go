package soak

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Log is a file that trials are appended to, by any number of processes.
type Log struct{ file *os.File }

// OpenLog opens the log, and makes it and its folder where there is none.
func OpenLog(name string) (*Log, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, fmt.Errorf("failed to make the folder of the log: %w", err)
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("failed to open the log: %w", err)
	}
	l := &Log{f}
	if err := l.mend(); err != nil {
		f.Close()
		return nil, fmt.Errorf("failed to read the log: %w", err)
	}
	return l, nil
}

// mend ends a torn last line, so that the next one stands by itself.
func (l *Log) mend() error {
	info, err := l.file.Stat()
	if err != nil || info.Size() == 0 {
		return err
	}
	last := make([]byte, 1)
	if _, err := l.file.ReadAt(last, info.Size()-1); err != nil || last[0] == '\n' {
		return err
	}
	_, err = l.file.Write([]byte("\n"))
	return err
}

// Add appends a record by one write, which the system does not mix with others.
func (l *Log) Add(r Record) error {
	line, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("failed to write to the log: %w", err)
	}
	if _, err := l.file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("failed to write to the log: %w", err)
	}
	return nil
}

// Close closes the file.
func (l *Log) Close() error { return l.file.Close() }

// ReadLog reads the records of a log. torn counts the lines that are none: a
// machine that went down leaves half a line.
func ReadLog(r io.Reader) (records []Record, torn int, err error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, 0, fmt.Errorf("failed to read the log: %w", err)
	}
	for line := range bytes.Lines(b) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		var rec Record
		if err := json.Unmarshal(line, &rec); err != nil || rec.Kata == "" || rec.Kind == "" {
			torn++
			continue
		}
		records = append(records, rec)
	}
	return records, torn, nil
}
