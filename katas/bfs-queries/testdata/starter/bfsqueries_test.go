package bfsqueries

import (
	"maps"
	"slices"
	"testing"
)

func TestNearNodesComeBeforeFarOnes(t *testing.T) {
	graph := map[int][]int{
		1: {2, 3},
		2: {4},
		3: {4, 5},
		4: {6},
		5: {6},
	}
	tests := []struct {
		name    string
		queries []int
		workers int
		want    map[int][]int
	}{
		{"no queries", nil, 2, map[int][]int{}},
		{"one query", []int{1}, 2, map[int][]int{1: {1, 2, 3, 4, 5, 6}}},
		{"two queries, one of them twice", []int{3, 2, 3}, 2, map[int][]int{3: {3, 4, 5, 6}, 2: {2, 4, 6}}},
		{"a node that the graph does not have", []int{7}, 2, map[int][]int{7: {7}}},
		{"no workers count as one", []int{6}, 0, map[int][]int{6: {6}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ConcurrentBFSQueries(graph, tt.queries, tt.workers)
			if !maps.EqualFunc(got, tt.want, slices.Equal) {
				t.Errorf("ConcurrentBFSQueries(graph, %v, %d) = %v, want %v", tt.queries, tt.workers, got, tt.want)
			}
		})
	}
}
