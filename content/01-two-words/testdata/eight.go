package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

func eight(goroutines int, item func()) time.Duration {
	start := time.Now()
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			for range 8 / goroutines {
				item()
			}
		})
	}
	wg.Wait()
	return time.Since(start)
}

// compute is an amount of work: some 5 ms on the computer that this was written on.
//
//go:noinline
func compute() uint64 {
	x := uint64(1)
	for range 4_500_000 {
		x = x*6364136223846793005 + 1442695040888963407
	}
	return x
}

func wait() { time.Sleep(10 * time.Millisecond) }

func main() {
	for _, kind := range []struct {
		name string
		item func()
	}{
		{"compute", func() { compute() }},
		{"wait   ", wait},
		{"mixed  ", func() { wait(); compute() }},
	} {
		for _, goroutines := range []int{1, 8} {
			runtime.GOMAXPROCS(1)
			one := eight(goroutines, kind.item)
			runtime.GOMAXPROCS(2)
			two := eight(goroutines, kind.item)
			fmt.Printf("%s  goroutines: %d  T(1) %3.0f ms  T(2) %3.0f ms\n",
				kind.name, goroutines, one.Seconds()*1e3, two.Seconds()*1e3)
		}
	}
}
