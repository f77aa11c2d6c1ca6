package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"

	"gokata/katas"
)

// watched is a session of gokata watch on a kata, with the checker that believes
// what the source says of itself.
type watched struct {
	*session
	env  []string
	file string
}

func watch(t testing.TB, said string, more ...string) *watched {
	t.Helper()
	w := begin(t, more...)
	w.save(t, "package parallelsum // said: "+said)
	w.session = start(t, w.env, "gokata-said", "watch", "parallel-sum")
	w.expect("watching ~/gokata/katas/two-words/parallel-sum/parallelsum.go")
	return w
}

// begin makes a workspace with the kata parallel-sum.
func begin(t testing.TB, more ...string) *watched {
	t.Helper()
	home := t.TempDir()
	env := world(t, home, more...)
	cmd := exec.Command("gokata", "start", "parallel-sum")
	cmd.Env = env
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return &watched{env: env, file: filepath.Join(home, "gokata/katas/two-words/parallel-sum/parallelsum.go")}
}

// save writes the file as an editor does: beside it, and then in its place.
func (w *watched) save(t testing.TB, text string) {
	t.Helper()
	if err := os.WriteFile(w.file+".tmp", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(w.file+".tmp", w.file); err != nil {
		t.Fatal(err)
	}
}

// says saves what the checker believes.
func (w *watched) says(t testing.TB, said string) {
	t.Helper()
	w.save(t, "package parallelsum // said: "+said+"\n")
}

// mode is how the terminal handles keys.
func (s *session) mode() *term.State {
	s.t.Helper()
	mode, err := term.GetState(int(s.tty.Fd()))
	if err != nil {
		s.t.Fatal(err)
	}
	return mode
}

// restored requires that the terminal handles keys as a new one does.
func (s *session) restored() {
	s.t.Helper()
	fresh := start(s.t, s.cmd.Env, "cat")
	want := fresh.mode()
	if got := s.mode(); !reflect.DeepEqual(got, want) {
		s.t.Errorf("the terminal was left as %+v, a new one is %+v", got, want)
	}
	fresh.kill()
}

func TestWatchChecksEachSaveAndObeysKeys(t *testing.T) {
	w := watch(t, "fail serial")
	w.expect("NOT PARALLEL · serial")
	w.expect("n next")
	w.send("n")
	w.expect("Not passed yet.")
	w.send("h")
	w.expect("parallel-sum · hint 1 of 3")
	w.send("s")
	w.expect("After a pass.")
	w.send("t")
	w.expect("q quit")
	w.says(t, "pass ok")
	w.expect("✓ PARALLEL")
	w.expect("s solution")
	w.send("s")
	w.expect("func Sum")
	w.send("l")
	w.expect("✓ passed, 1.50 x")
	w.send("r")
	w.expect("✓ PARALLEL")
	w.send("x")
	w.expect("Put the starter files of parallel-sum back?")
	w.send("y" + enter)
	w.expect("The starter files are back.")
	w.expect("✓ PARALLEL") // the starter says nothing of itself, which is a pass here
	w.send("q")
	w.end(0)
	w.restored()
}

func TestWatchShowsTheLastSave(t *testing.T) {
	w := watch(t, "wait")
	open := w.descriptors()
	for i := range 1000 {
		said := "wait"
		if i%3 == 0 {
			said = "fail serial"
		}
		w.says(t, said)
		time.Sleep(2 * time.Millisecond)
	}
	w.says(t, "fail contended")
	w.expect("NOT PARALLEL · contended")
	if now := w.descriptors(); now > open+1 {
		t.Errorf("%d descriptors at first, %d after 1000 saves", open, now)
	}
	if entries, err := os.ReadDir(filepath.Dir(w.file)); err != nil || len(entries) != 3 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
	w.send(ctrlC)
	w.end(0)
	w.restored()
}

func (s *session) descriptors() int {
	s.t.Helper()
	fds, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", s.cmd.Process.Pid))
	if err != nil {
		s.t.Fatal(err)
	}
	return len(fds)
}

func TestWatchLeavesTheTerminalAsItWas(t *testing.T) {
	for name, end := range map[string]func(*watched){
		"q":       func(w *watched) { w.send("q") },
		"Ctrl-D":  func(w *watched) { w.send("\x04") },
		"Ctrl-C":  func(w *watched) { w.send(ctrlC) },
		"SIGTERM": func(w *watched) { w.cmd.Process.Signal(syscall.SIGTERM) },
	} {
		t.Run(name, func(t *testing.T) {
			w := watch(t, "wait")
			end(w)
			w.exit()
			w.restored()
		})
	}
}

func TestWatchOutlivesABrokenCheck(t *testing.T) {
	w := watch(t, "panic")
	w.expect("mistake in gokata")
	w.says(t, "break")
	w.expect("the disk is on fire")
	w.says(t, "pass ok")
	w.expect("✓ PARALLEL")
	w.send("q")
	w.end(0)
	w.restored()
}

func TestWatchWithoutDrawing(t *testing.T) {
	w := watch(t, "fail serial", "GOKATA_PLAIN=1")
	w.expect("NOT PARALLEL")
	w.expect("q quit")
	w.send("q")
	w.end(0)
	if raw := w.shownRaw(); strings.Contains(raw, "\x1b[2J") || strings.ContainsAny(raw, "✓✗█▓░") {
		t.Errorf("drawn: %q", raw)
	}
}

// resize changes the window, as dragging its corner does.
func (s *session) resize(columns, rows uint16) {
	s.t.Helper()
	if err := pty.Setsize(s.tty, &pty.Winsize{Cols: columns, Rows: rows}); err != nil {
		s.t.Fatal(err)
	}
}

func TestWindowsThatChangeAreDrawnAgain(t *testing.T) {
	s := start(t, world(t, t.TempDir()), "gokata", "list", "--workspace", t.TempDir())
	s.expect("q quit")
	s.resize(40, 20)
	s.expect("Concurrency vs Parallelism in Go…")
	s.resize(120, 40)
	s.expect("q quit")
	s.send("q")
	s.end(0)

	w := watch(t, "fail serial")
	w.expect("q quit")
	w.resize(40, 20)
	w.expect("NOT PARALLEL")
	w.expect("x reset   q quit") // on a line of its own now
	w.resize(120, 40)
	w.expect("h hint   r run   l list   t trace   x reset   q quit")
	w.send("q")
	w.end(0)
	w.restored()
}

func TestTheListIsWalkedAndLeavesTheScreen(t *testing.T) {
	s := start(t, world(t, t.TempDir()), "gokata", "list", "--workspace", t.TempDir())
	s.expect("[all]")
	s.expect("Structure and execution")
	s.send("/run queues and")
	s.expect("/run queues and_")
	s.expect("Run queues and stealing")
	s.send(enter + enter)
	s.expect("min") // of the lesson, in a pager
	s.send("q")
	s.expect("Back to the list?")
	s.send(enter)
	s.expect("[all]")
	s.send("q")
	s.end(0)
	s.restored()
	raw := s.shownRaw()
	if in, out := strings.Count(raw, "\x1b[?1049h"), strings.Count(raw, "\x1b[?1049l"); in != out || in == 0 {
		t.Errorf("the other screen was entered %d times and left %d times", in, out)
	}
}

// BenchmarkSaveToCompileError measures from a save to the error on the screen,
// with the real checker. At most 400 ms are wanted.
func BenchmarkSaveToCompileError(b *testing.B) {
	benchmarkSave(b, "undefined: nowhere", func(n int) string {
		return fmt.Sprintf("package parallelsum\n\n// %d\nvar _ = nowhere\n", n)
	})
}

// BenchmarkSaveToVerdict measures from a save of the reference solution of a
// parallel kata to its verdict. At most 3 s are wanted.
func BenchmarkSaveToVerdict(b *testing.B) {
	k, err := katas.Load("parallel-sum")
	if err != nil {
		b.Fatal(err)
	}
	files, err := k.Files(katas.Solution)
	if err != nil {
		b.Fatal(err)
	}
	benchmarkSave(b, "runs, all right", func(n int) string {
		return fmt.Sprintf("%s\n// %d\n", files["parallelsum.go"], n)
	})
}

func benchmarkSave(b *testing.B, want string, text func(n int) string) {
	w := begin(b)
	w.save(b, text(-1))
	w.session = start(b, w.env, "gokata", "watch", "parallel-sum")
	w.expect(want)
	w.expect("q quit")
	n := int(time.Now().UnixNano()) // a source that nobody has built before
	for b.Loop() {
		w.save(b, text(n))
		w.expect(want)
		n++
		b.StopTimer()
		w.expect("q quit")
		b.StartTimer()
	}
	w.send("q")
	w.end(0)
}
