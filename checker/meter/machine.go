package meter

import (
	"runtime"

	"gokata/checker/evidence"
)

// most is the largest GOMAXPROCS that is judged. A kata is sized for it.
const most = 4

// Look describes the machine as it is now. Go and RaceDetector are the
// toolchain's and are left to the caller.
func Look() evidence.Machine {
	m := evidence.Machine{
		OS: runtime.GOOS, Arch: runtime.GOARCH, CPUs: runtime.NumCPU(),
		Quota: quota(), Load: load(), CPUClock: CPUClock, WaitClock: WaitClock,
	}
	m.Online, m.Cores, m.Governor = topology()
	m.P = judgedAt(m.CPUs, m.Quota)
	return m
}

// judgedAt is the GOMAXPROCS at which parallelism can be judged.
func judgedAt(cpus int, quota *float64) int { return min(WholeCPUs(cpus, quota), most) }

// WholeCPUs is how many CPUs can run at once all the time: no more than there
// are, no more than the whole ones of a quota, and at least 1. Of a quota of 1.5
// two may run at once, but only for three quarters of each period; then both
// stop.
func WholeCPUs(cpus int, quota *float64) int {
	if quota != nil && *quota < float64(cpus) {
		cpus = int(*quota)
	}
	return max(cpus, 1)
}
