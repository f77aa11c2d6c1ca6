package meter

import (
	"runtime"
	"slices"
	"sync/atomic"
	"time"
)

// handovers is how many are measured: the median of them settles in less than
// a millisecond on a quiet machine.
const handovers = 51

// Burden measures what handing work to an idle P costs here: the median time,
// in ns, from a go statement to the first instruction of the new goroutine on
// another P, while the creator goes on computing. It is 0 where this process
// may use one P only. Cilkview calls the like the burden of a spawn (He,
// Leiserson and Leiserson, SPAA 2010).
func Burden() int64 {
	if runtime.GOMAXPROCS(0) < 2 {
		return 0
	}
	times := make([]int64, handovers)
	for i := range times {
		var began atomic.Int64
		start := time.Now()
		go func() { began.Store(max(1, int64(time.Since(start)))) }()
		for began.Load() == 0 && time.Since(start) < 20*time.Millisecond {
			// Computing, so that the new goroutine has to find another P.
		}
		if times[i] = began.Load(); times[i] == 0 {
			times[i] = int64(time.Since(start))
		}
	}
	slices.Sort(times)
	return times[len(times)/2]
}
