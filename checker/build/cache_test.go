package build

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fresh is a binary to keep.
func fresh(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "plain.out")
	if err := os.WriteFile(file, []byte("binary"), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestACacheThatCannotBeWrittenIsNamedWithItsCure(t *testing.T) {
	plain := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(plain, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	b := Builder{Cache: filepath.Join(plain, "cache")}
	err := b.keep(fresh(t), b.kept("key", "plain"))
	if err == nil || !strings.Contains(err.Error(), plain) || !strings.Contains(err.Error(), "GOKATA_CACHE") {
		t.Errorf("%v", err)
	}
}

func TestABinaryIsKeptWholeAndCanBeRun(t *testing.T) {
	b := Builder{Cache: filepath.Join(t.TempDir(), "a", "b")}
	file := b.kept("key", "plain")
	if present(file) {
		t.Error("present before it is kept")
	}
	for range 2 {
		if err := b.keep(fresh(t), file); err != nil {
			t.Fatal(err)
		}
	}
	st, err := os.Stat(file)
	if err != nil || st.Mode().Perm() != 0o700 || !present(file) {
		t.Errorf("%v, %v", st, err)
	}
	if entries, err := os.ReadDir(b.Cache); err != nil || len(entries) != 1 {
		t.Errorf("beside it: %v, %v", entries, err)
	}
	if err := b.keep(filepath.Join(t.TempDir(), "none"), file); err == nil {
		t.Error("a binary that is not there is kept")
	}
	if err := os.Mkdir(b.kept("folder", "plain"), 0o700); err != nil || present(b.kept("folder", "plain")) {
		t.Errorf("a folder is a binary: %v", err)
	}
}

func TestTheCacheIsBoundedAndForgetsWhatIsNotUsed(t *testing.T) {
	b := Builder{Cache: t.TempDir()}
	old := time.Now().Add(-time.Hour)
	for i := range 2*keepAtMost + 1 {
		file := b.kept(fmt.Sprintf("%04d", i), "plain")
		if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, old, old.Add(time.Duration(i)*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	used := b.kept("0000", "plain")
	if !present(used) { // which marks it as used
		t.Fatal("not there")
	}
	for i := range keepAtMost + 3 {
		file := b.kept(fmt.Sprint("new", i), "plain")
		if err := b.keep(fresh(t), file); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, old, time.Now().Add(-inUse)); err != nil { // its check is over
			t.Fatal(err)
		}
		entries, err := os.ReadDir(b.Cache)
		if err != nil || len(entries) > keepAtMost {
			t.Fatalf("%d binaries, %v", len(entries), err)
		}
		if i == 0 && (!present(used) || !present(b.kept(fmt.Sprintf("%04d", 2*keepAtMost), "plain")) || present(b.kept("0001", "plain"))) {
			t.Error("it does not forget the oldest")
		}
	}
}

// What a check beside this one has just found is not taken away from under it.
func TestTheCacheKeepsWhatIsInUse(t *testing.T) {
	b := Builder{Cache: t.TempDir()}
	for i := range keepAtMost + 3 {
		if err := b.keep(fresh(t), b.kept(fmt.Sprint("new", i), "plain")); err != nil {
			t.Fatal(err)
		}
	}
	for i := range keepAtMost + 3 {
		if !present(b.kept(fmt.Sprint("new", i), "plain")) {
			t.Fatalf("binary %d is gone", i)
		}
	}
}
