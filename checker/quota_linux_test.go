package checker

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"gokata/checker/verdict"
)

// What a check says where it may not use all of the machine: right or
// inconclusive, never wrong.

func TestAQuotaNeverMakesAVerdictWrong(t *testing.T) {
	slow(t)
	cpus := runtime.NumCPU()
	for _, quota := range []float64{0.5, 1.5, 1.9, float64(cpus)} {
		t.Run(fmt.Sprint(quota), func(t *testing.T) {
			group := limited(t, quota)
			for _, name := range []string{"parallel", "serial"} {
				judged := checkIn(t, name, "/bin/sh", "-c", `echo $$ >"$0" && exec "$@"`, filepath.Join(group, "cgroup.procs"))
				holds(t, name, judged, quota >= 2 && cpus >= 2)
			}
		})
	}
}

func TestOneCPUOfManyNeverMakesAVerdictWrong(t *testing.T) {
	slow(t)
	// What a thread starts inherits its CPUs; the thread ends with the goroutine.
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		var had, first unix.CPUSet
		if err := unix.SchedGetaffinity(0, &had); err != nil {
			t.Error(err)
			return
		}
		for cpu := 0; first.Count() == 0; cpu++ {
			if had.IsSet(cpu) {
				first.Set(cpu)
			}
		}
		if err := unix.SchedSetaffinity(0, &first); err != nil {
			t.Error(err)
			return
		}
		for _, name := range []string{"parallel", "serial"} {
			holds(t, name, checkIn(t, name), false)
		}
	}()
	<-done
}

// holds compares an outcome with what is true of the solution.
func holds(t *testing.T, name string, got verdict.Outcome, canJudge bool) {
	t.Helper()
	right := map[string]verdict.Outcome{"parallel": verdict.Pass, "serial": verdict.Fail}[name]
	if got != verdict.Inconclusive && (!canJudge || got != right) {
		t.Errorf("%s: %s", name, got)
	}
	t.Logf("%s: %s", name, got)
}

// checkIn checks a solution in a process of its own, started by a command.
func checkIn(t *testing.T, name string, command ...string) verdict.Outcome {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Error(err)
		return ""
	}
	command = append(command, self)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), checking+"="+name)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	last := ""
	for lines := bufio.NewScanner(strings.NewReader(string(out))); lines.Scan(); {
		last = lines.Text()
	}
	return verdict.Outcome(last)
}

// limited makes a cgroup with a quota of so many CPUs, for this test.
func limited(t *testing.T, cpus float64) string {
	t.Helper()
	const period = 100_000 // µs
	quota := strconv.Itoa(int(cpus * period))
	var why error
	for mount, file := range map[string][2]string{
		"/sys/fs/cgroup":     {"cpu.max", quota + " " + strconv.Itoa(period)},
		"/sys/fs/cgroup/cpu": {"cpu.cfs_quota_us", quota},
	} {
		group := filepath.Join(mount, "gokata-test-"+strconv.Itoa(os.Getpid()))
		if _, err := os.Stat(filepath.Join(mount, "cgroup.procs")); err != nil {
			continue
		}
		if err := os.Mkdir(group, 0o755); err != nil {
			why = err
			continue
		}
		t.Cleanup(func() {
			if !eventually(func() bool { err := os.Remove(group); return err == nil || errors.Is(err, os.ErrNotExist) }) {
				t.Errorf("%s cannot be removed", group)
			}
		})
		limit, err := os.OpenFile(filepath.Join(group, file[0]), os.O_WRONLY, 0)
		if err != nil {
			why = err // a hierarchy without the cpu controller
			continue
		}
		_, err = limit.WriteString(file[1])
		limit.Close()
		if err != nil {
			t.Fatal(err)
		}
		return group
	}
	t.Skipf("no CPU quota can be set here (%v): run as root on a system with cgroups", why)
	return ""
}
