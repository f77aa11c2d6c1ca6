package meter

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// timerPending says whether a Go program whose goroutines are all blocked will
// be woken by a timer (time.After, a context's deadline): one of its threads
// then waits in epoll_pwait with a time-out. Stacks do not tell: waiting on a
// timer's channel is "chan receive". Known is false where the system does not
// show the system calls of a child.
func timerPending(pid int) (pending, known bool) {
	dir := "/proc/" + strconv.Itoa(pid) + "/task"
	tasks, err := os.ReadDir(dir)
	if err != nil {
		return false, false
	}
	for _, t := range tasks {
		b, err := os.ReadFile(dir + "/" + t.Name() + "/syscall")
		if err != nil {
			continue
		}
		known = true
		if timed(string(b)) {
			return true, true
		}
	}
	return false, known
}

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
