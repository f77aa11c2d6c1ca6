package main

import (
	"fmt"
	"runtime"
	"slices"
	"time"
)

// cost is the median time of a call, of 101 batches.
func cost(call func()) time.Duration {
	const batch = 100
	var all []time.Duration
	for range 101 {
		start := time.Now()
		for range batch {
			call()
		}
		all = append(all, time.Since(start)/batch)
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func main() {
	runtime.GOMAXPROCS(2)
	n := 2
	fmt.Println("ask                 ", cost(func() { runtime.GOMAXPROCS(0) }))
	fmt.Println("set the same value  ", cost(func() { runtime.GOMAXPROCS(2) }))
	fmt.Println("set another value   ", cost(func() { n = 3 - n; runtime.GOMAXPROCS(n) }))
}
