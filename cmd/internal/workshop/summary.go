package workshop

import (
	"cmp"
	"maps"
	"slices"
)

// KataSummary says how a room is getting on with one kata.
type KataSummary struct {
	Kata          string
	Count                 // learners in each state
	Attempts      int     // of all
	MedianMinutes float64 // on task until the pass, of those who have passed; 0: nobody
	Best          float64 // speed-up of those who have passed; 0: none measured
	MedianSpeedup float64
	Attainable    float64 // median of what references gave on their machines
	Reasons       []ReasonCount
}

// ReasonCount is how many learners, of those who have not passed, were told a
// reason last.
type ReasonCount struct {
	Reason   string
	Learners int
}

// Summaries are those of all katas that somebody has begun, by slug.
func Summaries(people []*Person) []KataSummary {
	type gathered struct {
		KataSummary
		minutes, speedups, attainable []float64
		reasons                       map[string]int
	}
	all := map[string]*gathered{}
	for _, p := range people {
		for kata, c := range p.Cells {
			g := all[kata]
			if g == nil {
				g = &gathered{KataSummary: KataSummary{Kata: kata}, reasons: map[string]int{}}
				all[kata] = g
			}
			g.Attempts += c.Attempts
			g.Count.add(c.State)
			if c.Attainable > 0 {
				g.attainable = append(g.attainable, c.Attainable)
			}
			switch {
			case c.State == Passed:
				g.minutes = append(g.minutes, c.OnTask(c.PassedAt).Minutes())
				if c.Speedup > 0 {
					g.speedups = append(g.speedups, c.Speedup)
				}
			case c.Reason != "":
				g.reasons[c.Reason]++
			}
		}
	}
	var list []KataSummary
	for _, kata := range slices.Sorted(maps.Keys(all)) {
		g := all[kata]
		g.MedianMinutes, g.MedianSpeedup, g.Attainable = median(g.minutes), median(g.speedups), median(g.attainable)
		if len(g.speedups) > 0 {
			g.Best = slices.Max(g.speedups)
		}
		for reason, n := range g.reasons {
			g.Reasons = append(g.Reasons, ReasonCount{reason, n})
		}
		slices.SortFunc(g.Reasons, func(a, b ReasonCount) int {
			return cmp.Or(cmp.Compare(b.Learners, a.Learners), cmp.Compare(a.Reason, b.Reason))
		})
		list = append(list, g.KataSummary)
	}
	return list
}

// median is the middle, the mean of both where there are two; 0 of nothing.
func median(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	slices.Sort(x)
	return (x[(len(x)-1)/2] + x[len(x)/2]) / 2
}
