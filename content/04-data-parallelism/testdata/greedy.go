package main

import "fmt"

// graph holds for each step the steps that wait for it.
type graph [][]int

// greedy executes g on p CPUs: in each round every CPU takes a step that is
// ready, as long as there are any. It returns the number of rounds.
func greedy(g graph, p int) (rounds int) {
	waits := make([]int, len(g)) // for how many steps
	for _, after := range g {
		for _, s := range after {
			waits[s]++
		}
	}
	var ready []int
	for s, n := range waits {
		if n == 0 {
			ready = append(ready, s)
		}
	}
	for len(ready) > 0 {
		now := ready[:min(p, len(ready))]
		ready = ready[len(now):]
		for _, s := range now {
			for _, next := range g[s] {
				if waits[next]--; waits[next] == 0 {
					ready = append(ready, next)
				}
			}
		}
		rounds++
	}
	return rounds
}

// fork is a chain of serial steps, behind which so many chains of so many steps
// each begin.
func fork(serial, chains, steps int) graph {
	g := make(graph, serial+chains*steps)
	for s := 1; s < serial; s++ {
		g[s-1] = []int{s}
	}
	for c := range chains {
		first := serial + c*steps
		g[serial-1] = append(g[serial-1], first)
		for s := first + 1; s < first+steps; s++ {
			g[s-1] = []int{s}
		}
	}
	return g
}

func main() {
	for _, shape := range [][2]int{{2, 16}, {8, 4}, {32, 1}} {
		chains, steps := shape[0], shape[1]
		g := fork(4, chains, steps)
		work, span := greedy(g, 1), greedy(g, len(g))
		fmt.Printf("%2d chains of %2d   work %d  span %2d  parallelism %.1f   T(p)", chains, steps,
			work, span, float64(work)/float64(span))
		for _, p := range []int{1, 2, 4, 8, 16} {
			fmt.Printf(" %2d", greedy(g, p))
		}
		fmt.Println()
	}
}
