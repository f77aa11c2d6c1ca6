// kata: bfs-queries
// want: wrong-answer|race
// Returns slices that are filled after the return.
package bfsqueries

import "time"

func search(graph map[int][]int, start int) []int {
	visited := map[int]bool{start: true}
	order := []int{start}
	for i := 0; i < len(order); i++ {
		for _, next := range graph[order[i]] {
			if !visited[next] {
				visited[next] = true
				order = append(order, next)
			}
		}
	}
	return order
}

// ConcurrentBFSQueries answers one query after the other.
func ConcurrentBFSQueries(graph map[int][]int, queries []int, numWorkers int) map[int][]int {
	byStart := make(map[int][]int)
	for _, q := range queries {
		order := search(graph, q)
		later := make([]int, len(order))
		byStart[q] = later
		time.AfterFunc(20*time.Millisecond, func() { copy(later, order) })
	}
	return byStart
}
