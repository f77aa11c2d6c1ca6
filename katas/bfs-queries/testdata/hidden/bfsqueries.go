// Package hidden holds the cases and the workload of bfs-queries.
package hidden

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"check/probe"
	bfsqueries "check/solution"
)

// Suite lists corner cases, graphs in which another order than the
// breadth-first one is a different answer, and 64 searches of 4,000 nodes.
func Suite() probe.Suite {
	diamond := map[int][]int{1: {2, 3}, 2: {4}, 3: {4, 5}, 4: {6}, 5: {6}}
	return probe.Suite{
		Cases: []probe.Case{
			{Name: "no graph, no queries", New: fixed(nil, nil, 2)},
			{Name: "no queries", New: fixed(diamond, nil, 2)},
			{Name: "no graph, one query", New: fixed(nil, []int{7}, 2)},
			{Name: "a start node that the graph does not have", New: fixed(diamond, []int{42, 1, -1}, 2)},
			{Name: "one node, no neighbours", New: fixed(map[int][]int{0: nil}, []int{0}, 2)},
			{Name: "a node that is its own neighbour", New: fixed(map[int][]int{3: {3, 3}}, []int{3}, 2)},
			{Name: "a neighbour that is no key", New: fixed(map[int][]int{1: {9}}, []int{1, 9}, 2)},
			{Name: "near before far", New: fixed(diamond, []int{1, 2, 3, 4, 5, 6}, 3)},
			{Name: "a cycle", New: fixed(map[int][]int{1: {2}, 2: {3}, 3: {1}}, []int{2, 1, 3}, 3)},
			{Name: "neighbours in their given order", New: fixed(map[int][]int{0: {5, 1, 4, 2, 3}, 4: {9, 8}, 5: {7}}, []int{0}, 2)},
			{Name: "edges lead one way", New: fixed(map[int][]int{1: {2}, 2: {}}, []int{2}, 2)},
			{Name: "parts that are not connected", New: fixed(map[int][]int{1: {2}, 2: {1}, 3: {4}, 4: {3}}, []int{1, 3}, 2)},
			{Name: "negative nodes", New: fixed(map[int][]int{-1: {-2, 0}, -2: {-3}}, []int{-1}, 2)},
			{Name: "the same query several times", New: fixed(diamond, []int{1, 3, 1, 1, 3}, 4)},
			{Name: "no workers", New: fixed(diamond, []int{1, 2}, 0)},
			{Name: "fewer than no workers", New: fixed(diamond, []int{1, 2}, -3)},
			{Name: "one worker", New: drawn(300, 20, 1)},
			{Name: "more workers than queries", New: drawn(300, 3, 50)},
			{Name: "many queries", New: drawn(60, 500, 4)},
			{Name: "larger graph", New: drawn(2000, 8, 3)},
		},
		Workloads: []probe.Case{{Name: "64 queries", New: drawn(4000, 64, 8)}},
	}
}

func fixed(graph map[int][]int, queries []int, workers int) func(*rand.Rand) probe.Task {
	return func(*rand.Rand) probe.Task {
		return task(fmt.Sprintf("graph %v, queries %v, %d workers", graph, queries, workers), graph, queries, workers)
	}
}

// drawn makes cases with a random graph: nodes have names with gaps, two
// neighbours in most cases, and one in ten has none, so that a search ends
// with some nodes and not with others.
func drawn(nodes, queries, workers int) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		names := make([]int, nodes)
		for i := range names {
			names[i] = 10*i + r.IntN(10)
		}
		graph := make(map[int][]int, nodes)
		neighbours := make([]int, 2*nodes)
		for i, name := range names {
			if r.IntN(10) == 0 {
				continue
			}
			own := neighbours[2*i : 2*i+2 : 2*i+2]
			for j := range own {
				own[j] = names[r.IntN(nodes)]
			}
			graph[name] = own
		}
		starts := make([]int, queries)
		for i := range starts {
			starts[i] = names[r.IntN(nodes)]
		}
		input := fmt.Sprintf("random graph of %d nodes, %d queries, %d workers", nodes, queries, workers)
		return task(input, graph, starts, workers)
	}
}

func task(input string, graph map[int][]int, queries []int, workers int) probe.Task {
	var got map[int][]int
	return probe.Task{
		Input: input,
		Run:   func() { got = bfsqueries.ConcurrentBFSQueries(graph, queries, workers) },
		Output: func() string {
			var b strings.Builder
			fmt.Fprintf(&b, "%d start nodes", len(got))
			for _, start := range slices.Sorted(maps.Keys(got)) {
				fmt.Fprintf(&b, "\n%d: %s", start, order(got[start]))
			}
			return b.String()
		},
	}
}

// order is a list of nodes, a long one in short: its beginning, and a hash
// (FNV-1a, node by node) of all of it.
func order(nodes []int) string {
	if len(nodes) <= 20 {
		return fmt.Sprint(nodes)
	}
	hash := uint64(14695981039346656037)
	for _, n := range nodes {
		hash = (hash ^ uint64(n)) * 1099511628211
	}
	return fmt.Sprintf("%d nodes, %v and so on, hash %016x", len(nodes), nodes[:8], hash)
}
