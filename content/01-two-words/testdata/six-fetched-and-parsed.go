package main

import (
	"sync"
	"time"
)

func scenario() {
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			time.Sleep(50 * time.Millisecond)
			compute(40 * time.Millisecond)
		})
	}
	wg.Wait()
}
