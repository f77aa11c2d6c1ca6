package main

import (
	"sync"
	"time"
)

func scenario() {
	compute(40 * time.Millisecond)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { compute(20 * time.Millisecond) })
	}
	wg.Wait()
}
