package main

import (
	"sync"
	"time"
)

func scenario() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			time.Sleep(30 * time.Millisecond)
		})
	}
	wg.Wait()
}
