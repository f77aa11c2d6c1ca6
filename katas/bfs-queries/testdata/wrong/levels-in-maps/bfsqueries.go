// Package bfsqueries is wrong: it keeps each level in a map, and a map has no
// order, so the nodes of a level come out in another one every time.
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
	for level := visited; len(level) > 0; {
		below := make(map[int]bool)
		for node := range level {
			order = append(order, node)
			for _, next := range graph[node] {
				if !visited[next] {
					below[next] = true
				}
			}
		}
		for node := range below {
			visited[node] = true
		}
		level = below
	}
	return order
}
