//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// patience is how long a session waits for a text; only a failing test uses it up.
const patience = 60 * time.Second

// session is a program that runs on a terminal of 80x24, and what it shows.
type session struct {
	t    testing.TB
	cmd  *exec.Cmd
	tty  *os.File
	done chan struct{} // closed when the terminal has no more to say

	mu   sync.Mutex
	raw  strings.Builder
	seen int // length of the plain text that was expected already
}

// world is the environment of a session: a home folder of its own, the shared
// build cache, and what the test adds.
func world(t testing.TB, home string, add ...string) []string {
	t.Helper()
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatalf("go env GOCACHE: %v", err)
	}
	return append([]string{
		"HOME=" + home, "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "LANG=C.UTF-8",
		"GOCACHE=" + strings.TrimSpace(string(cache)), "GOKATA_CACHE=" + home + "/cache",
	}, add...)
}

func start(t testing.TB, env []string, name string, args ...string) *session {
	t.Helper()
	s := &session{t: t, cmd: exec.Command(name, args...), done: make(chan struct{})}
	s.cmd.Env = env
	s.cmd.Dir = t.TempDir()
	var err error
	if s.tty, err = pty.StartWithSize(s.cmd, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	go s.read()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
		_ = s.tty.Close()
		<-s.done
	})
	return s
}

func (s *session) read() {
	defer close(s.done)
	buf := make([]byte, 4096)
	for {
		n, err := s.tty.Read(buf)
		s.mu.Lock()
		s.raw.Write(buf[:n])
		s.mu.Unlock()
		if strings.Contains(string(buf[:n]), "\x1b[6n") { // where is the cursor?
			_, _ = s.tty.WriteString("\x1b[1;1R")
		}
		if err != nil {
			return
		}
	}
}

var sequences = regexp.MustCompile(`\x1b(\[[0-9;?]*[A-Za-z]|[=>]|\][^\x07]*\x07)|[\r\x07]`)

// plain is all that was shown, without colours and cursor movement.
func (s *session) plain() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.ReplaceAll(sequences.ReplaceAllString(s.raw.String(), ""), "\u00a0", " ")
}

func (s *session) shownRaw() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.raw.String()
}

// expect waits until text is shown after what was expected last.
func (s *session) expect(text string) {
	s.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		plain := s.plain()
		if at := strings.Index(plain[min(s.seen, len(plain)):], text); at >= 0 {
			s.seen += at + len(text)
			return
		}
		select {
		case <-s.done:
			if plain = s.plain(); !strings.Contains(plain[min(s.seen, len(plain)):], text) {
				s.t.Fatalf("the program ended without %q; after the last expected text it showed:\n%s", text, plain[min(s.seen, len(plain)):])
			}
		default:
		}
	}
	plain := s.plain()
	s.t.Fatalf("no %q within %v; after the last expected text:\n%s", text, patience, plain[min(s.seen, len(plain)):])
}

// send types keys.
func (s *session) send(keys string) {
	s.t.Helper()
	if _, err := s.tty.WriteString(keys); err != nil {
		s.t.Fatalf("typing %q: %v", keys, err)
	}
}

// end waits for the program and requires its exit code.
func (s *session) end(code int) {
	s.t.Helper()
	if got := s.exit(); got != code {
		s.t.Fatalf("exit code %d, want %d; it showed:\n%s", got, code, s.plain())
	}
}

// exit waits for the program and returns its exit code.
func (s *session) exit() int {
	s.t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- s.cmd.Wait() }()
	select {
	case err := <-ended:
		<-s.done
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			s.t.Fatal(err)
		}
		return s.cmd.ProcessState.ExitCode()
	case <-time.After(2 * patience):
		s.t.Fatalf("the program did not end; it showed:\n%s", s.plain())
		return -1
	}
}

// kill ends the program as a power cut would.
func (s *session) kill() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		s.t.Fatal(err)
	}
	_ = s.cmd.Wait()
	<-s.done
}

// Keys of a terminal.
const (
	enter = "\r"
	down  = "\x1b[B"
	ctrlC = "\x03"
)

// mark types the marks of the options chosen, from 0, in a list of n, and Enter.
func (s *session) mark(n int, chosen func(i int) bool) {
	s.t.Helper()
	for i := range n {
		if chosen(i) {
			s.send(" ")
			s.expect(fmt.Sprintf("[x]  %d  ", i+1))
		}
		s.send(down)
	}
	s.send(enter)
}
