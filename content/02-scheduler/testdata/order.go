package main

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
)

// order starts n goroutines and returns the order in which they ran.
func order(n int) []int {
	var ran []int
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			mu.Lock()
			ran = append(ran, i)
			mu.Unlock()
		})
	}
	wg.Wait()
	return ran
}

func main() {
	runtime.GOMAXPROCS(1)
	fmt.Println("five:", order(5))
	ran := order(380)
	fmt.Println("380, the first:", ran[:4])
	for i := range 3 {
		fmt.Printf("380, number %d came in place %d\n", i, slices.Index(ran, i))
	}
	fmt.Println("380, the last: ", ran[len(ran)-4:])
}
