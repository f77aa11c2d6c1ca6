package main

import (
	"sync"
	"sync/atomic"
	"time"
)

func scenario() {
	var items []time.Duration
	for range 12 {
		items = append(items, 10*time.Millisecond)
	}
	items = append(items, 60*time.Millisecond)

	var next atomic.Int64
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for {
				i := next.Add(1) - 1
				if i >= int64(len(items)) {
					return
				}
				compute(items[i])
			}
		})
	}
	wg.Wait()
}
