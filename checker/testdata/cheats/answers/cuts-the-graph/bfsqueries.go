// kata: bfs-queries
// want: wrong-answer
// Makes its input small, so that there is less to do; the reference has its
// own.
package bfsqueries

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

// ConcurrentBFSQueries answers one query after the other.
func ConcurrentBFSQueries(graph map[int][]int, queries []int, numWorkers int) map[int][]int {
	byStart := make(map[int][]int)
	for _, q := range queries {
		for node, next := range graph {
			if len(next) > 1 {
				graph[node] = next[:1]
			}
		}
		byStart[q] = search(graph, q)
	}
	return byStart
}
