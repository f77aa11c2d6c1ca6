// Package bfsqueries answers many breadth-first searches on one graph.
package bfsqueries

import "sync"

// ConcurrentBFSQueries returns, for each start node in queries, the nodes that
// a breadth-first search of graph visits, in the order of the visit. Workers
// take the next query when they are done with one. They read graph together,
// which needs no lock as long as nobody writes to it; each writes orders of its
// own, at the place of the query.
func ConcurrentBFSQueries(graph map[int][]int, queries []int, numWorkers int) map[int][]int {
	orders := make([][]int, len(queries))
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(1, numWorkers) {
		wg.Go(func() {
			for i := range next {
				orders[i] = search(graph, queries[i])
			}
		})
	}
	for i := range queries {
		next <- i
	}
	close(next)
	wg.Wait()
	byStart := make(map[int][]int, len(queries))
	for i, start := range queries {
		byStart[start] = orders[i]
	}
	return byStart
}

// search visits the nodes that can be reached from start, nearest first. The
// nodes visited so far are also the queue: those before i have been expanded.
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
