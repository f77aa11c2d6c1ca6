package progress

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"time"

	"github.com/gofrs/flock"

	"gokata/cmd/internal/workspace/fault"
)

// longest is the most bytes that a line may have.
const longest = 1 << 20

// Warning tells of a line of the log that is no event. It stays in the file.
type Warning struct {
	Path string
	Line int    // counts from 1
	Why  string // what is wrong with it
	Text string // its beginning, quoted
}

func (w Warning) String() string {
	return fmt.Sprintf("%s:%d: line skipped, %s: %s", w.Path, w.Line, w.Why, w.Text)
}

// Read gives all events in the order of the file, and a warning for each line
// that is none. Events of kinds that a newer version added come without one. A
// log that does not exist yet is empty.
func (l *Log) Read() ([]Event, []Warning, error) {
	c, err := l.read()
	if err == nil && c.torn {
		// Another process may be writing this very line: look again when it is done.
		lock := flock.New(l.lock, flock.SetFlag(os.O_RDONLY))
		if ok, _ := waitShared(lock); ok {
			c, err = l.read()
			lock.Unlock()
		}
	}
	if err != nil {
		return nil, nil, fault.New("read", l.path, err)
	}
	return c.events, c.warnings, nil
}

func waitShared(lock *flock.Flock) (bool, error) {
	for range 100 {
		if ok, err := lock.TryRLock(); ok || err != nil {
			return ok, err
		}
		time.Sleep(2 * time.Millisecond)
	}
	return false, nil
}

// contents is what a log holds.
type contents struct {
	path     string
	events   []Event
	warnings []Warning
	lines    int  // that were read; where reading begins within the file, those before
	torn     bool // the last line has no end and is no event
	whole    bool // the last line has an end
	flat     flat
	each     func(line []byte, e *Event) // is told of each event, unless nil
}

func (l *Log) read() (*contents, error) {
	c := &contents{path: l.path, flat: flat{words: map[string]string{}}}
	info, err := os.Stat(l.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		// Opening a pipe would wait for a writer.
		return nil, errors.New("it is not a regular file")
	}
	f, err := os.Open(l.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	c.events = make([]Event, 0, info.Size()/160)
	return c, c.scan(f)
}

// scan reads lines, and holds no more than one of them in memory.
func (c *contents) scan(r io.Reader) error {
	in := bufio.NewReaderSize(r, 64<<10)
	var long []byte // the beginning of a line that is longer than the buffer
	for {
		part, err := in.ReadSlice('\n')
		line := part
		if len(long) > 0 || err == bufio.ErrBufferFull {
			long = append(long, part[:min(len(part), longest+1-len(long))]...)
			line = long
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil && err != io.EOF {
			return err
		}
		c.torn = !c.line(c.lines+1, line) && err == io.EOF
		if err == io.EOF {
			c.whole = len(line) == 0
			return nil
		}
		long = long[:0]
		c.lines++
	}
}

// line takes one line, and says whether it was in order.
func (c *contents) line(n int, line []byte) bool {
	if len(line) > longest {
		return c.warn(n, "it is longer than 1 MB", line)
	}
	// A crash can leave zeros where a line was to be written.
	text := bytes.Trim(line, "\x00 \t\r\n")
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if len(text) == 0 {
		if bytes.IndexByte(line, 0) >= 0 {
			return c.warn(n, "it holds only zeros", line)
		}
		return true
	}
	var e Event
	if !c.flat.event(text, &e) {
		e = Event{}
		if err := json.Unmarshal(text, &e); err != nil {
			// A newer version may give a known field another type.
			var head struct{ Kind Kind }
			if json.Unmarshal(text, &head) == nil && head.Kind != "" && !head.Kind.known() {
				return true
			}
			return c.warn(n, "it is no event", text)
		}
	}
	if e.Kind == "" || e.Kind.known() {
		if err := e.valid(); err != nil {
			return c.warn(n, err.Error(), text)
		}
	}
	c.events = append(c.events, e)
	if c.each != nil {
		c.each(text, &e)
	}
	return true
}

func (c *contents) warn(n int, why string, line []byte) bool {
	const shown = 40
	text := strconv.QuoteToASCII(string(line[:min(len(line), shown)]))
	if len(line) > shown {
		text += "…"
	}
	c.warnings = append(c.warnings, Warning{Path: c.path, Line: n, Why: why, Text: text})
	return false
}
