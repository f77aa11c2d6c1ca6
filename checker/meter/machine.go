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

// judgedAt is the GOMAXPROCS at which parallelism can be judged: no more than
// the CPUs, no more than whole CPUs of a quota. Of a quota of 1.5 two CPUs may
// run at once, but only for three quarters of each period; then both stop.
func judgedAt(cpus int, quota *float64) int {
	p := min(cpus, most)
	if quota != nil && *quota < float64(p) {
		p = int(*quota)
	}
	return max(p, 1)
}
