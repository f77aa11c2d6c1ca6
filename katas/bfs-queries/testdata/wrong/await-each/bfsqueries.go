// Package bfsqueries is wrong: there is a pool, but every query is awaited
// before the next one is sent.
package bfsqueries

import "sync"

// ConcurrentBFSQueries asks the workers one question after the other.
func ConcurrentBFSQueries(graph map[int][]int, queries []int, numWorkers int) map[int][]int {
	starts, found := make(chan int), make(chan []int)
	var wg sync.WaitGroup
	for range max(1, numWorkers) {
		wg.Go(func() {
			for start := range starts {
				found <- search(graph, start)
			}
		})
	}
	orders := make(map[int][]int)
	for _, start := range queries {
		starts <- start
		orders[start] = <-found
	}
	close(starts)
	wg.Wait()
	return orders
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
