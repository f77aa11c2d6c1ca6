//go:build !race

package meter

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"gokata/checker/evidence"
	"golang.org/x/sys/unix"
)

func TestWhoMayBlameTheMachine(t *testing.T) {
	const s = time.Second
	for name, c := range map[string]struct {
		limit, cpu, wait time.Duration
		want             bool
	}{
		"has a CPU for itself":            {10 * s, 10 * s, 0, false},
		"sleeps":                          {10 * s, 0, 0, false},
		"its own threads compete":         {10 * s, 20 * s, 60 * s, false},
		"shares its CPU with a neighbour": {10 * s, 5 * s, 5 * s, false},
		"shares it with many":             {10 * s, 2 * s, 8 * s, true},
		"gets next to nothing":            {10 * s, s / 20, 10 * s, true},
		"has had half of it in the end":   {10 * s, 5 * s, 20 * s, false},
		"no time was given":               {0, 0, 0, false},
	} {
		if got := starved(c.limit, c.cpu, c.wait); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// A child that spins, is nice and has two neighbours on its only CPU gets next
// to nothing of it.
func TestAStarvedRunIsNotCalledSlow(t *testing.T) {
	var cpus unix.CPUSet
	if err := unix.SchedGetaffinity(0, &cpus); err != nil {
		t.Fatal(err)
	}
	var one unix.CPUSet
	one.Set(list(cpus)[0])
	c := begin(t, "failures", 1)
	threads, err := os.ReadDir("/proc/" + strconv.Itoa(c.group.PID()) + "/task")
	if err != nil {
		t.Fatal(err)
	}
	for _, th := range threads {
		id, err := strconv.Atoi(th.Name())
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(unix.SchedSetaffinity(id, &one), unix.Setpriority(unix.PRIO_PROCESS, id, 19)); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		loop := exec.Command("sh", "-c", "while :; do :; done")
		if err := loop.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			_ = loop.Process.Kill()
			_ = loop.Wait()
		})
		if err := unix.SchedSetaffinity(loop.Process.Pid, &one); err != nil {
			t.Fatal(err)
		}
	}
	_, err = c.run(t, t.Context(), "spin", time.Second)
	if !errors.Is(err, ErrStarved) {
		t.Fatalf("error %v, want %v", err, ErrStarved)
	}
	f, ours := c.Failure(t.Context(), err)
	if ours != nil || f.Kind != evidence.Starved {
		t.Errorf("told as %+v, %v", f, ours)
	}
	if wrong, err := c.blame(t.Context(), evidence.Ref, err, evidence.CaseRun{Name: "x"}); err != nil || wrong == nil || wrong.Failed != evidence.Starved {
		t.Errorf("a starved reference solution: %+v, %v", wrong, err)
	}
}
