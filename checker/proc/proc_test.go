//go:build linux

package proc

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// grandchild starts a shell that starts a sleeper, and returns the sleeper's pid.
func grandchild(t *testing.T, ctx context.Context) (*Group, int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "pid")
	cmd := exec.Command("sh", "-c", `sleep 600 & echo $! >"$1.new"; mv "$1.new" "$1"; wait`, "sh", file)
	g, err := Start(ctx, cmd, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for {
		if b, err := os.ReadFile(file); err == nil {
			pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
			if err != nil {
				t.Fatal(err)
			}
			return g, pid
		}
		time.Sleep(time.Millisecond)
	}
}

// gone waits until no process has that id, or it is a zombie that init reaps.
func gone(pid int) bool {
	for range 2000 {
		if syscall.Kill(pid, 0) == syscall.ESRCH {
			return true
		}
		if b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat"); err != nil || bytes.Contains(b, []byte(") Z ")) {
			return true
		}
		time.Sleep(time.Millisecond)
	}
	return false
}

func TestKillEndsTheWholeGroup(t *testing.T) {
	g, pid := grandchild(t, context.Background())
	g.Kill()
	if !gone(pid) {
		t.Errorf("grandchild %d is still there", pid)
	}
	if g.State() == nil {
		t.Error("no state after Kill")
	}
}

func TestContextEndsTheWholeGroup(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	g, pid := grandchild(t, ctx)
	cancel()
	if err := g.Wait(); err == nil {
		t.Error("a killed child reported success")
	}
	if !gone(pid) {
		t.Errorf("grandchild %d is still there", pid)
	}
}

func TestWaitClearsWhatTheChildLeft(t *testing.T) {
	cmd := exec.Command("sh", "-c", "sleep 600 & echo $!")
	var out bytes.Buffer
	cmd.Stdout = &out
	g, err := Start(context.Background(), cmd, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	_ = g.Wait() // the sleeper holds the output open: WaitDelay ends that
	pid, err := strconv.Atoi(strings.TrimSpace(out.String()))
	if err != nil {
		t.Fatal(err)
	}
	if !gone(pid) {
		t.Errorf("process %d is still there", pid)
	}
}

func TestFileSizeIsLimited(t *testing.T) {
	file := filepath.Join(t.TempDir(), "big")
	// The child waits for a line, so that the limit is set before it writes.
	cmd := exec.Command("sh", "-c", `read x; head -c 1000000 /dev/zero >"$1"`, "sh", file)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	g, err := Start(context.Background(), cmd, Limits{FileSize: 1000})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = in.Write([]byte("go\n"))
	_ = in.Close()
	if err := g.Wait(); err == nil {
		t.Error("writing over the limit succeeded")
	}
	if st, err := os.Stat(file); err != nil || st.Size() > 1000 {
		t.Errorf("file: %v, %v", st, err)
	}
}

func TestMemoryInUseIsLimited(t *testing.T) {
	// A line of a hundred megabytes, which the shell has to hold.
	cmd := exec.Command("sh", "-c", "x=$(head -c 100000000 /dev/zero | tr '\\0' x); sleep 600")
	g, err := Start(context.Background(), cmd, Limits{Resident: 50 << 20})
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Wait(); err == nil {
		t.Error("it went on")
	}
	if n := resident(g.PID()); n != 0 {
		t.Errorf("%d bytes of a process that is gone", n)
	}
}

func TestTheKernelEndsAChildFirst(t *testing.T) {
	g, err := Start(context.Background(), exec.Command("sleep", "600"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Kill()
	b, err := os.ReadFile("/proc/" + strconv.Itoa(g.PID()) + "/oom_score_adj")
	if err != nil || strings.TrimSpace(string(b)) != "1000" {
		t.Errorf("oom_score_adj %s, %v", b, err)
	}
}

func TestStartRefusesAnEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Start(ctx, exec.Command("true"), Limits{}); err == nil {
		t.Error("started")
	}
}

// An id that was waited for may be a stranger's by the time somebody calls Kill.
func TestNothingIsSignalledOnceTheChildIsOver(t *testing.T) {
	g, err := Start(t.Context(), exec.Command("true"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	if !g.over {
		t.Error("the group can still be signalled")
	}
	g.Kill()
	g.Kill()
}
