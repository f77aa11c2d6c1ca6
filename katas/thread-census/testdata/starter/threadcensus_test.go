package threadcensus

import (
	"os"
	"runtime/metrics"
	"syscall"
	"testing"
	"time"
)

func TestMessagesAreInTheOrderOfThePipes(t *testing.T) {
	fds, writers := pipes(t, 3)
	for i, w := range writers {
		if _, err := w.WriteString([]string{"one", "", "three"}[i]); err != nil {
			t.Fatal(err)
		}
		w.Close()
	}
	got := ReadAll(fds)
	if len(got) != 3 || string(got[0]) != "one" || len(got[1]) != 0 || string(got[2]) != "three" {
		t.Errorf("ReadAll: got %q, want one, nothing, three", got)
	}
}

// No pipe ends before all have been read from. How many threads wait then?
// go test -v says it.
func TestTenPipesAtOnce(t *testing.T) {
	fds, writers := pipes(t, 10)
	message := make([]byte, 2<<20) // more than a pipe holds: Write has to wait for a reader
	before, meanwhile := threads(), make(chan int, 1)
	go func() {
		for i, w := range writers {
			w.SetWriteDeadline(time.Now().Add(2 * time.Second))
			if _, err := w.Write(message); err != nil {
				t.Errorf("pipe %d: nobody reads it while the others are open", i)
				break
			}
		}
		meanwhile <- threads()
		for _, w := range writers {
			w.Close()
		}
	}()
	ReadAll(fds)
	t.Logf("10 pipes: %d threads before, %d meanwhile", before, <-meanwhile)
}

// pipes makes n pipes: descriptors to read from, and files to write to.
func pipes(t *testing.T, n int) (fds []int, writers []*os.File) {
	t.Helper()
	for range n {
		var ends [2]int
		if err := syscall.Pipe(ends[:]); err != nil {
			t.Fatal(err)
		}
		if err := syscall.SetNonblock(ends[1], true); err != nil {
			t.Fatal(err)
		}
		fds = append(fds, ends[0])
		writers = append(writers, os.NewFile(uintptr(ends[1]), "writer"))
	}
	return fds, writers
}

// threads is how many threads the Go runtime has.
func threads() int {
	s := []metrics.Sample{{Name: "/sched/threads/total:threads"}}
	metrics.Read(s)
	return int(s[0].Value.Uint64())
}
