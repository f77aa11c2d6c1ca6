package main

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// block starts n goroutines that sit in a system call until the program ends.
func block(n int) {
	var pipe [2]int
	if err := syscall.Pipe(pipe[:]); err != nil {
		panic(err)
	}
	var inside atomic.Int32
	for range n {
		go func() {
			inside.Add(1)
			syscall.Read(pipe[0], make([]byte, 1))
		}()
	}
	for int(inside.Load()) < n {
		time.Sleep(10 * time.Millisecond)
	}
}

func busy(n int) (cpus float64, goroutines int) {
	start, before := time.Now(), cpuTime()
	var wg sync.WaitGroup
	for range n {
		wg.Go(compute)
	}
	goroutines = runtime.NumGoroutine()
	wg.Wait()
	return float64(cpuTime()-before) / float64(time.Since(start)), goroutines
}

// compute is an amount of work: some 40 ms on the computer that this was written on.
func compute() {
	x := uint64(1)
	for range 36_000_000 {
		x = x*6364136223846793005 + 1442695040888963407
	}
	runtime.KeepAlive(x)
}

// cpuTime is what all threads of this process have used so far.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func threads() uint64 {
	sample := []metrics.Sample{{Name: "/sched/threads/total:threads"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

func main() {
	block(20)
	for _, limit := range []int{1, 2} {
		runtime.GOMAXPROCS(limit)
		cpus, goroutines := busy(4)
		fmt.Printf("GOMAXPROCS=%d  goroutines %d  threads %d  CPUs busy %.1f\n", limit, goroutines, threads(), cpus)
	}
}
