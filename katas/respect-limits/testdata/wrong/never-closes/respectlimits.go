// Package respectlimits is wrong: nobody closes the channel, so the workers wait
// for more indices for ever.
package respectlimits

import (
	"runtime"
	"sync"
)

// ForEachCPU hands indices to as many workers as there are Ps.
func ForEachCPU(n int, body func(i int)) {
	var done sync.WaitGroup
	indices := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for i := range indices {
				body(i)
				done.Done()
			}
		}()
	}
	for i := range n {
		done.Add(1)
		indices <- i
	}
	done.Wait()
}
