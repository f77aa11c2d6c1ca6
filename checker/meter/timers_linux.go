package meter

import (
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// awake says whether a Go program whose goroutines are all blocked will go on
// by itself: a timer (time.After, a context's deadline) will wake one, and a
// thread waits for it in epoll_pwait with a time-out; or that has happened, and
// the thread is ready to run, which on a starved machine it may be for long.
// Stacks do not tell: waiting on a timer's channel is "chan receive". Known is
// false where the system does not show the system calls of a child.
func awake(pid int) (yes, known bool) {
	for range windDown / windDownStep {
		var busy bool
		if yes, busy, known = look(pid); !busy {
			return yes, known
		}
		time.Sleep(windDownStep)
	}
	return true, true
}

// Threads that have just done something, such as answering the parent, need a
// CPU once more to go to sleep, and on a busy machine wait for one.
const (
	windDown     = 200 * time.Millisecond
	windDownStep = 5 * time.Millisecond
)

// look looks once. Busy says that a thread is ready to run.
func look(pid int) (yes, busy, known bool) {
	dir := "/proc/" + strconv.Itoa(pid) + "/task"
	tasks, err := os.ReadDir(dir)
	if err != nil {
		return false, false, false
	}
	for _, t := range tasks {
		b, err := os.ReadFile(dir + "/" + t.Name() + "/syscall")
		if err != nil {
			continue
		}
		known = true
		line := string(b)
		yes = yes || timed(line)
		busy = busy || ready(line)
	}
	return yes || busy, busy && !yes, known
}

// ready says whether a line of /proc/PID/task/TID/syscall is that of a thread
// that has a CPU, or waits for one.
func ready(line string) bool { return strings.TrimSpace(line) == "running" }

// timed reads a line of /proc/PID/task/TID/syscall: a number and, in
// hexadecimal, six arguments. The fourth of epoll_pwait is its time-out in ms,
// -1 for none.
func timed(line string) bool {
	f := strings.Fields(line)
	if len(f) < 5 || f[0] != strconv.Itoa(unix.SYS_EPOLL_PWAIT) {
		return false
	}
	ms, err := strconv.ParseUint(f[4], 0, 64)
	return err == nil && int32(ms) >= 0
}
