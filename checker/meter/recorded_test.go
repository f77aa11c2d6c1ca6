package meter

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gokata/checker/evidence"
	"gokata/checker/probe"
)

// recorded is a text that the runtime printed in a child; a run of the tests
// with -update records it again (data-race.txt is of a build with -race).
func recorded(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata/recorded", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestBlockedReadsStatesAsTheRuntimePrintsThem(t *testing.T) {
	for name, want := range map[string]bool{
		"deadlock":      true,
		"spin":          false,
		"sleep":         false,
		"timer-channel": true, // the stacks do not tell: awake does
		"deadline":      true,
		"ticks":         true,
	} {
		if got := Blocked(recorded(t, name)); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	for state, want := range map[string]bool{
		"chan receive":                    true,
		"chan send":                       true,
		"chan receive (nil chan)":         true,
		"chan send (nil chan)":            true,
		"chan receive, 2 minutes":         true,
		"chan receive, locked to thread":  true,
		"select":                          true,
		"select (no cases)":               true,
		"semacquire":                      true,
		"semacquire, 5 minutes":           true,
		"sync.Cond.Wait":                  true,
		"sync.Mutex.Lock":                 true,
		"sync.RWMutex.RLock":              true,
		"sync.RWMutex.Lock":               true,
		"sync.WaitGroup.Wait":             true,
		"coroutine":                       true,
		"running":                         false,
		"running, locked to thread":       false,
		"runnable":                        false,
		"sleep":                           false,
		"sleep, 3 minutes":                false,
		"syscall":                         false,
		"syscall, 9 minutes":              false,
		"IO wait":                         false,
		"preempted":                       false,
		"copystack":                       false,
		"GC assist wait":                  false,
		"GC assist marking":               false,
		"wait for GC cycle":               false,
		"trace reader (blocked)":          false,
		"finalizer wait":                  false,
		"a state that Go 1.99 will think": false,
		"":                                false,
	} {
		dump := "goroutine 7 [running]:\nprobe.stacks()\n\tcheck/probe/serve.go:1 +0x1\n\n" +
			"goroutine 1 [select]:\nmain.main()\n\n" +
			"goroutine 9 [" + state + "]:\ncheck/solution.F()\n\tcheck/solution/f.go:3 +0x1\n"
		if got := Blocked(dump); got != want {
			t.Errorf("[%s]: %v, want %v", state, got, want)
		}
	}
}

func TestOfNoStacksOrCutOnesNothingIsSaid(t *testing.T) {
	one := "goroutine 7 [running]:\nprobe.stacks()\n\n"
	other := "goroutine 8 [select]:\nmain.main()\n\n"
	for _, dump := range []string{"", "no stacks", one, one + "goroutine x [select]:\n", one + strings.Repeat(other, probe.MaxStacks/len(other)+1)[:probe.MaxStacks-len(one)]} {
		if Blocked(dump) {
			t.Errorf("%d bytes are called blocked: %.60q", len(dump), dump)
		}
	}
	if !Blocked(one + other) {
		t.Error("two whole ones are not called blocked")
	}
}

func TestALineUnderWayIsPreferredToOneThatWaits(t *testing.T) {
	spin, deadlock := active(recorded(t, "spin")), active(recorded(t, "deadlock"))
	if spin == nil || deadlock == nil {
		t.Fatalf("spin %v, deadlock %v", spin, deadlock)
	}
	src, err := os.ReadFile("testdata/solution/solution.go")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(src), "\n")
	if got := lines[spin.Line-1]; !strings.Contains(got, "n += 2") {
		t.Errorf("spin: line %d, %q", spin.Line, got)
	}
	if got := lines[deadlock.Line-1]; !strings.Contains(got, "wg.Wait()") {
		t.Errorf("deadlock: line %d, %q", deadlock.Line, got)
	}
	if at := active(""); at != nil {
		t.Errorf("of nothing: %v", at)
	}
}

