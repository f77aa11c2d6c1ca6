// Package hidden holds the cases and the workload of merge-sort.
package hidden

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"check/probe"
	mergesort "check/solution"
)

// Suite lists small slices, larger ones of every kind that has broken a sorting
// function, and one that takes about 35 ms on one CPU.
func Suite() probe.Suite {
	const many = 20_000 // more than most cut-offs
	return probe.Suite{
		Cases: []probe.Case{
			{Name: "nil slice", New: fixed(nil)},
			{Name: "empty slice", New: fixed([]int{})},
			{Name: "one element", New: fixed([]int{7})},
			{Name: "two elements", New: fixed([]int{2, -2})},
			{Name: "two equal elements", New: fixed([]int{5, 5})},
			{Name: "the least and the greatest number", New: fixed([]int{0, math.MaxInt, -1, math.MinInt, 1, math.MaxInt})},
			{Name: "all lengths up to 100", New: lengths},
			{Name: "random numbers", New: made(many, func(r *rand.Rand, _ int) int { return int(r.Uint64()) })},
			{Name: "negative numbers", New: made(many, func(r *rand.Rand, _ int) int { return -1 - r.IntN(1e9) })},
			{Name: "a length that does not divide", New: made(many+11, func(r *rand.Rand, _ int) int { return r.IntN(1e6) })},
			{Name: "equal elements", New: made(many, func(*rand.Rand, int) int { return 42 })},
			{Name: "ten different numbers", New: made(many, func(r *rand.Rand, _ int) int { return r.IntN(10) - 5 })},
			{Name: "ascending already", New: made(many, func(_ *rand.Rand, i int) int { return i / 3 })},
			{Name: "descending", New: made(many, func(_ *rand.Rand, i int) int { return -i / 2 })},
			{Name: "up and down again", New: made(many, func(_ *rand.Rand, i int) int { return min(i, many-i) })},
			{Name: "sorted but for the last one", New: made(many, func(_ *rand.Rand, i int) int { return i % (many - 1) })},
			{Name: "a part of a larger slice", New: part},
		},
		Workloads: []probe.Case{{Name: "2^18 numbers", New: timed}},
	}
}

func fixed(xs []int) func(*rand.Rand) probe.Task {
	return func(*rand.Rand) probe.Task {
		return task(fmt.Sprintf("elements %v", xs), slices.Clone(xs))
	}
}

// made makes cases whose element i is what value returns for it.
func made(n int, value func(r *rand.Rand, i int) int) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		xs := make([]int, n)
		for i := range xs {
			xs[i] = value(r, i)
		}
		return task(fmt.Sprintf("%d elements", n), xs)
	}
}

// timed draws its numbers by a generator of its own (splitmix64), which makes
// a quarter of a million of them in half a millisecond.
func timed(r *rand.Rand) probe.Task {
	xs, state := make([]int, 1<<18), r.Uint64()
	for i := range xs {
		state += 0x9e3779b97f4a7c15
		z := (state ^ state>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		xs[i] = int(z ^ z>>31)
	}
	return task("2^18 random elements", xs)
}

// task sorts one slice.
func task(input string, xs []int) probe.Task {
	before := sum(xs)
	return probe.Task{
		Input:  input,
		Run:    func() { mergesort.Sort(xs) },
		Output: func() string { return output(xs, before) },
	}
}

// lengths sorts short slices, one after the other.
func lengths(r *rand.Rand) probe.Task {
	var all [][]int
	var before []int
	for n := range 101 {
		xs := make([]int, n)
		for i := range xs {
			xs[i] = r.IntN(50) - 25
		}
		all, before = append(all, xs), append(before, sum(xs))
	}
	return probe.Task{
		Input: "101 slices of up to 100 elements",
		Run: func() {
			for _, xs := range all {
				mergesort.Sort(xs)
			}
		},
		Output: func() string {
			var b strings.Builder
			for i, xs := range all {
				fmt.Fprintln(&b, output(xs, before[i]))
			}
			return b.String()
		},
	}
}

// part sorts a slice that has neighbours on both sides, and room to grow.
func part(r *rand.Rand) probe.Task {
	const n, margin = 15_000, 1000
	all := make([]int, n+2*margin)
	for i := range all {
		all[i] = r.IntN(1000) - 500
	}
	around := slices.Concat(all[:margin], all[margin+n:])
	t := task("15000 elements out of the middle of 17000", all[margin:margin+n])
	inner := t.Output
	t.Output = func() string {
		if !slices.Equal(around, slices.Concat(all[:margin], all[margin+n:])) {
			return "elements before or behind the slice have changed"
		}
		return inner()
	}
	return t
}

// sum depends on which elements there are and how often, not on their order.
func sum(xs []int) int {
	total := 0
	for _, x := range xs {
		z := (uint64(x) ^ uint64(x)>>32) * 0x9e3779b97f4a7c15
		total += int(z ^ z>>29)
	}
	return total
}

// output says whether xs is in order and holds the elements that it held before,
// and gives a hash (FNV-1a, number by number) of all of it; of a short slice, and
// of the beginning of a long one, the elements themselves.
func output(xs []int, before int) string {
	order, elements := "ascending", "the same as before"
	for i := 1; i < len(xs); i++ {
		if xs[i] < xs[i-1] {
			order = fmt.Sprintf("not ascending at index %d", i)
			break
		}
	}
	if sum(xs) != before {
		elements = "not the same as before"
	}
	hash := uint64(14695981039346656037)
	for _, x := range xs {
		hash = (hash ^ uint64(x)) * 1099511628211
	}
	dots := ""
	if len(xs) > 20 {
		dots = " and so on"
	}
	return fmt.Sprintf("%d elements, %s, %s: %v%s, hash %016x", len(xs), order, elements, xs[:min(20, len(xs))], dots, hash)
}
