// Package bfsqueries is wrong: with no workers nobody takes the first query,
// and the caller waits for ever.
package bfsqueries

import "sync"

// ConcurrentBFSQueries has as many workers as it is told.
func ConcurrentBFSQueries(graph map[int][]int, queries []int, numWorkers int) map[int][]int {
	orders := make([][]int, len(queries))
	next := make(chan int)
	var wg sync.WaitGroup
	for w := 0; w < numWorkers; w++ {
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
