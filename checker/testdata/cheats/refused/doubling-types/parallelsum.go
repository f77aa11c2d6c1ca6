// kata: parallel-sum
// want: build
// Lets the compiler make a type twice as large for each call, without end.
package parallelsum

type pair[T any] struct{ a, b T }

func grow[T any](n int, x T) int {
	if n == 0 {
		return 0
	}
	return grow(n-1, pair[T]{x, x})
}

var grown = grow(30, 0.0)

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
