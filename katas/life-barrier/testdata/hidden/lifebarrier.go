// Package hidden holds the cases and the workload of life-barrier.
package hidden

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"check/probe"
	lifebarrier "check/solution"
)

// Suite lists grids in which edges are near, numbers of rows around those of
// CPUs, and a grid and generations that take about 30 ms on one CPU.
func Suite() probe.Suite {
	return probe.Suite{
		Cases: []probe.Case{
			{Name: "one cell, its own neighbour on all sides", New: random(1, 1, 2)},
			{Name: "no generations", New: random(20, 20, 0)},
			{Name: "one generation", New: random(20, 20, 1)},
			{Name: "two generations", New: random(20, 20, 2)},
			{Name: "one row", New: random(40, 1, 2)},
			{Name: "one column", New: random(1, 40, 2)},
			{Name: "two rows", New: random(30, 2, 2)},
			{Name: "three rows", New: random(30, 3, 3)},
			{Name: "seven rows", New: random(9, 7, 3)},
			{Name: "a glider over all edges", New: glider},
			{Name: "a grid that is wider than high", New: random(120, 33, 5)},
			{Name: "a grid that is higher than wide", New: random(21, 150, 6)},
		},
		Workloads: []probe.Case{{Name: "1280 x 1280 cells, 4 generations", New: random(1280, 1280, 4)}},
	}
}

// random makes cases in which three cells of eight live. Its generator
// (splitmix64) gives eight cells at a time.
func random(width, height, generations int) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		grid, state := make([]byte, width*height), r.Uint64()
		for rest := range slices.Chunk(grid, 8) {
			state += 0x9e3779b97f4a7c15
			z := (state ^ state>>30) * 0xbf58476d1ce4e5b9
			z = (z ^ z>>27) * 0x94d049bb133111eb
			z ^= z >> 31
			for i := range rest {
				rest[i] = byte(z & (z>>1 | z>>2) & 1)
				z >>= 8
			}
		}
		return task(grid, width, height, generations)
	}
}

// glider lets a glider that begins near a corner move until it is near the
// opposite one, beyond two edges.
func glider(r *rand.Rand) probe.Task {
	const size = 16
	grid := make([]byte, size*size)
	x, y := size-3+r.IntN(3), size-3+r.IntN(3)
	for _, c := range [][2]int{{1, 0}, {2, 1}, {0, 2}, {1, 2}, {2, 2}} {
		grid[(y+c[1])%size*size+(x+c[0])%size] = 1
	}
	return task(grid, size, size, 12)
}

func task(grid []byte, width, height, generations int) probe.Task {
	before := slices.Clone(grid)
	var after []byte
	return probe.Task{
		Input:  fmt.Sprintf("%d x %d cells, %d generations", width, height, generations),
		Run:    func() { after = lifebarrier.Step(grid, width, height, generations) },
		Output: func() string { return output(grid, before, after, width) },
	}
}

// output is how many cells live, a hash (FNV-1a) of all of them, and of a small
// grid every row.
func output(grid, before, after []byte, width int) string {
	switch {
	case !slices.Equal(grid, before):
		return "the grid that was passed in has changed"
	case len(after) > 0 && len(grid) > 0 && &after[0] == &grid[0]:
		return "the result is the grid that was passed in, not a new slice"
	}
	hash, living := uint64(14695981039346656037), 0
	for _, c := range after {
		hash = (hash ^ uint64(c)) * 1099511628211
		if c != 0 {
			living++
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d cells, %d of them live, hash %016x", len(after), living, hash)
	for rest := after; len(after) <= 500 && width > 0 && len(rest) >= width; rest = rest[width:] {
		b.WriteByte('\n')
		for _, c := range rest[:width] {
			switch c {
			case 0:
				b.WriteByte('.')
			case 1:
				b.WriteByte('#')
			default:
				b.WriteByte('?')
			}
		}
	}
	return b.String()
}
