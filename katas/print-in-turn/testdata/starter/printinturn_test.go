package printinturn

import (
	"fmt"
	"testing"
)

// What one call of emit writes, the next one reads: run it with -race, too.
func ExampleTurn() {
	names := []string{"ping", "pong", "pung"}
	line := ""
	Turn(len(names), 7, func(worker, v int) {
		line += fmt.Sprint(names[worker], v, " ")
	})
	fmt.Println(line)
	// Output: ping0 pong1 pung2 ping3 pong4 pung5 ping6
}

func TestEveryValueIsEmittedInOrder(t *testing.T) {
	for _, size := range []struct{ workers, n int }{{1, 5}, {3, 0}, {4, 1000}, {9, 4}} {
		next := 0
		Turn(size.workers, size.n, func(worker, v int) {
			if v != next || worker != v%size.workers {
				t.Errorf("%d workers: worker %d emits %d, want worker %d and %d", size.workers, worker, v, next%size.workers, next)
			}
			next++
		})
		if next != size.n {
			t.Errorf("%d workers: %d values emitted, want %d", size.workers, next, size.n)
		}
	}
}
