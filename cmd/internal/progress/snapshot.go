package progress

import (
	"cmp"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"gokata/cmd/internal/workspace/fault"
	"gokata/lessons/review"
)

// A long log is added up once: what its first bytes gave is kept beside it, with
// their checksum, and only the rest is read line by line. The snapshot is worth
// nothing by itself: deleted, damaged or of a log that was changed, it is made
// anew.

// snapshotVersion changes with everything that changes what Fold gives.
const snapshotVersion = 2

// worthwhile is how many events must have come for a new snapshot.
const worthwhile = 1000

// remembered is how many answers of a question are kept: as many as count.
const remembered = review.Remembered

// snapshot is a State and which bytes of the log it stands for.
type snapshot struct {
	Version  int       `json:"version"`
	Size     int64     `json:"size"` // bytes, whole lines
	Lines    int       `json:"lines"`
	Sum      uint32    `json:"sum"`  // CRC-32C of these bytes
	Last     time.Time `json:"last"` // order of the last event
	Warnings []Warning `json:"warnings"`

	Lessons    map[string]time.Time  `json:"lessons"`
	Questions  map[string]Answer     `json:"questions"`
	Katas      map[string]Kata       `json:"katas"`
	LastKata   string                `json:"last_kata"`
	Answers    map[string][]int64    `json:"answers"` // time in ns and grade, by turns
	Solved     map[string][]int64    `json:"solved"`
	Interviews map[string]*Interview `json:"interviews"`
	Words      map[string]string     `json:"words"`
}

// State reads the log and adds it up, as Fold(Read()) does, without looking at
// each line of a long log again.
func (l *Log) State() (*State, []Warning, error) {
	c, s, err := l.state()
	if err == nil && c.torn {
		// Another process may be writing this very line: look again when it is done.
		lock := flock.New(l.lock, flock.SetFlag(os.O_RDONLY))
		if ok, _ := waitShared(lock); ok {
			c, s, err = l.state()
			lock.Unlock()
		}
	}
	if err != nil {
		return nil, nil, fault.New("read", l.path, err)
	}
	return s, c.warnings, nil
}

// state reads what the snapshot does not know.
func (l *Log) state() (*contents, *State, error) {
	c := &contents{path: l.path, flat: flat{words: map[string]string{}}}
	info, err := os.Stat(l.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c, Fold(nil), nil
	case err != nil:
		return nil, nil, err
	case !info.Mode().IsRegular():
		return nil, nil, errors.New("it is not a regular file")
	}
	f, err := os.Open(l.path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	sum := crc32.New(castagnoli())
	snap := l.known(f, sum)
	if snap != nil {
		c.lines = snap.Lines
		if err := c.scan(io.TeeReader(f, sum)); err != nil {
			return nil, nil, err
		}
		if snap.before(c.events) {
			c.warnings = slices.Concat(snap.Warnings, c.warnings)
			s := snap.state()
			s.extend(c.events)
			l.keep(c, s, sum.Sum32(), f, len(c.events))
			return c, s, nil
		}
		// Events of another machine came in between: all of it once more.
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return nil, nil, err
		}
		sum.Reset()
		c = &contents{path: l.path, flat: flat{words: map[string]string{}}}
	}
	c.events = make([]Event, 0, info.Size()/160)
	if err := c.scan(io.TeeReader(f, sum)); err != nil {
		return nil, nil, err
	}
	s := Fold(c.events)
	l.keep(c, s, sum.Sum32(), f, len(c.events))
	return c, s, nil
}

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// snapshotPath is the file of the snapshot.
func (l *Log) snapshotPath() string { return filepath.Join(filepath.Dir(l.path), "snapshot.json") }

// known is the snapshot, if it is one of the beginning of the log in f, which is
// then read behind that. Else it is nil, and f is at its beginning.
func (l *Log) known(f io.ReadSeeker, sum io.Writer) *snapshot {
	src, err := os.ReadFile(l.snapshotPath())
	if err != nil {
		return nil
	}
	var snap snapshot
	if json.Unmarshal(src, &snap) != nil || snap.Version != snapshotVersion || snap.Size <= 0 {
		return nil
	}
	check := crc32.New(castagnoli())
	n, err := io.CopyBuffer(struct{ io.Writer }{io.MultiWriter(check, sum)}, io.LimitReader(f, snap.Size), make([]byte, 256<<10))
	if err != nil || n != snap.Size || check.Sum32() != snap.Sum {
		f.Seek(0, io.SeekStart)
		if h, ok := sum.(interface{ Reset() }); ok {
			h.Reset()
		}
		return nil
	}
	return &snap
}

// before says whether all of these events come after those of the snapshot.
func (p *snapshot) before(events []Event) bool {
	for i := range events {
		if !events[i].order().After(p.Last) {
			return false
		}
	}
	return true
}

// keep writes a new snapshot where enough has come since the last one. It is
// only a help: where it cannot be written, the log is read as before.
func (l *Log) keep(c *contents, s *State, sum uint32, f io.Seeker, fresh int) {
	if fresh < l.worth || !c.whole {
		return
	}
	size, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return
	}
	src, err := json.Marshal(s.snapshot(size, c.lines, sum, c.warnings))
	if err != nil {
		return
	}
	staged, err := os.CreateTemp(filepath.Dir(l.path), ".snapshot-*")
	if err != nil {
		return
	}
	_, err = staged.Write(src)
	if err = cmp.Or(err, staged.Close()); err == nil {
		err = os.Rename(staged.Name(), l.snapshotPath())
	}
	if err != nil {
		os.Remove(staged.Name())
	}
}

func (s *State) snapshot(size int64, lines int, sum uint32, warnings []Warning) *snapshot {
	return &snapshot{
		Version: snapshotVersion, Size: size, Lines: lines, Sum: sum, Last: s.last, Warnings: warnings,
		Lessons: s.lessons, Questions: s.questions, Katas: s.katas, LastKata: s.lastKata,
		Answers: packed(s.answers), Solved: packed(s.solved), Interviews: s.interviews, Words: s.words,
	}
}

func (p *snapshot) state() *State {
	s := Fold(nil)
	s.last, s.lastKata = p.Last, p.LastKata
	fill(s.lessons, p.Lessons)
	fill(s.questions, p.Questions)
	fill(s.katas, p.Katas)
	fill(s.interviews, p.Interviews)
	fill(s.words, p.Words)
	s.answers, s.solved = unpacked(p.Answers), unpacked(p.Solved)
	return s
}

func fill[V any](to, from map[string]V) {
	for k, v := range from {
		to[k] = v
	}
}

// packed writes answers as numbers, those that count.
func packed(all map[string][]review.Answer) map[string][]int64 {
	out := make(map[string][]int64, len(all))
	for id, answers := range all {
		for _, a := range lastOnes(answers) {
			out[id] = append(out[id], a.At.UnixNano(), int64(a.Grade))
		}
	}
	return out
}

func unpacked(all map[string][]int64) map[string][]review.Answer {
	out := make(map[string][]review.Answer, len(all))
	for id, numbers := range all {
		for i := 0; i+1 < len(numbers); i += 2 {
			out[id] = append(out[id], review.Answer{At: time.Unix(0, numbers[i]).UTC(), Grade: review.Grade(numbers[i+1])})
		}
	}
	return out
}

// lastOnes are the answers that count.
func lastOnes(answers []review.Answer) []review.Answer {
	return answers[max(0, len(answers)-remembered):]
}
