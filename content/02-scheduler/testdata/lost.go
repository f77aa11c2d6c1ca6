package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

func lost() int64 {
	var n atomic.Int64
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 400 {
				v := n.Load()
				compute() // some 0.1 ms
				n.Store(v + 1)
			}
		})
	}
	wg.Wait()
	return n.Load()
}

//go:noinline
func compute() uint64 {
	x := uint64(1)
	for range 90_000 {
		x = x*6364136223846793005 + 1442695040888963407
	}
	return x
}

func main() {
	runtime.GOMAXPROCS(1)
	fmt.Println("800 additions at GOMAXPROCS=1, counter:", lost())
}
