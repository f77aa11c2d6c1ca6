package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

// robbed starts eight goroutines and keeps its own P busy until all have run,
// so that only the other P can have run them.
func robbed() (ran [8]int) {
	var n atomic.Int32
	var done atomic.Int32
	for i := range ran {
		go func() {
			ran[n.Add(1)-1] = i
			done.Add(1)
		}()
	}
	for done.Load() < int32(len(ran)) {
	}
	return ran
}

func main() {
	runtime.GOMAXPROCS(2)
	fmt.Println("started: [0 1 2 3 4 5 6 7]")
	time.Sleep(5 * time.Millisecond) // for idle threads to go to sleep
	fmt.Println("ran:    ", robbed())
}
