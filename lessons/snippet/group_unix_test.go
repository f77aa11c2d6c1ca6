//go:build unix

package snippet

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

func TestWhatAProgramHasStartedEndsWithIt(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pid")
	t.Setenv("SNIPPET_PID", file)
	p := Wrap(`package main

import (
	"os"
	"os/exec"
	"strconv"
	"time"
)

func main() {
	if len(os.Args) > 1 {
		for {
			time.Sleep(time.Second)
		}
	}
	cmd := exec.Command(os.Args[0], "again")
	if err := cmd.Start(); err != nil {
		panic(err)
	}
	name := os.Getenv("SNIPPET_PID")
	os.WriteFile(name+"~", []byte(strconv.Itoa(cmd.Process.Pid)), 0o600)
	os.Rename(name+"~", name)
	cmd.Wait()
}
`)
	p.Name, p.File, p.Line, p.Runs = "starts itself", "a.md", 1, true
	built, err := Build(t.Context(), t.TempDir(), []Program{p})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := built.Run(ctx, p.Name, 0)
		done <- err
	}()
	var text []byte
	for len(text) == 0 {
		select {
		case err := <-done:
			t.Fatalf("it ended before it had started anything: %v", err)
		case <-time.After(5 * time.Millisecond):
			text, _ = os.ReadFile(file)
		}
	}
	cancel()
	if err := <-done; err == nil {
		t.Error("it was ended, and there is no error")
	}
	pid, err := strconv.Atoi(string(text))
	if err != nil {
		t.Fatal(err)
	}
	for range 6000 {
		if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
			return
		}
		// Where nobody reaps orphans, as in some containers, a zombie is left.
		if b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat"); err == nil && bytes.Contains(b, []byte(") Z ")) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("process %d goes on", pid)
}
