package verdict

import (
	"math"
	"math/rand/v2"
	"testing"

	"gokata/checker/spec"
)

// crossing is the chance that a sequence of looks ever finds at least need(n)
// of n values on one side, where each value falls there with chance q: an exact
// sum over all paths, no sampling.
func crossing(looks []int, q float64, need func(n int) int) float64 {
	at := []float64{1} // at[k]: the chance of k values on that side, and no crossing yet
	crossed, n := 0.0, 0
	for _, look := range looks {
		for ; n < look; n++ {
			next := make([]float64, n+2)
			for k, p := range at {
				next[k] += p * (1 - q)
				next[k+1] += p * q
			}
			at = next
		}
		for k := max(need(look), 0); k < len(at); k++ {
			crossed += at[k]
			at[k] = 0
		}
	}
	return crossed
}

// needed is how many of n values must lie below a limit for the interval of
// their median to lie below it as well.
func needed(n int) int {
	xs := make([]float64, n)
	for below := 0; below <= n; below++ {
		for i := range xs {
			xs[i] = 1
			if i < below {
				xs[i] = 0
			}
		}
		if _, hi := interval(xs, alpha); hi < 0.5 {
			return below
		}
	}
	return n + 1
}

// TestTheErrorOfAllLooksTogetherIsBounded computes the chance that, at any of
// the looks, the interval of a median lies wholly on the wrong side of a limit,
// for a program whose true median stands exactly on it: the worst case. It is
// what the cost limit alone would err by; a verdict needs other witnesses too.
func TestTheErrorOfAllLooksTogetherIsBounded(t *testing.T) {
	looks := Looks(spec.Parallel)
	const bound = 0.015
	worst := crossing(looks, 0.5, needed)
	t.Logf("on the limit: %.2f %% over %d looks", 100*worst, len(looks))
	if worst > bound {
		t.Errorf("the error over all looks is %.2f %%, want at most %.1f %%", 100*worst, 100*bound)
	}
	if single := crossing(looks[1:2], 0.5, needed); single > alpha/2 || single == 0 {
		t.Errorf("the error of the first look with an interval is %.3f %%, want above 0 and at most %.3f %%", 100*single, 100*alpha/2)
	}
	// A step away from the limit the error vanishes: here only a quarter, then a
	// tenth of the values fall on the wrong side.
	for _, c := range []struct{ q, most float64 }{{0.25, 3e-5}, {0.1, 2e-8}} {
		if p := crossing(looks, c.q, needed); p > c.most {
			t.Errorf("with %.0f %% of the values on the wrong side the error is %.2g, want at most %.2g", 100*c.q, p, c.most)
		} else {
			t.Logf("with %.0f %% of the values on the wrong side: %.2g", 100*c.q, p)
		}
	}
}

// TestTheExactSumAgreesWithSampling draws sequences, so that a slip in the sum
// above would show.
func TestTheExactSumAgreesWithSampling(t *testing.T) {
	looks := Looks(spec.Parallel)
	rng := rand.New(rand.NewPCG(3, 4))
	const trials = 20000
	hits := 0
	for range trials {
		var xs []float64
		for _, n := range looks {
			for len(xs) < n {
				xs = append(xs, rng.Float64())
			}
			if _, hi := interval(xs, alpha); hi < 0.5 {
				hits++
				break
			}
		}
	}
	p := crossing(looks, 0.5, needed)
	if got, noise := float64(hits)/trials, 4*math.Sqrt(p*(1-p)/trials); math.Abs(got-p) > noise {
		t.Errorf("sampled %.3f %%, summed %.3f %% +- %.3f %%", 100*got, 100*p, 100*noise)
	}
}
