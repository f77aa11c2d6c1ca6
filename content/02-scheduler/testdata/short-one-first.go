package main

import (
	"sync"
	"time"
)

func scenario() {
	var wg sync.WaitGroup
	wg.Go(func() { // B
		compute(40 * time.Millisecond)
		time.Sleep(40 * time.Millisecond)
	})
	wg.Go(func() { // A, which a P takes first
		compute(120 * time.Millisecond)
	})
	wg.Wait()
}
