// Package bfsqueries is wrong: it takes a number of workers and has one.
package bfsqueries

// ConcurrentBFSQueries answers in the background, one query after the other.
func ConcurrentBFSQueries(graph map[int][]int, queries []int, numWorkers int) map[int][]int {
	orders := make(map[int][]int)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, start := range queries {
			orders[start] = search(graph, start)
		}
	}()
	<-done
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
