package main

import (
	"runtime"
	"sync"
	"time"
)

func scenario() {
	p := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for range p {
		wg.Go(func() {
			compute(10 * time.Millisecond) // the table
			compute(80 * time.Millisecond / time.Duration(p))
		})
	}
	wg.Wait()
}
