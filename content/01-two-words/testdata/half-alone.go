package main

import (
	"sync"
	"time"
)

func scenario() {
	compute(60 * time.Millisecond)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { compute(60 * time.Millisecond) })
	}
	wg.Wait()
}
