package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

func turns() (n int64) {
	var last, changes atomic.Int64
	var stop atomic.Bool
	var wg sync.WaitGroup
	for id := range int64(2) {
		wg.Go(func() {
			for !stop.Load() {
				if last.Swap(id) != id {
					changes.Add(1)
				}
			}
		})
	}
	time.Sleep(100 * time.Millisecond)
	stop.Store(true)
	wg.Wait()
	return changes.Load()
}

func main() {
	for _, procs := range []int{1, 2} {
		runtime.GOMAXPROCS(procs)
		fmt.Printf("GOMAXPROCS=%d  turns: %d\n", procs, turns())
	}
}
