// kata: bfs-queries
// want: wrong-answer
// Keeps answers from run to run, by the names of the nodes.
package bfsqueries

var kept = map[int][]int{}

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
		if kept[q] == nil {
			kept[q] = search(graph, q)
		}
		byStart[q] = kept[q]
	}
	return byStart
}
