// Package lifebarrier is wrong: it waits for a generation by letting its
// goroutines end, and starts others for the next one.
package lifebarrier

import (
	"runtime"
	"slices"
	"sync"
)

// Step starts a goroutine for each CPU in each generation.
func Step(grid []byte, width, height, generations int) []byte {
	now, next := slices.Clone(grid), make([]byte, len(grid))
	workers := runtime.GOMAXPROCS(0)
	for range generations {
		var wg sync.WaitGroup
		for i := range workers {
			wg.Go(func() {
				for y := i * height / workers; y < (i+1)*height/workers; y++ {
					evolve(next, now, width, height, y)
				}
			})
		}
		wg.Wait()
		now, next = next, now
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
