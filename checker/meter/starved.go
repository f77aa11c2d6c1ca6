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

// hunger is how many times its limit a starved child gets.
const hunger = 3

// slow is the error of a child that was to do something within a limit since
// then, and did not: nil where it had so little CPU time that it gets more.
func (c *Child) slow(since clocks, limit time.Duration) error {
	now := c.read()
	switch {
	case !now.waits || !since.waits || !starved(limit, now.cpu-since.cpu, now.wait-since.wait):
		return ErrSlow
	case now.at.Sub(since.at) > hunger*limit:
		return ErrStarved
	}
	return nil
}

// starved says whether a program that was to take no longer than limit may blame
// the machine: it had less CPU time than half of that, while its threads stood
// in run queues for more than a quarter. One that sleeps or is blocked does not
// stand there, and one whose own threads compete has all the CPUs there are.
func starved(limit, cpu, wait time.Duration) bool { return cpu < limit/2 && wait > limit/4 }
