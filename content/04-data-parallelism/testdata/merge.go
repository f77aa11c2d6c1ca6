package main

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"time"
)

const cutoff = 1 << 13

func merge(out, a, b []int) {
	if len(out) <= cutoff {
		mergeSerially(out, a, b)
		return
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	i := len(a) / 2
	j, _ := slices.BinarySearch(b, a[i])
	var wg sync.WaitGroup
	wg.Go(func() { merge(out[:i+j], a[:i], b[:j]) })
	merge(out[i+j:], a[i:], b[j:])
	wg.Wait()
}

// mergeSerially merges the sorted a and b into out, which is as long as both.
func mergeSerially(out, a, b []int) {
	for i := range out {
		if len(b) == 0 || len(a) > 0 && a[0] <= b[0] {
			out[i], a = a[0], a[1:]
		} else {
			out[i], b = b[0], b[1:]
		}
	}
}

func main() {
	rng := rand.New(rand.NewPCG(1, 2))
	a, b := make([]int, 1<<20), make([]int, 1<<20)
	for i := range a {
		a[i], b[i] = rng.Int(), rng.Int()
	}
	slices.Sort(a)
	slices.Sort(b)
	out := make([]int, len(a)+len(b))
	for _, run := range []struct {
		name  string
		procs int
		merge func(out, a, b []int)
	}{
		{"mergeSerially", 1, mergeSerially},
		{"merge        ", 1, merge},
		{"merge        ", 2, merge},
	} {
		runtime.GOMAXPROCS(run.procs)
		best := time.Hour
		for range 5 {
			clear(out)
			start := time.Now()
			run.merge(out, a, b)
			best = min(best, time.Since(start))
		}
		fmt.Printf("%s  P=%d  T %4.1f ms  sorted: %t\n", run.name, run.procs, best.Seconds()*1e3, slices.IsSorted(out))
	}
}
