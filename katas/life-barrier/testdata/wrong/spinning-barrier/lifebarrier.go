// Package lifebarrier is wrong: whoever waits for the others asks all the time
// whether they are there, and takes the CPU that one of them needs to get there.
package lifebarrier

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Step lets workers compute, and announces each generation to them.
func Step(grid []byte, width, height, generations int) []byte {
	now, next := slices.Clone(grid), make([]byte, len(grid))
	workers := runtime.GOMAXPROCS(0)
	var generation, done atomic.Int64
	var wg sync.WaitGroup
	for i := range workers {
		wg.Go(func() {
			now, next := now, next
			for g := range generations {
				for generation.Load() < int64(g) {
				}
				for y := i * height / workers; y < (i+1)*height/workers; y++ {
					evolve(next, now, width, height, y)
				}
				now, next = next, now
				done.Add(1)
			}
		})
	}
	for g := range generations {
		for done.Load() < int64(workers*(g+1)) {
		}
		generation.Store(int64(g + 1))
	}
	wg.Wait()
	if generations%2 == 1 {
		return next
	}
	return now
}

// evolve computes row y of the next generation from that row of now and the two
// beside it. The last column is beside the first, and the last row beside the
// first.
func evolve(next, now []byte, width, height, y int) {
	above := now[(y+height-1)%height*width:][:width]
	row := now[y*width:][:width]
	below := now[(y+1)%height*width:][:width]
	out := next[y*width:][:width]
	// How many live in the column to the left, in this one, in that to the right.
	left := above[width-1] + row[width-1] + below[width-1]
	here := above[0] + row[0] + below[0]
	for x := range out {
		after := x + 1
		if after == width {
			after = 0
		}
		right := above[after] + row[after] + below[after]
		switch left + here + right { // the cell itself is one of these nine
		case 3:
			out[x] = 1
		case 4:
			out[x] = row[x]
		default:
			out[x] = 0
		}
		left, here = here, right
	}
}
