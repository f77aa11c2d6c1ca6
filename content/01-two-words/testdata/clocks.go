package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

func measure(f func()) (wall, cpu time.Duration) {
	start := time.Now()
	before := cpuTime()
	f()
	cpu = cpuTime() - before
	wall = time.Since(start)
	return wall, cpu
}

// cpuTime is what all threads of this process have used so far.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// job is an amount of work: some 40 ms on the computer that this was written on.
const job = 36_000_000

//go:noinline
func compute(n int) uint64 {
	x := uint64(1)
	for range n {
		x = x*6364136223846793005 + 1442695040888963407
	}
	return x
}

func wait() { time.Sleep(40 * time.Millisecond) }

func whole() { compute(job) }

func halves() {
	var wg sync.WaitGroup
	wg.Go(func() { compute(job / 2) })
	wg.Go(func() { compute(job / 2) })
	wg.Wait()
}

func watched() {
	var done atomic.Bool
	var wg sync.WaitGroup
	wg.Go(func() {
		compute(job)
		done.Store(true)
	})
	wg.Go(func() {
		for !done.Load() {
			runtime.Gosched()
		}
	})
	wg.Wait()
}

type node struct {
	next *node
	data [4]int
}

func list() {
	var head *node
	for range 1_000_000 {
		head = &node{next: head}
	}
	runtime.KeepAlive(head)
}

func main() {
	for _, run := range []struct {
		name string
		f    func()
	}{{"wait   ", wait}, {"whole  ", whole}, {"halves ", halves}, {"watched", watched}, {"list   ", list}} {
		run.f() // warm up
		for _, procs := range []int{1, 2} {
			runtime.GOMAXPROCS(procs)
			runtime.GC()
			wall, cpu := measure(run.f)
			fmt.Printf("%s  P=%d  T %3.0f ms  C %3.0f ms  U %.1f\n", run.name, procs,
				wall.Seconds()*1e3, cpu.Seconds()*1e3, cpu.Seconds()/wall.Seconds())
		}
	}
}
