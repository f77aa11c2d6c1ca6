package verdict

import (
	"fmt"

	"gokata/checker/evidence"
)

// dearAtLeast is how many traces of each program above the number of CPUs tell
// what the code costs there.
const dearAtLeast = 2

// dear is how many times the reference's CPU time the code takes where there are
// more Ps than CPUs, 0 where too few traces tell: the least of its traces over
// the most of the reference's. A goroutine that asks again and again takes the
// CPU from those that it waits for there. Beside three busy loops on two CPUs,
// barriers that ask took 5.7 to 8.7 times the reference's CPU time at
// GOMAXPROCS=16, and barriers that sleep 0.9 to 1.1 times.
func dear(e evidence.Evidence) float64 {
	var you, ref int
	least, most := int64(0), int64(0)
	for _, t := range e.Traces {
		switch {
		case t.Truncated || t.Procs <= e.Machine.P || t.CPU <= 0:
		case t.Role == evidence.You:
			if you == 0 || t.CPU < least {
				least = t.CPU
			}
			you++
		default:
			ref, most = ref+1, max(most, t.CPU)
		}
	}
	if you < dearAtLeast || ref < dearAtLeast {
		return 0
	}
	return ratio(least, most)
}

// tooDear explains code that costs too much only where there are many Ps.
func tooDear(e evidence.Evidence, v Verdict, by float64) Verdict {
	much := fmt.Sprintf("Traced at GOMAXPROCS=%d, the code spends %.1f times the reference's CPU time (limit %.2f)", Wide, by, e.Spec.Limits.Inflation)
	v.Witnesses[1].Says = Denies
	if len(e.Polls) > 0 {
		v.At = &e.Polls[0].Position
		return v.fail(Spinning, much+": a goroutine burns its CPU while it waits, asking again and again, and those that it waits for get none.",
			"Let a goroutine that has nothing to do block, on a channel, a lock or a WaitGroup.")
	}
	return v.fail(Overhead, much+": the more goroutines may run, the more there is to do, or one that waits asks again and again.",
		"Let no two goroutines do the same work, and let one that has nothing to do block, on a channel, a lock or a WaitGroup.")
}
