package meter

import (
	"errors"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"

	"gokata/checker/probe"
)

// TestWhatCameWhileWeWereStoppedCounts stops this process, as Ctrl-Z does, while
// it waits for a child that answers in time.
func TestWhatCameWhileWeWereStoppedCounts(t *testing.T) {
	if testing.Short() {
		t.Skip("stops for seconds")
	}
	for range 3 {
		c := &Child{frames: make(chan frame)}
		go func() {
			time.Sleep(300 * time.Millisecond) // answers in time, and is heard late
			c.frames <- frame{t: probe.Ready}
		}()
		// It wakes again and again: a first call may come before the stop.
		wake := exec.Command("sh", "-c", "while sleep 2.5; do kill -CONT "+strconv.Itoa(syscall.Getpid())+" || exit; done")
		if err := wake.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(100*time.Millisecond, func() { syscall.Kill(syscall.Getpid(), syscall.SIGSTOP) })
		f, err := c.next(t.Context(), 500*time.Millisecond)
		if err != nil || f.t != probe.Ready {
			t.Errorf("%v", err)
		}
		if err := wake.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		wake.Wait() // whose error is that it was ended
	}
}

func TestWhoIsSlowIsSlowAfterAStopAsWell(t *testing.T) {
	c := &Child{frames: make(chan frame)}
	if _, err := c.next(t.Context(), 10*time.Millisecond); !errors.Is(err, ErrSlow) {
		t.Errorf("%v", err)
	}
}
