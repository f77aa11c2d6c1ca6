// Package bfsqueries is wrong: the lock that guards the result is held during
// the search, so one worker searches at a time.
package bfsqueries

import "sync"

// ConcurrentBFSQueries has workers that write to one map.
func ConcurrentBFSQueries(graph map[int][]int, queries []int, numWorkers int) map[int][]int {
	var (
		wg     sync.WaitGroup
		mu     sync.Mutex
		orders = make(map[int][]int)
		next   = make(chan int)
	)
	for range max(1, numWorkers) {
		wg.Go(func() {
			for start := range next {
				mu.Lock()
				orders[start] = search(graph, start)
				mu.Unlock()
			}
		})
	}
	for _, start := range queries {
		next <- start
	}
	close(next)
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
