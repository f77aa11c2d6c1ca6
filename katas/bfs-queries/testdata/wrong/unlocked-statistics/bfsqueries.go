// Package bfsqueries is wrong: all workers add to one plain integer.
package bfsqueries

import (
	"fmt"
	"sync"
)

// ConcurrentBFSQueries counts the visits, for a line of statistics.
func ConcurrentBFSQueries(graph map[int][]int, queries []int, numWorkers int) map[int][]int {
	orders := make([][]int, len(queries))
	next := make(chan int)
	visits := 0
	var wg sync.WaitGroup
	for range max(1, numWorkers) {
		wg.Go(func() {
			for i := range next {
				orders[i] = search(graph, queries[i])
				visits += len(orders[i])
			}
		})
	}
	for i := range queries {
		next <- i
	}
	close(next)
	wg.Wait()
	_ = fmt.Sprintf("%d queries, %d visits", len(queries), visits)
	byStart := make(map[int][]int, len(queries))
	for i, start := range queries {
		byStart[start] = orders[i]
	}
	return byStart
}

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
