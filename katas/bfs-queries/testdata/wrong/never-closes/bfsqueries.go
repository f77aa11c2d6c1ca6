// Package bfsqueries is wrong: nobody closes the channel of queries, so the
// workers wait there for ever, after every call some more of them.
package bfsqueries

// ConcurrentBFSQueries has a pool of workers, and counts the answers.
func ConcurrentBFSQueries(graph map[int][]int, queries []int, numWorkers int) map[int][]int {
	type found struct {
		start int
		order []int
	}
	starts := make(chan int, len(queries))
	results := make(chan found, len(queries))
	for range max(1, numWorkers) {
		go func() {
			for start := range starts {
				results <- found{start, search(graph, start)}
			}
		}()
	}
	for _, start := range queries {
		starts <- start
	}
	orders := make(map[int][]int)
	for range queries {
		f := <-results
		orders[f.start] = f.order
	}
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
