// Package parallelsum is wrong: GOMAXPROCS decides where xs is cut, so another
// machine adds in another order and gets other bits.
package parallelsum

import (
	"runtime"
	"sync"
)

// Sum cuts xs into one piece for each CPU.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	pieces := runtime.GOMAXPROCS(0)
	subtotals := make([]float64, pieces)
	var wg sync.WaitGroup
	for i := range pieces {
		wg.Go(func() {
			sum := 0.0
			for _, x := range xs[i*len(xs)/pieces : (i+1)*len(xs)/pieces] {
				sum += kernel(x)
			}
			subtotals[i] = sum
		})
	}
	wg.Wait()
	total := 0.0
	for _, s := range subtotals {
		total += s
	}
	return total
}
