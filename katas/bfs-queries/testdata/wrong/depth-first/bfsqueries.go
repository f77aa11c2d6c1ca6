// Package bfsqueries is wrong: it takes the node found last, not the one found
// first, and goes deep before it goes wide.
package bfsqueries

import "sync"

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
	visited := map[int]bool{start: true}
	var order []int
	open := []int{start}
	for len(open) > 0 {
		node := open[len(open)-1]
		open = open[:len(open)-1]
		order = append(order, node)
		for _, next := range graph[node] {
			if !visited[next] {
				visited[next] = true
				open = append(open, next)
			}
		}
	}
	return order
}
