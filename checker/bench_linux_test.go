package checker

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"gokata/checker/report"
	"gokata/checker/verdict"
)

// theirs is a module as somebody may have one.
const theirs = `
-- go.mod --
module example.com/theirs

go 1.22
-- testdata/data.txt --
10000
-- work.go --
package theirs

import "sync"

func Work(n int) uint64 {
	x := uint64(n) | 1
	for range n {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return x
}

func Behind(lock *sync.Mutex, n int) (sum uint64) {
	var wg sync.WaitGroup
	for range 32 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			lock.Lock()
			defer lock.Unlock()
			sum += Work(n)
		}()
	}
	wg.Wait()
	return sum
}
-- work_test.go --
package theirs

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
)

var sink uint64

func size(b *testing.B) (n int) {
	text, err := os.ReadFile("testdata/data.txt")
	if err != nil {
		b.Fatal(err)
	}
	fmt.Sscan(strings.TrimSpace(string(text)), &n)
	return n
}

func BenchmarkSerial(b *testing.B) {
	n := size(b)
	for i := 0; i < b.N; i++ {
		sink = Work(n)
	}
}

func BenchmarkLocked(b *testing.B) {
	var lock sync.Mutex
	for i := 0; i < b.N; i++ {
		sink = Behind(&lock, 3000)
	}
}

func BenchmarkSub(b *testing.B) {
	b.Run("size=1e3/x y (odd)-2", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			sink = Work(1000)
		}
	})
}

func BenchmarkFails(b *testing.B) { b.Error("it has failed") }

func BenchmarkPanics(b *testing.B) { panic("it has panicked") }

func BenchmarkSkips(b *testing.B) { b.Skip() }

func BenchmarkPrivate(b *testing.B) {
	if err := os.WriteFile(b.TempDir()+"/x", nil, 0o600); err != nil {
		b.Fatal(err)
	}
	for i := 0; i < b.N; i++ {
		sink = Work(1000)
	}
}
-- none/none_test.go --
package none

import "testing"

func TestNothing(t *testing.T) {}
-- bare/bare.go --
package bare
-- broken/broken_test.go --
package broken

import "testing"

func BenchmarkX(b *testing.B) { undefined() }
-- early/early_test.go --
package early

import "testing"

func init() { panic("too early") }

func BenchmarkX(b *testing.B) {}
`

// unpack writes an archive into a folder of its own.
func unpack(t *testing.T, archive string) string {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Fatal("no go command on PATH, which go test itself needs")
	}
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// tree is what stands in a folder: path, mode, time and content of each file.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		line := fmt.Sprint(path, info.Mode(), info.ModTime())
		if info.Mode().IsRegular() {
			src, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			line += fmt.Sprintf(" %x", sha256.Sum256(src))
		}
		all = append(all, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// quick asks for as little as can be measured.
func quick(dir, pattern string) BenchRequest {
	return BenchRequest{Dir: dir, Package: ".", Pattern: pattern, Count: 1, Time: time.Nanosecond}
}

func byName(m report.Measurement) map[string]int {
	names := map[string]int{}
	for i, b := range m.Benches {
		names[b.Name] = i
	}
	return names
}

func leftovers(t *testing.T) []string {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(os.TempDir(), fmt.Sprintf("%s%d-*", prefix, os.Getpid())))
	if err != nil {
		t.Fatal(err)
	}
	return left
}

func TestBenchmarksAreMeasuredAndTheModuleIsLeftAlone(t *testing.T) {
	slow(t)
	dir := unpack(t, theirs)
	before, left := tree(t, dir), leftovers(t)
	var stages []string
	r := quick(dir, ".")
	r.Progress = func(p Progress) { stages = append(stages, p.Stage) }
	m, err := Bench(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
		t.Errorf("the module has changed:\n%s", diff)
	}
	if diff := cmp.Diff(left, leftovers(t)); diff != "" {
		t.Errorf("temporary files:\n%s", diff)
	}
	names := byName(m)
	for _, name := range []string{"BenchmarkSerial", "BenchmarkLocked", "BenchmarkSub/size=1e3/x_y_(odd)-2", "BenchmarkPrivate"} {
		i, ok := names[name]
		if !ok {
			t.Errorf("%s is missing from %v", name, names)
			continue
		}
		b := m.Benches[i]
		if b.Failed != nil || b.N < 3 || len(b.Rounds) != 1 {
			t.Errorf("%s: %+v", name, b)
			continue
		}
		for _, p := range b.Procs {
			if y, ok := b.Rounds[0].You[p]; ok && (y.Wall <= 0 || y.CPU <= 0) {
				t.Errorf("%s at %d: %+v", name, p, y)
			}
		}
		for _, x := range b.Traces {
			if forks := name == "BenchmarkLocked"; forks != (x.Goroutines > 0) || x.Work <= 0 {
				t.Errorf("%s: %d iterations started %d goroutines that worked %d ns", name, x.N, x.Goroutines, x.Work)
			}
			for _, wait := range x.Queued {
				if wait.At.File != "" && wait.At.File != "work.go" {
					t.Errorf("%s: waits at %s", name, wait.At.File)
				}
			}
		}
		if m.Machine.P > 1 && len(b.Traces) == 0 {
			t.Errorf("%s: no traces: %s", name, b.NoTrace)
		}
	}
	for name, want := range map[string]string{"BenchmarkFails": "it has failed", "BenchmarkPanics": "it has panicked"} {
		if b := m.Benches[names[name]]; b.Name != name || b.Failed == nil || !strings.Contains(b.Failed.Output, want) {
			t.Errorf("%s: %+v", name, b.Failed)
		}
	}
	if !slices.Equal(m.Skipped, []string{"BenchmarkSkips"}) || !m.Failed() || m.Package != "example.com/theirs" || m.Labels["pkg"] != m.Package {
		t.Errorf("skipped %v, failed %v, package %s, labels %v", m.Skipped, m.Failed(), m.Package, m.Labels)
		for _, b := range m.Benches {
			if b.Failed != nil {
				t.Logf("%s: %+v", b.Name, *b.Failed)
			}
		}
	}
	if stages[0] != Building || stages[1] != Listing || !slices.Contains(stages, Measuring) {
		t.Errorf("stages %v", stages)
	}
	serial := m.Benches[names["BenchmarkSerial"]]
	for _, remark := range verdict.Remarks(serial, m.Machine) {
		if remark.Topic == verdict.IsParallel && remark.Says == verdict.YesParallel {
			t.Errorf("serial code: %s", remark.Text)
		}
	}
}

