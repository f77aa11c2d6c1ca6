package meter

import (
	"runtime"

	"gokata/checker/evidence"
)

// most is the largest GOMAXPROCS that is judged. A kata is sized for it.
const most = 4

// Look describes the machine as it is now. GoVersion and RaceDetector are the
// toolchain's and are left to the caller.
func Look() evidence.Machine {
	m := evidence.Machine{
		OS: runtime.GOOS, Arch: runtime.GOARCH, CPUs: runtime.NumCPU(),
		Quota: quota(), Load: load(), CPUClock: CPUClock, WaitClock: WaitClock,
	}
	m.P = min(m.CPUs, most)
	if m.Quota != nil && *m.Quota < float64(m.P) {
		m.P = int(*m.Quota)
	}
	m.P = max(m.P, 1)
	return m
}
