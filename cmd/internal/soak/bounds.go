package soak

import (
	"math"
	"slices"
	"time"
)

// Confidence of every bound in the table.
const Confidence = 0.95

// Upper is the exact upper bound of a rate of which k cases in n trials were
// seen, one-sided: the true rate is below it with that confidence. For k = 0 it
// is close to the rule of three, 3/n at 95 %. Source: Clopper and Pearson,
// Biometrika 26 (1934).
func Upper(k, n int, confidence float64) float64 {
	if k >= n {
		return 1
	}
	return root(func(p float64) bool { return atMost(k, n, p) > 1-confidence })
}

// Interval is the exact two-sided interval of a rate of which k cases in n
// trials were seen; 0 to 1 without trials. Source: as for Upper.
func Interval(k, n int, confidence float64) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	half := (1 + confidence) / 2
	return 1 - Upper(n-k, n, half), Upper(k, n, half)
}

// root finds the p in [0, 1] up to which below holds.
func root(below func(p float64) bool) float64 {
	low, high := 0.0, 1.0
	for range 60 {
		if mid := (low + high) / 2; below(mid) {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}

// atMost is the chance of at most k cases in n trials at rate p, 0 < p < 1. It
// adds up the shorter end of the distribution.
func atMost(k, n int, p float64) float64 {
	if k < 0 {
		return 0
	}
	if 2*k > n {
		return 1 - atMost(n-k-1, n, 1-p)
	}
	sum := 0.0
	for i := 0; i <= k; i++ {
		sum += math.Exp(logChoose(n, i) + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return min(sum, 1)
}

func logChoose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

// Median is the middle of some times, with an interval that holds the true
// median with at least that confidence whatever the distribution: two of the
// times themselves. known is false where there are too few for one (below 6 at
// 95 %). Source: Conover, Practical Nonparametric Statistics, 3.2.
func Median(times []time.Duration, confidence float64) (middle, low, high time.Duration, known bool) {
	n := len(times)
	if n == 0 {
		return 0, 0, 0, false
	}
	s := slices.Sorted(slices.Values(times))
	middle = (s[(n-1)/2] + s[n/2]) / 2
	k := 0 // the interval runs from the k-th time to the k-th from the end
	for k < n/2 && atMost(k, n, 0.5) <= (1-confidence)/2 {
		k++
	}
	if k == 0 {
		return middle, 0, 0, false
	}
	return middle, s[k-1], s[n-k], true
}
