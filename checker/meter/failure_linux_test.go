//go:build !race

// Not with -race: the children are links to the test binary, and no limit on
// memory fits the race detector.

package meter

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gokata/checker/evidence"
)

// ways is how each case of the suite "failures" must be told.
var ways = []struct {
	name   string
	err    error
	kind   evidence.Failure
	detail string // at its beginning
	line   string // a piece of the line that At names; empty: none
	raced  bool
	record string // which text is kept in testdata: "stacks", "stderr"
}{
	{name: "deadlock", err: ErrDeadlock, kind: evidence.Deadlock, detail: "every goroutine waits", line: "mu.Lock() //", record: "stacks"},
	{name: "many deadlocked", err: ErrDeadlock, kind: evidence.Deadlock, line: "block <- 1"},
	{name: "spin", err: ErrSlow, kind: evidence.Timeout, detail: "still running", line: "n += 2", record: "stacks"},
	{name: "print", err: ErrSlow, kind: evidence.Timeout, line: "println(line)"},
	{name: "panic in goroutine", err: errEnded, kind: evidence.Panic, detail: "panic: runtime error: index out of range", line: "// the panic", record: "stderr"},
	{name: "nil map", err: errEnded, kind: evidence.Panic, detail: "panic: assignment to entry in nil map", line: `m["a"]++`, record: "stderr"},
	{name: "panic text", err: errEnded, kind: evidence.Panic, detail: "panic: out of memory", line: "panic(", record: "stderr"},
	{name: "print and panic", err: errEnded, kind: evidence.Panic, detail: "panic: after much", line: `panic("after much")`},
	{name: "map writes", err: errEnded, kind: evidence.Panic, detail: "fatal error: concurrent map writes", line: "m[i&7]++", raced: true, record: "stderr"},
	{name: "map writes beside many", err: errEnded, kind: evidence.Panic, detail: "fatal error: concurrent map writes", line: "m[i&7]++", raced: true},
	{name: "overflow", err: errEnded, kind: evidence.Panic, detail: "fatal error: stack overflow", line: "Overflow(n+1)", record: "stderr"},
	{name: "allocate", err: errEnded, kind: evidence.Memory, line: "b := make([]byte, 1<<20)", record: "stderr"},
	{name: "unlock", err: errEnded, kind: evidence.Panic, detail: "fatal error: sync: unlock of unlocked mutex", line: "mu.Unlock()"},
}

func TestHowARunFailedIsTold(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile("testdata/solution/solution.go")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(src), "\n")
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			limit := 60 * time.Second
			if w.err == ErrSlow {
				limit = 1200 * time.Millisecond
			}
			c := begin(t, "failures", 2)
			_, err := c.run(t, t.Context(), w.name, limit)
			for w.err == ErrSlow && errors.Is(err, ErrStarved) { // the machine is very busy: as long again
				_, err = c.watch(t.Context(), c.read(), limit)
			}
			if !errors.Is(err, w.err) {
				t.Fatalf("error %v, want %v", err, w.err)
			}
			f, ours := c.Failure(t.Context(), err)
			if ours != nil {
				t.Fatal(ours)
			}
			if f.Kind != w.kind || !strings.HasPrefix(f.Detail, w.detail) || (f.Race != nil) != w.raced {
				t.Errorf("told as %+v; want %s, %q, race %v", f, w.kind, w.detail, w.raced)
			}
			switch {
			case f.At == nil:
				t.Errorf("no line of the solution is named; want the one with %q\n%s%s", w.line, c.stderr, c.stacks)
			case f.At.File != "solution.go" || !strings.Contains(lines[f.At.Line-1], w.line):
				t.Errorf("line %d of %s is named; want the one with %q\n%s%s", f.At.Line, f.At.File, w.line, c.stderr, c.stacks)
			}
			c.Close()
			if !gone(c.group.PID()) {
				t.Error("the process is still there")
			}
			if *update && w.record != "" {
				record(t, w.name, map[string]string{"stacks": c.stacks, "stderr": c.stderr.String()}[w.record])
			}
		})
	}
}

// record keeps what the runtime printed, with the paths that a real child has.
func record(t *testing.T, name, text string) {
	t.Helper()
	here, err := filepath.Abs("testdata/solution")
	if err != nil {
		t.Fatal(err)
	}
	text = strings.ReplaceAll(text, here, "check/solution")
	text = strings.ReplaceAll(text, filepath.Dir(filepath.Dir(filepath.Dir(here))), "check")
	if i := strings.Index(text, "/src/runtime/"); i >= 0 {
		root := text[strings.LastIndexAny(text[:i], "\t\n ")+1 : i]
		text = strings.ReplaceAll(text, root+"/src/", "")
	}
	text = text[:min(len(text), 8<<10)]
	file := filepath.Join("testdata/recorded", strings.ReplaceAll(name, " ", "-")+".txt")
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestWhatWaitsForATimerIsNoDeadlock(t *testing.T) {
	t.Parallel()
	for _, w := range waits() {
		t.Run(w.Name, func(t *testing.T) {
			t.Parallel()
			c := begin(t, "waits", 2)
			out, err := c.run(t, t.Context(), w.Name, time.Minute)
			if err != nil || out.Result.Text != "done" {
				t.Errorf("%q, %v\n%s", out.Result.Text, err, c.stacks)
			}
			if c.stacks == "" {
				t.Error("it ended before anybody looked")
			}
			if *update {
				record(t, w.Name, c.stacks)
			}
		})
	}
}
