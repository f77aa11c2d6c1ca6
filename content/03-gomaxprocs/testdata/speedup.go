package main

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"time"
)

type run struct {
	name      string
	procs     int
	f         func()
	wall, cpu []time.Duration
}

func measure(rounds int, runs []run) {
	for range rounds {
		for _, i := range rand.Perm(len(runs)) {
			r := &runs[i]
			runtime.GOMAXPROCS(r.procs)
			start, before := time.Now(), cpuTime()
			r.f()
			r.cpu = append(r.cpu, cpuTime()-before)
			r.wall = append(r.wall, time.Since(start))
		}
	}
}

func median(ds []time.Duration) float64 {
	ds = slices.Sorted(slices.Values(ds))
	return ds[len(ds)/2].Seconds() * 1e3
}

// cpuTime is what all threads of this process have used so far.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// hash is what is computed for each item.
func hash(x uint64) uint64 {
	for range 4 {
		x = x*6364136223846793005 + 1442695040888963407
		x ^= x >> 29
	}
	return x
}

func add(a, b uint64) uint64 { return a + b }

const items = 6_000_000

// loop is the sequential program, as one would write it.
func loop() (sum uint64) {
	for i := range uint64(items) {
		sum += hash(i)
	}
	return sum
}

// reduce does the same for any f and op, in one part for each P.
func reduce(f func(uint64) uint64, op func(a, b uint64) uint64) uint64 {
	parts := make([]uint64, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for p := range parts {
		wg.Go(func() {
			var sum uint64
			for i := items * p / len(parts); i < items*(p+1)/len(parts); i++ {
				sum = op(sum, f(uint64(i)))
			}
			parts[p] = sum
		})
	}
	wg.Wait()
	sum := parts[0]
	for _, part := range parts[1:] {
		sum = op(sum, part)
	}
	return sum
}

func main() {
	if loop() != reduce(hash, add) {
		panic("the two disagree")
	}
	var sink [2]uint64
	whole := func() { sink[0] = loop() }
	split := func() { sink[0] = reduce(hash, add) }
	twice := func() {
		var wg sync.WaitGroup
		wg.Go(func() { sink[0] = loop() })
		wg.Go(func() { sink[1] = loop() })
		wg.Wait()
	}
	runs := []run{
		{name: "loop      ", procs: 1, f: whole},
		{name: "reduce    ", procs: 1, f: split},
		{name: "reduce    ", procs: 2, f: split},
		{name: "two loops ", procs: 2, f: twice},
	}
	measure(9, runs)
	t := make([]float64, len(runs))
	for i, r := range runs {
		t[i] = median(r.wall)
		c := median(r.cpu)
		fmt.Printf("%s P=%d  T %4.1f ms  C %4.1f ms  U %.1f\n", r.name, r.procs, t[i], c, c/t[i])
	}
	fmt.Printf("S against itself %.2f, against the loop %.2f, given by the machine %.2f\n",
		t[1]/t[2], t[0]/t[2], 2*t[0]/t[3])
}
