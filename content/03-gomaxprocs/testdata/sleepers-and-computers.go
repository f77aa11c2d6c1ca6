package main

import (
	"sync"
	"time"
)

func scenario() {
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() { time.Sleep(60 * time.Millisecond) })
	}
	for range 2 {
		wg.Go(func() { compute(60 * time.Millisecond) })
	}
	wg.Wait()
}
