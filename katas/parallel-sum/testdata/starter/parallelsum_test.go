package parallelsum

import (
	"math"
	"runtime"
	"testing"
)

func square(x float64) float64 { return x * x }

func TestSumOfSmallSlices(t *testing.T) {
	tests := []struct {
		xs   []float64
		want float64
	}{
		{nil, 0},
		{[]float64{3}, 9},
		{[]float64{1, 2, 3}, 14},
	}
	for _, tt := range tests {
		if got := Sum(tt.xs, square); got != tt.want {
			t.Errorf("Sum(%v, square) = %v, want %v", tt.xs, got, tt.want)
		}
	}
}

// Numbers of different size: who adds them in another order gets other bits.
func TestSumHasTheSameBitsAtEveryGOMAXPROCS(t *testing.T) {
	xs := make([]float64, 10_000)
	for i := range xs {
		xs[i] = math.Pow(1.001, float64(i*7919%10_000))
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want := Sum(xs, math.Sqrt)
	for _, procs := range []int{1, 2, 4, 8} {
		runtime.GOMAXPROCS(procs)
		if got := Sum(xs, math.Sqrt); got != want {
			t.Errorf("GOMAXPROCS=%d: Sum = %x, want %x as at 1", procs, got, want)
		}
	}
}
