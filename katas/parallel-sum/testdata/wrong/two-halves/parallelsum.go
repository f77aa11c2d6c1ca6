// Package parallelsum is wrong: it cuts the slice in two, for ever two, and is
// as fast as it gets on two CPUs and no faster on any more.
package parallelsum

import "sync"

func Sum(xs []float64, kernel func(float64) float64) float64 {
	var second float64
	half := len(xs) / 2
	var wg sync.WaitGroup
	wg.Go(func() { second = sum(xs[half:], kernel) })
	first := sum(xs[:half], kernel)
	wg.Wait()
	return first + second
}

func sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
