package main

import "time"

func scenario() {
	items := make(chan int)
	go func() {
		for i := range 4 {
			compute(20 * time.Millisecond)
			items <- i
		}
		close(items)
	}()
	for range items {
		compute(20 * time.Millisecond)
	}
}
