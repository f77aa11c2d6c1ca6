package cpuvswall

import (
	"testing"
	"time"
)

// Two figures tell waiting from computing. The limits are generous: a busy
// machine must not fail a right answer.
func TestSleepingTakesTimeButNoCPU(t *testing.T) {
	wall, cpu := Measure(func() { time.Sleep(100 * time.Millisecond) })
	t.Logf("sleep: wall %v, cpu %v, CPUs busy %.2f", wall, cpu, cpu.Seconds()/wall.Seconds())
	if wall < 100*time.Millisecond {
		t.Errorf("slept for 100 ms, wall says %v", wall)
	}
	if cpu > wall/4 {
		t.Errorf("sleeping is not computing, but cpu is %v of %v", cpu, wall)
	}
}

func TestComputingTakesCPU(t *testing.T) {
	x := uint64(1)
	wall, cpu := Measure(func() {
		for range 100_000_000 {
			x ^= x << 13
			x ^= x >> 7
			x ^= x << 17
		}
	})
	t.Logf("spin: wall %v, cpu %v, CPUs busy %.2f (%x)", wall, cpu, cpu.Seconds()/wall.Seconds(), x&15)
	if cpu <= 0 {
		t.Errorf("a loop of 10^8 steps took no CPU time: cpu is %v", cpu)
	}
}
