package mergesort

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSortSmallSlices(t *testing.T) {
	for _, xs := range [][]int{
		nil,
		{1},
		{2, 1},
		{3, -1, 2, -1, 3},
		{0, math.MaxInt, -1, math.MinInt},
	} {
		got := slices.Clone(xs)
		Sort(got)
		if want := slices.Sorted(slices.Values(xs)); !slices.Equal(got, want) {
			t.Errorf("Sort(%v) left %v, want %v", xs, got, want)
		}
	}
}

func TestSortALargeSlice(t *testing.T) {
	xs := make([]int, 100_000)
	for i := range xs {
		xs[i] = rand.IntN(50_000) // most numbers occur more than once
	}
	want := slices.Sorted(slices.Values(xs))
	Sort(xs)
	if !slices.Equal(xs, want) {
		t.Errorf("Sort of %d elements: sorted %v, the same elements as before: %v",
			len(xs), slices.IsSorted(xs), slices.Equal(slices.Sorted(slices.Values(xs)), want))
	}
}
