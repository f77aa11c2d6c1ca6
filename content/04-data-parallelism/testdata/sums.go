package main

import (
	"fmt"
	"math"
	"runtime"
	"sync"
)

func sum(xs []float64) (s float64) {
	for _, x := range xs {
		s += x
	}
	return s
}

func inSlots(xs []float64, pieces int) float64 {
	subtotals := make([]float64, pieces)
	var wg sync.WaitGroup
	for i := range pieces {
		wg.Go(func() {
			subtotals[i] = sum(xs[i*len(xs)/pieces : (i+1)*len(xs)/pieces])
		})
	}
	wg.Wait()
	return sum(subtotals)
}

// asTheyCome adds each subtotal to the total when it is there.
func asTheyCome(xs []float64, pieces int) float64 {
	var mu sync.Mutex
	var total float64
	var wg sync.WaitGroup
	for i := range pieces {
		wg.Go(func() {
			subtotal := sum(xs[i*len(xs)/pieces : (i+1)*len(xs)/pieces])
			mu.Lock()
			defer mu.Unlock()
			total += subtotal
		})
	}
	wg.Wait()
	return total
}

func main() {
	xs := make([]float64, 1<<17)
	for i := range xs {
		xs[i] = math.Sqrt(float64(i))
	}
	for _, pieces := range []int{1, 2, 4, 64} {
		fmt.Printf("inSlots, %2d pieces: %.9f\n", pieces, inSlots(xs, pieces))
	}
	for _, procs := range []int{1, 2} {
		runtime.GOMAXPROCS(procs)
		fmt.Printf("64 pieces, P=%d, 300 runs: inSlots %d, asTheyCome %d different sums\n", procs,
			different(inSlots, xs), different(asTheyCome, xs))
	}
}

func different(add func([]float64, int) float64, xs []float64) int {
	sums := map[float64]bool{}
	for range 300 {
		sums[add(xs, 64)] = true
	}
	return len(sums)
}
