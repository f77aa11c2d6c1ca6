package workspace

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEnsureMakesTheFolderOnce(t *testing.T) {
	ws := created(t)
	dir, made, err := ws.Ensure("two-words", "parallel-sum", starter, brief)
	if err != nil || !made || dir != filepath.Join(ws.Dir, "katas", "two-words", "parallel-sum") {
		t.Fatal(dir, made, err)
	}
	if diff := cmp.Diff(fresh(), tree(t, dir)); diff != "" {
		t.Error(diff)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm()&0o755 != 0o755 {
		t.Errorf("folder: %v, %v", info.Mode(), err)
	}
	if info, err := os.Stat(filepath.Join(dir, "parallelsum.go")); err != nil || info.Mode().Perm()&0o644 != 0o644 {
		t.Errorf("file: %v, %v", info.Mode(), err)
	}
	if _, made, err := ws.Ensure("two-words", "parallel-sum", starter, brief); made || err != nil {
		t.Error("made again", err)
	}
	if _, ok := starter[ReadmeName]; ok {
		t.Error("Ensure changed its argument")
	}
}

func TestEnsureNeverTouchesWhatIsThere(t *testing.T) {
	for _, c := range []struct {
		name  string
		learn func(t *testing.T, dir string)
		want  map[string]string
	}{
		{"edited files", func(t *testing.T, dir string) {
			put(t, filepath.Join(dir, "parallelsum.go"), "mine")
			put(t, filepath.Join(dir, "README.md"), "my notes")
		}, map[string]string{"parallelsum.go": "mine", "parallelsum_test.go": "package parallelsum // test\n", "README.md": "my notes"}},
		{"a renamed file does not come back", func(t *testing.T, dir string) {
			must(t, os.Rename(filepath.Join(dir, "parallelsum.go"), filepath.Join(dir, "sum.go")))
		}, map[string]string{"sum.go": "package parallelsum\n", "parallelsum_test.go": "package parallelsum // test\n", "README.md": "# Parallel sum\n"}},
		{"an emptied file stays empty", func(t *testing.T, dir string) {
			put(t, filepath.Join(dir, "parallelsum.go"), "")
		}, map[string]string{"parallelsum.go": "", "parallelsum_test.go": "package parallelsum // test\n", "README.md": "# Parallel sum\n"}},
		{"no code at all brings the starter back", func(t *testing.T, dir string) {
			must(t, os.Remove(filepath.Join(dir, "parallelsum.go")))
			put(t, filepath.Join(dir, "parallelsum_test.go"), "my tests")
		}, map[string]string{"parallelsum.go": "package parallelsum\n", "parallelsum_test.go": "my tests", "README.md": "# Parallel sum\n"}},
		{"an empty folder is filled", func(t *testing.T, dir string) {
			must(t, os.RemoveAll(dir))
			must(t, os.Mkdir(dir, 0o755))
		}, fresh()},
		{"a link of the learner's is left alone", func(t *testing.T, dir string) {
			must(t, os.Remove(filepath.Join(dir, "README.md")))
			must(t, os.Symlink("nowhere", filepath.Join(dir, "README.md")))
		}, map[string]string{"parallelsum.go": "package parallelsum\n", "parallelsum_test.go": "package parallelsum // test\n", "README.md": "-> nowhere"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ws := created(t)
			dir := ensured(t, ws)
			c.learn(t, dir)
			ensured(t, ws)
			if diff := cmp.Diff(c.want, tree(t, dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEnsureOfSeveralProcessesAtOnceGivesOneFolder(t *testing.T) {
	ws := created(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			other, err := Open(ws.Dir)
			if err == nil {
				_, _, err = other.Ensure("two-words", "parallel-sum", starter, brief)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if diff := cmp.Diff(fresh(), tree(t, ws.Kata("two-words", "parallel-sum"))); diff != "" {
		t.Error(diff)
	}
	left, err := filepath.Glob(filepath.Join(ws.State(), "new-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestEnsureRefusesNamesThatLeaveTheFolder(t *testing.T) {
	ws := created(t)
	before := tree(t, ws.Dir)
	for _, c := range []struct{ chapter, slug, file string }{
		{"..", "x", "x.go"}, {"a/b", "x", "x.go"}, {"", "x", "x.go"}, {".", "x", "x.go"},
		{"a", "../x", "x.go"}, {"a", "", "x.go"}, {"a", "x", "../x.go"}, {"a", "x", "/x.go"}, {"a", "x", `b\x.go`}, {"a", "x", "c:x.go"},
	} {
		if _, _, err := ws.Ensure(c.chapter, c.slug, map[string][]byte{c.file: nil}, nil); err == nil {
			t.Errorf("%+v was taken", c)
		}
		if _, err := ws.Reset(c.chapter, c.slug, map[string][]byte{c.file: nil}, nil, noon); err == nil {
			t.Errorf("%+v was reset", c)
		}
	}
	if diff := cmp.Diff(before, tree(t, ws.Dir)); diff != "" {
		t.Error(diff)
	}
}
