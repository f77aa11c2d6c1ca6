package verdict

import (
	"math"
	"slices"
)

// median of a list that is not empty.
func median(xs []float64) float64 {
	s := slices.Sorted(slices.Values(xs))
	if n := len(s); n%2 == 0 {
		return (s[n/2-1] + s[n/2]) / 2
	}
	return s[len(s)/2]
}

// ratio of two times; a divisor below one counts as one.
func ratio(a, b int64) float64 { return float64(a) / float64(max(b, 1)) }

// interval is a range that holds the true median of what xs was drawn from
// with at least the confidence that alpha leaves, whatever the distribution:
// two order statistics. With too few values it is unbounded.
// Source: Conover, Practical Nonparametric Statistics, 3.2.
func interval(xs []float64, alpha float64) (lo, hi float64) {
	s := slices.Sorted(slices.Values(xs))
	n := len(s)
	// The chance that at most k of n values lie below the median, summed up
	// until it would exceed half of alpha.
	k, tail := 0, 0.0
	for ; k < n/2; k++ {
		tail += math.Exp(logChoose(n, k) - float64(n)*math.Ln2)
		if tail > alpha/2 {
			break
		}
	}
	if k == 0 {
		return math.Inf(-1), math.Inf(1)
	}
	return s[k-1], s[n-k]
}

// fisher is the one-sided p-value of Fisher's exact test: the chance of at
// most l successes in the first group of n, given l+h successes in two groups
// of n whose true rates are equal.
func fisher(l, h, n int) float64 {
	all := logChoose(2*n, l+h)
	p := 0.0
	for k := max(0, l+h-n); k <= l; k++ {
		p += math.Exp(logChoose(n, k) + logChoose(n, l+h-k) - all)
	}
	return min(p, 1)
}

func logChoose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

// spread is the interquartile range over the median: how noisy xs is.
func spread(xs []float64) float64 {
	s := slices.Sorted(slices.Values(xs))
	n := len(s)
	return (s[(3*n)/4] - s[n/4]) / median(s)
}
