// Package printinturn is wrong: the workers hand their values to one printer,
// so one goroutine emits, and the workers decide nothing.
package printinturn

// Turn merges the values of the workers in the printer, which is the caller.
func Turn(workers, n int, emit func(worker, v int)) {
	values := make([]chan int, workers)
	for w := range values {
		values[w] = make(chan int)
		go func() {
			for v := w; v < n; v += workers {
				values[w] <- v
			}
		}()
	}
	for v := range n {
		emit(v%workers, <-values[v%workers])
	}
}
