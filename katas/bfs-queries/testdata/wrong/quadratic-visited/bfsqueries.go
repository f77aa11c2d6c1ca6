// Package bfsqueries is wrong: to know whether a node was visited it looks
// through all that were, so it does on all CPUs what one could do faster.
package bfsqueries

import (
	"slices"
	"sync"
)

// ConcurrentBFSQueries has a pool of workers.
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

func search(graph map[int][]int, start int) []int {
	order := []int{start}
	for i := 0; i < len(order); i++ {
		for _, next := range graph[order[i]] {
			if !slices.Contains(order, next) {
				order = append(order, next)
			}
		}
	}
	return order
}
