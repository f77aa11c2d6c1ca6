package main

import (
	"sync"
	"time"
)

func scenario() {
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			compute(10 * time.Millisecond) // copy
			compute(30 * time.Millisecond)
		})
	}
	wg.Wait()
}
