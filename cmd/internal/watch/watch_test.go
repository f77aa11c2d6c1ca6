package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience is for machines that are busy; nothing here takes that long.
const patience = 20 * time.Second

func watchNew(t *testing.T, noEvents bool) (dir string, w *Watcher) {
	t.Helper()
	dir = t.TempDir()
	save(t, dir, "a.go", "package a")
	w, err := New(dir, noEvents)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return dir, w
}

func save(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func told(t *testing.T, w *Watcher, after string) {
	t.Helper()
	select {
	case <-w.Saved:
	case <-time.After(patience):
		t.Fatalf("nothing was told after %s", after)
	}
}

// eachWay runs a test with events and without.
func eachWay(t *testing.T, test func(t *testing.T, dir string, w *Watcher)) {
	for _, noEvents := range []bool{false, true} {
		t.Run(fmt.Sprintf("noEvents=%v", noEvents), func(t *testing.T) {
			dir, w := watchNew(t, noEvents)
			test(t, dir, w)
		})
	}
}

func TestEveryWayToSaveIsTold(t *testing.T) {
	eachWay(t, func(t *testing.T, dir string, w *Watcher) {
		file := filepath.Join(dir, "a.go")
		save(t, dir, "a.go", "package a // written in place")
		told(t, w, "a write")

		save(t, dir, "a.go~", "package a // written beside and moved there")
		if err := os.Rename(file+"~", file); err != nil {
			t.Fatal(err)
		}
		told(t, w, "a rename, as vim saves")

		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		told(t, w, "a removal")

		save(t, dir, "b.go", "package a")
		told(t, w, "a new file")

		later := time.Now().Add(time.Hour)
		if err := os.Chtimes(filepath.Join(dir, "b.go"), later, later); err != nil {
			t.Fatal(err)
		}
		told(t, w, "a save of the same text")
	})
}

func TestWhatIsNoSourceIsNotTold(t *testing.T) {
	dir, w := watchNew(t, false)
	for _, name := range []string{".a.go.swp", "4913", "a.go~", "#a.go#", ".#a.go", "README.md", "_a.go"} {
		save(t, dir, name, "x")
	}
	// What comes next is told once for all of it, so nothing was told before.
	time.Sleep(2 * settle)
	select {
	case <-w.Saved:
		t.Error("told")
	default:
	}
}

// TestTheLastSaveIsTold saves a thousand times, some while others are being
// received, and asks that the last one is told after it was made.
func TestTheLastSaveIsTold(t *testing.T) {
	eachWay(t, func(t *testing.T, dir string, w *Watcher) {
		for i := range 1000 {
			save(t, dir, "a.go", fmt.Sprintf("package a // %d", i))
			if i%10 == 0 {
				select {
				case <-w.Saved:
				default:
				}
			}
		}
		text := ""
		for text != "package a // 999" {
			told(t, w, "the last save")
			src, err := os.ReadFile(filepath.Join(dir, "a.go"))
			if err != nil {
				t.Fatal(err)
			}
			text = string(src)
		}
	})
}

func TestAFolderThatIsReplacedIsStillWatched(t *testing.T) {
	eachWay(t, func(t *testing.T, dir string, w *Watcher) {
		if err := os.Rename(dir, dir+".old"); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		save(t, dir, "a.go", "package a // new")
		told(t, w, "the folder was replaced")
		save(t, dir, "a.go", "package a // newer still")
		told(t, w, "a save in the new folder")
	})
}

func TestWithoutEventsItSaysSo(t *testing.T) {
	_, w := watchNew(t, true)
	select {
	case reason := <-w.Looking:
		if reason == "" {
			t.Error("no reason")
		}
	default:
		t.Error("nothing said")
	}
}

func TestAFolderThatIsMissingIsAnError(t *testing.T) {
	if _, err := New(filepath.Join(t.TempDir(), "none"), false); err == nil {
		t.Error("watched")
	}
}

// TestNothingIsLeftOpen holds the descriptors before and after many watches
// against each other.
func TestNothingIsLeftOpen(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("counts in /proc")
	}
	dir := t.TempDir()
	open := func() int {
		fds, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Fatal(err)
		}
		return len(fds)
	}
	once := func() {
		w, err := New(dir, false)
		if err != nil {
			t.Fatal(err)
		}
		w.Close()
	}
	once() // the runtime opens its own on first use
	before := open()
	for range 50 {
		once()
	}
	if after := open(); after > before {
		t.Errorf("%d descriptors before, %d after", before, after)
	}
}