func TestCrashReadsWhatTheRuntimePrints(t *testing.T) {
	for _, w := range []struct {
		name   string
		kind   evidence.Failure
		detail string
		raced  bool
	}{
		{"panic-in-goroutine", evidence.Panic, "panic: runtime error: index out of range [2] with length 0", false},
		{"nil-map", evidence.Panic, "panic: assignment to entry in nil map", false},
		{"panic-text", evidence.Panic, "panic: out of memory", false},
		{"overflow", evidence.Panic, "fatal error: stack overflow", false},
		{"allocate", evidence.Memory, "fatal error: runtime: out of memory", false},
		{"map-writes", evidence.Panic, "fatal error: concurrent map writes", true},
		{"data-race", evidence.Panic, "data race", true},
	} {
		f := Crash("what the solution printed\nbefore\n" + recorded(t, w.name))
		if f.Kind != w.kind || f.Detail != w.detail || (f.Race != nil) != w.raced {
			t.Errorf("%s: %+v", w.name, f)
		}
		if f.At == nil || f.At.File != "solution.go" {
			t.Errorf("%s: at %v", w.name, f.At)
		}
	}
	for text, want := range map[string]Failure{
		"":                                    {},
		"all is well\n":                       {},
		"I say panic: now\n\tpanic: indented": {},
		"fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [select (no cases)]:\ncheck/solution.F()\n\tcheck/solution/f.go:12 +0x1\n": {
			Kind: evidence.Deadlock, Detail: "fatal error: all goroutines are asleep - deadlock!", At: &evidence.Position{File: "f.go", Line: 12}},
		"panic: cannot allocate memory":                                            {Kind: evidence.Panic, Detail: "panic: cannot allocate memory"},
		"fatal error: runtime: cannot allocate memory":                             {Kind: evidence.Memory, Detail: "fatal error: runtime: cannot allocate memory"},
		"race: limit on 8128 simultaneously alive goroutines is exceeded, dying\n": {Kind: evidence.Memory, Detail: "race: limit on 8128 simultaneously alive goroutines is exceeded, dying"},
		"panic: " + strings.Repeat("é", 40_000):                                    {Kind: evidence.Panic, Detail: "panic: " + strings.Repeat("é", 146) + " …"},
		"panic: not mine\n\nfatal error: out of memory":                            {Kind: evidence.Memory, Detail: "fatal error: out of memory"},
	} {
		got := Crash(text)
		if got.Kind != want.Kind || got.Detail != want.Detail || got.Race != nil || (got.At == nil) != (want.At == nil) || got.At != nil && *got.At != *want.At {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

func TestARaceNamesBothPlaces(t *testing.T) {
	f := Crash("==================\nWARNING: DATA RACE\n" + `Write at 0x00c000018108 by goroutine 8:
  sync/atomic.CompareAndSwapInt32()
      sync/atomic/asm.s:1 +0x2e
  check/solution.(*T).add()
      check/solution/b.go:17 +0x2e

Previous read at 0x00c000018108 by main goroutine:
  check/solution.F()
      check/solution/a.go:4 +0x44

Goroutine 8 (running) created at:
  check/solution.F()
      check/solution/c.go:99 +0x72
==================
==================
WARNING: DATA RACE
Write at 0x00c000018108 by goroutine 9:
`)
	if f.Race == nil || f.Race.At != (evidence.Position{File: "b.go", Line: 17}) || f.Race.Other != (evidence.Position{File: "a.go", Line: 4}) {
		t.Fatalf("%+v", f.Race)
	}
	if strings.Contains(f.Race.Detail, "=====") || strings.Contains(f.Race.Detail, "goroutine 9") || !strings.Contains(f.Race.Detail, "created at") {
		t.Errorf("detail %q", f.Race.Detail)
	}
	harness := Crash("WARNING: DATA RACE\nWrite at 0x1 by goroutine 8:\n  check/hidden.f()\n      check/hidden/h.go:3 +0x1\n")
	if harness.Race == nil || harness.Race.At != (evidence.Position{}) {
		t.Errorf("a race outside the solution: %+v", harness.Race)
	}
}

func FuzzCrash(f *testing.F) {
	names, err := filepath.Glob("testdata/recorded/*.txt")
	if err != nil || len(names) == 0 {
		f.Fatalf("no recorded texts: %v", err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b[:min(len(b), 2000)]))
	}
	f.Fuzz(func(t *testing.T, text string) {
		c := Crash(text)
		if c.Kind == "" && (c.Detail != "" || c.Race != nil || c.At != nil) {
			t.Errorf("no crash, and yet %+v", c)
		}
		for _, at := range []*evidence.Position{c.At, First(text), active(text), stuck(text)} {
			if at != nil && at.File != "" && at.Line < 1 {
				t.Errorf("line %d", at.Line)
			}
		}
		Blocked(text)
	})
}

func TestTailKeepsTheEndAndTheBeginningOfACrash(t *testing.T) {
	line := strings.Repeat("x", 99) + "\n"
	much := strings.Repeat(line, 10*tailSize/len(line))
	stack := "goroutine 1 [running]:\ncheck/solution.F()\n\n"
	for name, w := range map[string]struct{ text, begin, end string }{
		"little":               {"a\nb\n", "a\nb\n", "a\nb\n"},
		"much":                 {much + "the end", "", "the end"},
		"crash after much":     {much + "panic: here\n\n" + stack, "", stack},
		"long crash":           {"panic: here\n\n" + strings.Repeat(stack, 9000), "panic: here\n", ""},
		"long crash, much":     {much + "fatal error: here\n\n" + strings.Repeat(stack, 9000), "fatal error: here\n", ""},
		"a fake one before it": {"panic: fake\n" + much + "panic: here\n\n" + strings.Repeat(stack, 9000), "panic: here\n", ""},
		"race after much":      {much + "==================\nWARNING: DATA RACE\nRead at" + strings.Repeat(line, 2000), "WARNING: DATA RACE\nRead at", ""},
	} {
		for _, chunk := range []int{len(w.text), 32 << 10, 4096, 77} {
			var l tail
			for rest := w.text; rest != ""; {
				n := min(chunk, len(rest))
				if got, err := l.Write([]byte(rest[:n])); got != n || err != nil {
					t.Fatalf("%s: wrote %d of %d: %v", name, got, n, err)
				}
				rest = rest[n:]
			}
			got := strings.TrimPrefix(l.String(), "\n")
			if len(got) > tailSize+1 {
				t.Errorf("%s by %d: kept %d bytes", name, chunk, len(got))
			}
			if !strings.HasPrefix(got, w.begin) || !strings.HasSuffix(got, w.end) {
				t.Errorf("%s by %d: kept %.60q ... %.60q", name, chunk, got, got[max(0, len(got)-60):])
			}
		}
	}
}
