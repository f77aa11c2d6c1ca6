//go:build unix

package progress

import (
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A pipe in the place of the log is an error, and nobody waits for who writes to it.
func TestReadOfAPipeDoesNotWait(t *testing.T) {
	log := logOf(t, "")
	must(t, os.Remove(log.Path()))
	must(t, syscall.Mkfifo(log.Path(), 0o600))
	done := make(chan error, 1)
	go func() {
		_, _, err := log.Read()
		done <- err
	}()
	select {
	case err := <-done:
		if err == nil || !strings.Contains(err.Error(), log.Path()) {
			t.Errorf("error %v", err)
		}
	case <-time.After(time.Minute):
		t.Error("it waits for somebody to write")
	}
}
