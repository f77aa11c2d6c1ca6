package firstmatch

import (
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestLowestIndex(t *testing.T) {
	tests := []struct {
		xs   []int
		want int
	}{
		{nil, -1},
		{[]int{1, 3, 5}, -1},
		{[]int{2}, 0},
		{[]int{1, 3, 4}, 2},
		{[]int{1, 2, 3, 2, 4}, 1},
	}
	even := func(x int) bool { return x%2 == 0 }
	for _, tt := range tests {
		if got := First(tt.xs, even); got != tt.want {
			t.Errorf("First(%v, even): got %d, want %d", tt.xs, got, tt.want)
		}
	}
}

// In a synctest bubble time is virtual, and passes only while every goroutine
// waits. With calls of one second each, all goroutines advance together, so
// both figures are exact.
func TestCallsOverlapAndStopBehindTheMatch(t *testing.T) {
	const n, match, procs = 1 << 16, 10_000, 4
	xs := make([]int, n)
	for i := range xs {
		xs[i] = i
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int64
		start := time.Now()
		got := First(xs, func(x int) bool {
			calls.Add(1)
			time.Sleep(time.Second)
			return x == match
		})
		if got != match {
			t.Errorf("First: got %d, want %d", got, match)
		}
		if took := time.Since(start); took > match/2*time.Second {
			t.Errorf("GOMAXPROCS=%d: %d calls of 1 s took %v: they do not overlap", procs, calls.Load(), took)
		}
		if limit := int64(match + 1 + 4096*procs); calls.Load() > limit {
			t.Errorf("GOMAXPROCS=%d: %d calls, want at most %d", procs, calls.Load(), limit)
		}
	})
}
