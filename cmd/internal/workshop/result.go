// Package workshop is what a workshop is made of, as plain values: results that
// learners report, what the instructor does, and what both add up to. It opens
// no file and no connection.
//
// Data flows one way. A learner's gokata makes a Result; the host writes it down
// (package store), and then Room.Add adds it up; pages and streams show the Room.
// What the instructor does is an Event, written down likewise and added up into
// the Stage, which every learner gets.
package workshop

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Kind says what a learner has done.
type Kind string

// The kinds of results.
const (
	Started  Kind = "started"  // the files of a kata were given out
	Checked  Kind = "checked"  // a solution was checked
	Hint     Kind = "hint"     // a hint was seen
	Solution Kind = "solution" // the reference solution was seen
	Answered Kind = "answered" // a question was answered
	Read     Kind = "read"     // a lesson was read
	Left     Kind = "left"     // the workshop was left; the host's own word
)

// What a result may hold at most.
const (
	MaxID     = 64        // bytes of an id
	MaxItem   = 80        // bytes of a slug or an id of the course
	MaxReport = 64 << 10  // bytes of a report
	MaxSource = 256 << 10 // bytes of all files of a solution
	MaxFiles  = 32
	MaxCurve  = 16 // points of a curve
)

// Result is one thing that a learner's gokata reports. It is the learner's word:
// nobody has verified it.
type Result struct {
	ID    string `json:"id"` // random; a result that comes twice has one id
	Kind  Kind   `json:"kind"`
	Item  string `json:"item"`   // slug of the kata, or id of the question or lesson
	AgeMS int64  `json:"age_ms"` // how long ago it happened when it was sent: clocks differ

	// Of a check.
	Verdict    string             `json:"verdict,omitempty"`
	Reason     string             `json:"reason,omitempty"`
	Speedup    float64            `json:"speedup,omitempty"`    // 0: not measured
	Attainable float64            `json:"attainable,omitempty"` // the reference's, in the same rounds
	CPUs       int                `json:"cpus,omitempty"`       // that it was measured on
	Curve      map[string]float64 `json:"curve,omitempty"`      // predicted speed-up by CPUs, "2" to "64"
	ElapsedMS  int64              `json:"elapsed_ms,omitempty"`
	Report     json.RawMessage    `json:"report,omitempty"` // as check --json prints it
	Source     map[string]string  `json:"source,omitempty"` // by file name, where it was asked for and agreed to

	// Of an answer.
	Right bool    `json:"right,omitempty"`
	Score float64 `json:"score,omitempty"` // 0 to 1
	// Of a hint.
	Hint int `json:"hint,omitempty"` // counts from 1
}

const (
	small  = "abcdefghijklmnopqrstuvwxyz"
	digits = "0123456789"
	idSet  = small + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + digits + "_-"
)

// only says whether a text has so many bytes, all of a set.
func only(s, set string, least, most int) bool {
	return len(s) >= least && len(s) <= most && strings.Trim(s, set) == ""
}

// Verify says what is wrong with a result from outside, nil where nothing is.
func (r *Result) Verify() error {
	switch {
	case !only(r.ID, idSet, 8, MaxID):
		return errors.New("its id is not 8 to 64 letters and digits")
	case !only(r.Item, small+digits+"./_-", 1, MaxItem):
		return fmt.Errorf("item %.20q is no id of the course", r.Item)
	case !only(r.Verdict, small+"-", 0, 24), !only(r.Reason, small+"-", 0, 24):
		return errors.New("verdict or reason is no word")
	case len(r.Report) > MaxReport:
		return fmt.Errorf("its report is larger than %d kB", MaxReport>>10)
	case !utf8.Valid(r.Report):
		return errors.New("its report is no text")
	case len(r.Curve) > MaxCurve, r.Hint < 0, r.Hint > 99, r.CPUs < 0, r.CPUs > 1<<16:
		return errors.New("a number in it is out of range")
	}
	for _, f := range []float64{r.Speedup, r.Attainable, r.Score} {
		if !(f >= 0 && f <= 1<<16) {
			return errors.New("a figure in it is out of range")
		}
	}
	for cpus, s := range r.Curve {
		if !only(cpus, digits, 1, 5) || !(s >= 0 && s <= 1<<16) {
			return errors.New("a figure of its curve is out of range")
		}
	}
	switch r.Kind {
	case Started, Checked, Hint, Solution, Answered, Read:
	default:
		return fmt.Errorf("kind %.20q is none", string(r.Kind))
	}
	return r.verifySource()
}

func (r *Result) verifySource() error {
	if len(r.Source) > MaxFiles {
		return fmt.Errorf("it holds more than %d files", MaxFiles)
	}
	size := 0
	for name, text := range r.Source {
		if len(name) > 255 || !utf8.ValidString(name) || !utf8.ValidString(text) {
			return errors.New("a file in it is no text")
		}
		size += len(name) + len(text)
	}
	if size > MaxSource {
		return fmt.Errorf("its files are larger than %d kB", MaxSource>>10)
	}
	return nil
}

// Happened is when a result happened by the clock of who received it, which is
// not in the future and at most a week ago.
func (r *Result) Happened(received time.Time) time.Time {
	age := time.Duration(min(max(r.AgeMS, 0), (7*24*time.Hour).Milliseconds())) * time.Millisecond
	return received.Add(-age)
}
