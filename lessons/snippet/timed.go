package snippet

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strconv"
	"strings"
	"time"

	"gokata/lessons/quiz"
)

// harness is the other half of the program of a time question: it gives
// compute, calls scenario, and prints the wall and CPU time of that in ns.
//
//go:embed harness.go.txt
var harness string

// scenario is the function that the program of a time question has.
const scenario = "func scenario() {"

// Timed extracts the program of a time question: the file of the question's
// name in dir, the testdata of its chapter.
func Timed(q *quiz.Question, dir fs.FS) (Program, error) {
	name := q.ID + ".go"
	file := strings.TrimSuffix(q.File, "quiz.md") + "testdata/" + name
	src, err := fs.ReadFile(dir, name)
	switch {
	case err != nil:
		return Program{}, mistake(q.File, q.Line, fmt.Sprintf("its times are measured by no program: write %s with %s, of compute(d), time.Sleep and goroutines", file, strings.TrimSuffix(scenario, " {")))
	case !strings.Contains(string(src), scenario):
		return Program{}, mistake(file, 1, "there is no "+strings.TrimSuffix(scenario, " {")+": write it, and no main")
	}
	return Program{Name: q.ID, File: file, Line: 1, Source: string(src), Beside: harness, Runs: true}, nil
}

// Doubt is an answer of a time question that the runs neither bore out nor
// ruled out: they were longer than it, which noise can do, or this machine has
// fewer CPUs than the row asks for.
type Doubt struct {
	File string
	Line int
	Msg  string
}

func (d Doubt) String() string { return fmt.Sprintf("%s:%d: %s", d.File, d.Line, d.Msg) }

// VerifyTimes runs the program of a time question at the GOMAXPROCS of each
// row, up to so many times, and holds the answers against what the clocks
// read. Noise only makes a run longer, so an answer above what was read is a
// mistake on every machine; one below it is a Doubt. It needs Linux, which has
// a CPU clock for each thread.
func (b *Binaries) VerifyTimes(ctx context.Context, q *quiz.Question, runs int) (doubts []Doubt, err error) {
	var errs []error
	rows := map[int][]reading{}
	for _, blank := range q.Blanks {
		procs, clock, ok := cell(blank.Label)
		if !ok {
			errs = append(errs, mistake(q.File, blank.Line, fmt.Sprintf("cell %q: want rows P=1, P=2 and so on, and columns T and C", blank.Label)))
			continue
		}
		read := rows[procs]
		for range runs - len(read) {
			if len(read) > 0 && confirmed(q, procs, read) {
				break
			}
			r, err := b.time(ctx, q.ID, procs)
			if err != nil {
				return nil, mistake(q.File, q.Line, fmt.Sprintf("question %s: %v", q.ID, err))
			}
			read = append(read, r)
		}
		rows[procs] = read
		least := shortest(read, clock)
		off := slack(blank)
		switch {
		case least < blank.Value-off:
			errs = append(errs, mistake(q.File, blank.Line, fmt.Sprintf("%s: the answer says %v, and a run took %v: no noise makes it shorter", blank.Label, blank.Value, least.Round(100*time.Microsecond))))
		case least > blank.Value+off:
			d := Doubt{q.File, blank.Line, fmt.Sprintf("%s: the answer says %v, and the shortest of %d runs took %v", blank.Label, blank.Value, len(read), least.Round(100*time.Microsecond))}
			if procs > runtime.NumCPU() {
				d.Msg += fmt.Sprintf(" on %d CPUs", runtime.NumCPU())
			}
			doubts = append(doubts, d)
		}
	}
	return doubts, errors.Join(errs...)
}

// reading is what the clocks said of one run.
type reading struct{ wall, cpu time.Duration }

// cell takes the label of a blank apart: "P=2 T" is the wall clock at 2.
func cell(label string) (procs int, clock string, ok bool) {
	row, column, _ := strings.Cut(label, " ")
	number, isP := strings.CutPrefix(row, "P=")
	procs, err := strconv.Atoi(number)
	return procs, column, isP && err == nil && procs > 0 && (column == "T" || column == "C")
}

// confirmed says whether the runs so far bear out every answer of a row.
func confirmed(q *quiz.Question, procs int, read []reading) bool {
	for _, blank := range q.Blanks {
		p, clock, ok := cell(blank.Label)
		if !ok || p != procs {
			continue
		}
		if shortest(read, clock) > blank.Value+slack(blank) {
			return false
		}
	}
	return true
}

func shortest(read []reading, clock string) time.Duration {
	least := time.Duration(1<<63 - 1)
	for _, r := range read {
		d := r.wall
		if clock == "C" {
			d = r.cpu
		}
		least = min(least, d)
	}
	return least
}

// slack is how far a reading may be from an answer: as far as a learner's
// answer may, and what starting and switching cost.
func slack(b quiz.Blank) time.Duration {
	return time.Duration(b.Tolerance*float64(b.Value)) + 3*time.Millisecond
}

func (b *Binaries) time(ctx context.Context, name string, procs int) (r reading, err error) {
	out, err := b.Run(ctx, name, procs)
	if err != nil {
		return r, err
	}
	wall, cpu, _ := strings.Cut(strings.TrimSpace(out), " ")
	w, err1 := strconv.ParseInt(wall, 10, 64)
	c, err2 := strconv.ParseInt(cpu, 10, 64)
	if err1 != nil || err2 != nil {
		return r, fmt.Errorf("its program printed %q: it must print nothing", out)
	}
	return reading{time.Duration(w), time.Duration(c)}, nil
}
