package main

import (
	"fmt"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// stalls keeps all Ps busy. It returns how often, and for how long at most, a
// goroutine noticed that it had not been executed for more than 5 ms.
func stalls(d time.Duration) (n int, longest time.Duration) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	end := time.Now().Add(d)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for last := time.Now(); last.Before(end); {
				now := time.Now()
				if gap := now.Sub(last); gap > 5*time.Millisecond {
					mu.Lock()
					n++
					longest = max(longest, gap)
					mu.Unlock()
				}
				last = now
			}
		})
	}
	wg.Wait()
	return n, longest
}

// cpuTime is what all threads of this process have used so far.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func main() {
	start, before := time.Now(), cpuTime()
	n, longest := stalls(time.Second)
	busy := float64(cpuTime()-before) / float64(time.Since(start))
	fmt.Printf("NumCPU %d  GOMAXPROCS %d  CPUs busy %.1f  stalls %d, longest %.0f ms\n",
		runtime.NumCPU(), runtime.GOMAXPROCS(0), busy, n, longest.Seconds()*1e3)
}
