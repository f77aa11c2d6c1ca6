// Package lifebarrier plays Conway's Game of Life on a torus.
package lifebarrier

import (
	"runtime"
	"slices"
	"sync"
)

// Step returns the grid as it is after so many generations. A grid has a byte
// for each cell, 1 where it lives and 0 where it does not, row by row: the cell
// in column x of row y is at index y*width+x. The result is a new slice, and grid
// stays as it is. width and height are at least 1, generations at least 0.
//
// There is a worker for each CPU, with the same rows in every generation. Nobody
// begins with the next one before all have done this one.
func Step(grid []byte, width, height, generations int) []byte {
	if generations == 0 {
		return slices.Clone(grid)
	}
	grids := [2][]byte{make([]byte, len(grid)), make([]byte, len(grid))}
	workers := min(runtime.GOMAXPROCS(0), height)
	all := newBarrier(workers)
	var wg sync.WaitGroup
	for i := range workers {
		wg.Go(func() {
			now := grid
			for g := range generations {
				next := grids[g%2]
				for y := i * height / workers; y < (i+1)*height/workers; y++ {
					evolve(next, now, width, height, y)
				}
				all.wait()
				now = next
			}
		})
	}
	wg.Wait()
	return grids[(generations-1)%2]
}

// barrier is a place where n goroutines wait until all of them are there, as
// often as they like.
type barrier struct {
	n    int
	mu   sync.Mutex
	here int           // how many are waiting
	open chan struct{} // closed when all are here; a new one for each meeting
}

func newBarrier(n int) *barrier { return &barrier{n: n, open: make(chan struct{})} }

func (b *barrier) wait() {
	b.mu.Lock()
	open := b.open
	b.here++
	if b.here == b.n {
		b.here, b.open = 0, make(chan struct{})
		close(open)
	}
	b.mu.Unlock()
	<-open
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
