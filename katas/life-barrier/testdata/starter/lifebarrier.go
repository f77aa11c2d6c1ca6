// Package lifebarrier plays Conway's Game of Life on a torus.
package lifebarrier

import "slices"

// Step returns the grid as it is after so many generations. A grid has a byte
// for each cell, 1 where it lives and 0 where it does not, row by row: the cell
// in column x of row y is at index y*width+x. The result is a new slice, and grid
// stays as it is. width and height are at least 1, generations at least 0.
func Step(grid []byte, width, height, generations int) []byte {
	now, next := slices.Clone(grid), make([]byte, len(grid))
	for range generations { // on one CPU: use all of them
		for y := range height {
			evolve(next, now, width, height, y)
		}
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
