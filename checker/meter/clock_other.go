//go:build !linux && !windows

package meter

// CPUClock names where CPU time comes from: here a parent cannot read the CPU
// clock of a running child, and takes what the harness in the child reads.
const CPUClock = "getrusage in the child"

// WaitClock says whether run-queue delay can be read.
const WaitClock = false

func cpuTime(int) (int64, bool) { return 0, false }

func waitTime(int) (int64, bool) { return 0, false }
