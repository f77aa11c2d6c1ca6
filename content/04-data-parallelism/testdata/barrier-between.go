package main

import (
	"sync"
	"time"
)

func scenario() {
	for _, pieces := range [][]time.Duration{{60, 20}, {20, 60}} {
		var wg sync.WaitGroup
		for _, ms := range pieces {
			wg.Go(func() { compute(ms * time.Millisecond) })
		}
		wg.Wait()
	}
}
