package proc

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

func (g *Group) killGroup() { _ = syscall.Kill(-g.cmd.Process.Pid, syscall.SIGKILL) }

// await waits for the child. What it left running is killed while the child's
// id is still its own: once it is waited for, the system may give the id to a
// stranger.
func (g *Group) await() error {
	for unix.Waitid(unix.P_PID, g.PID(), nil, unix.WEXITED|unix.WNOWAIT, nil) == unix.EINTR {
	}
	g.clear()
	return g.cmd.Wait()
}

// limit sets the limits on a running process; what it starts inherits them.
func limit(pid int, lim Limits) error {
	set := func(resource int, n uint64) error {
		err := unix.Prlimit(pid, resource, &unix.Rlimit{Cur: n, Max: n}, nil)
		if err == unix.ESRCH { // it has ended already
			return nil
		}
		return err
	}
	if lim.Memory > 0 {
		// DATA, not AS: Go reserves far more address space than it uses.
		if err := set(unix.RLIMIT_DATA, uint64(lim.Memory)); err != nil {
			return err
		}
	}
	if lim.FileSize > 0 {
		if err := set(unix.RLIMIT_FSIZE, uint64(lim.FileSize)); err != nil {
			return err
		}
	}
	if lim.CPU > 0 {
		if err := set(unix.RLIMIT_CPU, uint64((lim.CPU+time.Second-1)/time.Second)); err != nil {
			return err
		}
	}
	// Where memory runs out all the same, the kernel ends this process, and not
	// whatever else is large. It may have ended already.
	_ = os.WriteFile("/proc/"+strconv.Itoa(pid)+"/oom_score_adj", []byte("1000"), 0)
	return set(unix.RLIMIT_CORE, 0)
}

// resident is the physical memory that a process uses, in bytes; 0 where it
// cannot be read.
func resident(pid int) int64 {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(b)) // in pages: all, resident, ...
	if len(fields) < 2 {
		return 0
	}
	n, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		return 0
	}
	return n * int64(os.Getpagesize())
}
