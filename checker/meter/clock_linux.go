package meter

import (
	"bytes"
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// CPUClock names where CPU time comes from.
const CPUClock = "clock_gettime(process)"

// WaitClock says whether run-queue delay can be read.
const WaitClock = true

// cpuTime is the CPU time of a running process in ns, user and system, of all
// its threads past and present: 2.7 µs a call. Its resolution is the
// scheduler's own accounting, not a tick. The id is clock_getcpuclockid's.
func cpuTime(pid int) (int64, bool) {
	var ts unix.Timespec
	if err := unix.ClockGettime(int32(^pid<<3|2), &ts); err != nil {
		return 0, false
	}
	return ts.Nano(), true
}

// waitTime is how long the threads of a process have stood in run queues, ns.
func waitTime(pid int) (int64, bool) {
	dir := "/proc/" + strconv.Itoa(pid) + "/task"
	tasks, err := os.ReadDir(dir)
	if err != nil {
		return 0, false
	}
	var sum int64
	for _, t := range tasks {
		b, err := os.ReadFile(dir + "/" + t.Name() + "/schedstat")
		if err != nil {
			continue // it ended in between
		}
		fields := bytes.Fields(b)
		if len(fields) < 2 {
			return 0, false
		}
		n, err := strconv.ParseInt(string(fields[1]), 10, 64)
		if err != nil {
			return 0, false
		}
		sum += n
	}
	return sum, true
}
