// Package hidden holds the cases and the workload of parallel-sum. Numbers are
// of very different size, so that another order of additions gives other bits,
// and positive, so that no order loses more than a part in 10^12.
package hidden

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"sync/atomic"
	"time"

	"check/probe"
	parallelsum "check/solution"
)

// Suite lists corner cases, cases in which luck decides who is first, and a
// slice that takes about 16 ms on one CPU.
func Suite() probe.Suite {
	return probe.Suite{
		Cases: []probe.Case{
			{Name: "nil slice", New: counted(0)},
			{Name: "one element", New: counted(1)},
			{Name: "two elements", New: counted(2)},
			{Name: "fewer elements than pieces", New: counted(7)},
			{Name: "63 elements", New: counted(63)},
			{Name: "65 elements", New: counted(65)},
			{Name: "a length that does not divide", New: counted(1009)},
			{Name: "many elements", New: counted(20_000)},
			{Name: "equal elements", New: equal},
			{Name: "goroutines finish in any order", New: shuffled, Repeat: 8},
		},
		Workloads: []probe.Case{{Name: "2^19 elements", New: timed}},
	}
}

// mixed draws n positive numbers, of sizes from 2^-20 to 2^20. Its own
// generator (splitmix64) makes half a million of them in about a millisecond.
func mixed(r *rand.Rand, n int) []float64 {
	if n == 0 {
		return nil
	}
	xs, state := make([]float64, n), r.Uint64()
	for i := range xs {
		state += 0x9e3779b97f4a7c15
		z := (state ^ state>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		xs[i] = number(z ^ z>>31)
	}
	return xs
}

// number puts 52 random bits behind the binary point and scales them by an
// exponent made of the other bits.
func number(bits uint64) float64 {
	exponent := 1023 - 20 + bits>>52%41
	return math.Float64frombits(exponent<<52 | bits&(1<<52-1))
}

// output is the sum in a form that loses no bit.
func output(sum float64) string { return strconv.FormatFloat(sum, 'g', -1, 64) }

// counted makes cases in which the calls of the kernel are counted. An answer
// that took another number of calls is not a number.
func counted(n int) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		xs, factor := mixed(r, n), 1+r.Float64()
		var calls atomic.Int64
		var sum float64
		return probe.Task{
			Input: fmt.Sprintf("%d elements", n),
			Run: func() {
				sum = parallelsum.Sum(xs, func(x float64) float64 {
					calls.Add(1)
					return factor * x
				})
			},
			Output: func() string {
				if c := calls.Load(); c != int64(n) {
					return fmt.Sprintf("%d calls of kernel for %d elements", c, n)
				}
				return output(sum)
			},
		}
	}
}

// equal has one value everywhere: who confuses equal elements calls too little.
func equal(r *rand.Rand) probe.Task {
	xs, value := make([]float64, 500), r.Float64()
	for i := range xs {
		xs[i] = value
	}
	var calls atomic.Int64
	var sum float64
	return probe.Task{
		Input: "500 equal elements",
		Run: func() {
			sum = parallelsum.Sum(xs, func(x float64) float64 {
				calls.Add(1)
				return math.Sqrt(x)
			})
		},
		Output: func() string {
			if c := calls.Load(); c != 500 {
				return fmt.Sprintf("%d calls of kernel for 500 equal elements", c)
			}
			return output(sum)
		},
	}
}

// shuffled delays a few calls of the kernel by chance: not from the seed, so
// that two runs on the same input differ in who finishes first. The values do
// not depend on it.
func shuffled(r *rand.Rand) probe.Task {
	xs := mixed(r, 3000)
	var sum float64
	return probe.Task{
		Input: "3000 elements of very different size",
		Run: func() {
			sum = parallelsum.Sum(xs, func(x float64) float64 {
				if rand.IntN(200) == 0 {
					time.Sleep(time.Duration(rand.IntN(200)) * time.Microsecond)
				}
				return math.Sqrt(x)
			})
		},
		Output: func() string { return output(sum) },
	}
}

// timed has a kernel of about 30 ns that touches no memory: the logistic map in
// its chaotic regime, so that nobody can tell its value without running it.
func timed(r *rand.Rand) probe.Task {
	xs, start := mixed(r, 1<<19), r.Float64()
	var sum float64
	return probe.Task{
		Input: "2^19 elements of very different size",
		Run: func() {
			sum = parallelsum.Sum(xs, func(x float64) float64 {
				y := start / (1 + x)
				for range 24 {
					y = 3.99 * y * (1 - y) // stays between 0 and 1
				}
				return x * y
			})
		},
		Output: func() string { return output(sum) },
	}
}
