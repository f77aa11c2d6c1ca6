package meter

import (
	"errors"
	"time"
)

// ErrStarved is what Run returns instead of ErrSlow when the machine gave the
// child so little CPU time that nothing follows from how long it took.
var ErrStarved = errors.New("the machine gave the program hardly any CPU time")

// clocks are what the clocks of a child show.
type clocks struct {
	at        time.Time
	cpu, wait time.Duration // of all its threads; wait is the time in run queues
	waits     bool          // wait is known
}

// read reads the clocks, CPU innermost.
func (c *Child) read() (r clocks) {
	pid := c.group.PID()
	wait, ok := waitTime(pid)
	r.wait, r.waits = time.Duration(wait), ok
	r.at = time.Now()
	cpu, _ := cpuTime(pid)
	r.cpu = time.Duration(cpu)
	return r
}

// slow is the error of a child that took too long since then.
func (c *Child) slow(since clocks) error {
	if now := c.read(); now.waits && since.waits &&
		starved(now.at.Sub(since.at), now.cpu-since.cpu, now.wait-since.wait) {
		return ErrStarved
	}
	return ErrSlow
}

// starved says whether a program that was under way for a time may blame the
// machine: it had less than half a CPU, while its threads stood in run queues
// for more than a quarter of the time. One that sleeps or is blocked does not
// stand there, and one whose own threads compete has all the CPUs there are.
func starved(wall, cpu, wait time.Duration) bool { return cpu < wall/2 && wait > wall/4 }
