package main

import (
	"sync"
	"time"
)

func scenario() {
	var wg sync.WaitGroup
	wg.Go(func() { compute(80 * time.Millisecond) }) // the upper 500 rows
	wg.Go(func() { compute(20 * time.Millisecond) }) // the lower 500 rows
	wg.Wait()
}
