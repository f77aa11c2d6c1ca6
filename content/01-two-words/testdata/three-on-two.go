package main

import (
	"sync"
	"time"
)

func scenario() {
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { compute(100 * time.Millisecond) })
	}
	wg.Wait()
}
