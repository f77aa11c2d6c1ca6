// Package mergesort is wrong: a goroutine that nobody works beside is not
// parallel.
package mergesort

import (
	"slices"
	"sync"
)

// Sort lets a goroutine sort, and waits for it.
func Sort(xs []int) {
	var wg sync.WaitGroup
	wg.Go(func() { slices.Sort(xs) })
	wg.Wait()
}