const workspace = `
-- go.work --
go 1.22

use (
	./a
	./b
)
-- a/go.mod --
module example.com/a

go 1.22
-- a/a_test.go --
package a

import (
	"testing"

	"example.com/b"
)

func BenchmarkB(t *testing.B) {
	for i := 0; i < t.N; i++ {
		b.B(1000)
	}
}
-- b/go.mod --
module example.com/b

go 1.22
-- b/b.go --
package b

var Sum int

func B(n int) {
	for i := 0; i < n; i++ {
		Sum += i
	}
}
`

const vendored = `
-- go.mod --
module example.com/a

go 1.22

require example.com/b v1.0.0
-- a_test.go --
package a

import (
	"testing"

	"example.com/b"
)

func BenchmarkB(t *testing.B) {
	for i := 0; i < t.N; i++ {
		b.B(1000)
	}
}
-- vendor/modules.txt --
# example.com/b v1.0.0
## explicit; go 1.22
example.com/b
-- vendor/example.com/b/b.go --
package b

var Sum int

func B(n int) {
	for i := 0; i < n; i++ {
		Sum += i
	}
}
`

func TestWorkspacesAndVendoredModulesAreLeftAlone(t *testing.T) {
	slow(t)
	for name, c := range map[string]struct{ archive, pkg, flags string }{
		"workspace":             {workspace, "./a", ""},
		"vendor":                {vendored, ".", ""},
		"vendor, -mod=mod":      {vendored, ".", "-mod=mod"},
		"settings of the build": {vendored, ".", "-mod=vendor -trimpath"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("GOFLAGS", c.flags)
			t.Setenv("GOPROXY", "off")
			dir := unpack(t, c.archive)
			before := tree(t, dir)
			r := quick(dir, "B")
			r.Package = c.pkg
			m, err := Bench(t.Context(), r)
			switch {
			case c.flags == "-mod=mod": // which needs what is not there
				if err == nil {
					t.Error("it was built")
				}
			case err != nil:
				t.Error(err)
			case len(m.Benches) != 1 || m.Failed():
				t.Errorf("%+v", m.Benches)
			}
			if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
				t.Errorf("it has changed:\n%s", diff)
			}
		})
	}
}

func TestWhatCannotBeMeasuredSaysWhatToDo(t *testing.T) {
	slow(t)
	dir := unpack(t, theirs)
	for pkg, want := range map[string]string{
		"./none":    "it has tests and no benchmarks; write a func BenchmarkName",
		"./bare":    "it has no tests; write a func BenchmarkName",
		"./nowhere": "directory not found; name a package",
		"./...":     "it is 5 packages; name one of example.com/theirs, ",
	} {
		r := quick(dir, ".")
		r.Package = pkg
		if _, err := Bench(t.Context(), r); !errors.Is(err, ErrBench) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", pkg, err, want)
		}
	}
	for pkg, want := range map[string]string{"./broken": "undefined: undefined", "./early": "panic: too early"} {
		r := quick(dir, ".")
		r.Package = pkg
		var theirs *ProgramError
		if _, err := Bench(t.Context(), r); !errors.As(err, &theirs) || !strings.Contains(theirs.Output, want) {
			t.Errorf("%s: %v, want %q", pkg, err, want)
		}
	}
	if _, err := Bench(t.Context(), quick(dir, "Nothing")); !errors.Is(err, ErrBench) || !strings.Contains(err.Error(), `no benchmark matches "Nothing"; there is BenchmarkSerial, `) {
		t.Errorf("no match: %v", err)
	}
	if _, err := Bench(t.Context(), quick(t.TempDir(), ".")); !errors.Is(err, ErrBench) || !strings.Contains(err.Error(), "is in no Go module; go to a folder with a go.mod") {
		t.Errorf("no module: %v", err)
	}
}

func TestACancelledMeasurementLeavesNothing(t *testing.T) {
	slow(t)
	dir := unpack(t, theirs)
	left := leftovers(t)
	for _, at := range []string{Building, Listing, Measuring} {
		ctx, cancel := context.WithCancel(t.Context())
		r := quick(dir, "Serial|Private")
		r.Time = time.Hour
		r.Count = 1000
		r.Progress = func(p Progress) {
			if p.Stage == at {
				time.AfterFunc(20*time.Millisecond, cancel)
			}
		}
		if _, err := Bench(ctx, r); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled while %s: %v", at, err)
		}
		cancel()
		if diff := cmp.Diff(left, leftovers(t)); diff != "" {
			t.Errorf("cancelled while %s:\n%s", at, diff)
		}
	}
}
