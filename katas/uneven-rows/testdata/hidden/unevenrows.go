// Package hidden holds the cases and the workload of uneven-rows. All that an
// image depends on is its size and the number of iterations, so these are drawn
// from the seed: no image can be known from an earlier run.
package hidden

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"check/probe"
	unevenrows "check/solution"
)

// Suite lists sizes at the edge of what is an image, and one image that takes
// about 24 ms on one CPU.
func Suite() probe.Suite {
	return probe.Suite{
		Cases: []probe.Case{
			{Name: "no pixels", New: fixed(0, 0, 50)},
			{Name: "rows without pixels", New: fixed(0, 20, 50)},
			{Name: "no rows", New: fixed(20, 0, 50)},
			{Name: "one pixel", New: fixed(1, 1, 50)},
			{Name: "one row", New: fixed(64, 1, 50)},
			{Name: "one column", New: fixed(1, 64, 50)},
			{Name: "no iterations", New: fixed(24, 10, 0)},
			{Name: "one iteration", New: fixed(24, 10, 1)},
			{Name: "fewer rows than CPUs", New: fixed(50, 3, 100)},
			{Name: "a small image", New: drawn(20, 12, 30)},
			{Name: "more than 255 iterations", New: drawn(50, 30, 400)},
			{Name: "a larger image", New: drawn(80, 50, 200)},
			{Name: "many short rows", New: drawn(5, 400, 100)},
		},
		Workloads: []probe.Case{{Name: "an image", New: drawn(560, 420, 100)}},
	}
}

// drawn makes cases of at least that size, and at most a tenth more.
func drawn(width, height, maxIter int) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		return task(width+r.IntN(1+width/10), height+r.IntN(1+height/10), maxIter+r.IntN(1+maxIter/10))
	}
}

func fixed(width, height, maxIter int) func(*rand.Rand) probe.Task {
	return func(*rand.Rand) probe.Task { return task(width, height, maxIter) }
}

func task(width, height, maxIter int) probe.Task {
	var image []byte
	return probe.Task{
		Input:  fmt.Sprintf("%d x %d pixels, at most %d iterations", width, height, maxIter),
		Run:    func() { image = unevenrows.Mandelbrot(width, height, maxIter) },
		Output: func() string { return output(image, width) },
	}
}

// output is the number of pixels, a hash (FNV-1a) of all of them, and of small
// images every row.
func output(image []byte, width int) string {
	hash := uint64(14695981039346656037)
	for _, b := range image {
		hash = (hash ^ uint64(b)) * 1099511628211
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d pixels, hash %016x", len(image), hash)
	for rest := image; len(image) <= 500 && width > 0 && len(rest) >= width; rest = rest[width:] {
		fmt.Fprintf(&b, "\n%x", rest[:width])
	}
	return b.String()
}
