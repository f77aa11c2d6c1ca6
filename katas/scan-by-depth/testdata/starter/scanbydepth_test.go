package scanbydepth

import (
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func join(a, b string) string { return a + b }

func TestPrefixesInOrder(t *testing.T) {
	for _, text := range []string{"", "a", "ab", "abc", "abcdefghijklmnopqrstuvwxyz"} {
		var letters, want []string
		for i := range text {
			letters = append(letters, text[i:i+1])
			want = append(want, text[:i+1])
		}
		if got := Scan(letters, join); !slices.Equal(got, want) {
			t.Errorf("Scan(%q): got %q, want %q", letters, got, want)
		}
	}
}

// An element carries its depth: an input 0, and what op makes of two elements
// one more than the deeper of them.
func TestOperationsAndDepth(t *testing.T) {
	const n, procs = 4096, 4
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
	var operations atomic.Int64
	depths := Scan(make([]int, n), func(a, b int) int {
		operations.Add(1)
		return 1 + max(a, b)
	})
	if got, limit := operations.Load(), int64(9*n/4); got > limit {
		t.Errorf("%d operations on %d elements, want at most %d", got, n, limit)
	}
	if got, limit := slices.Max(depths), 2*n/procs+2*procs; got > limit {
		t.Errorf("depth %d at GOMAXPROCS=%d, want at most %d", got, procs, limit)
	}
}

// In a synctest bubble time is virtual, and passes only while every goroutine
// waits: with operations of one second each it tells how many came after one
// another.
func TestOperationsOverlap(t *testing.T) {
	const n, procs = 4096, 4
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		Scan(make([]int, n), func(a, b int) int {
			time.Sleep(time.Second)
			return a + b
		})
		if took, limit := time.Since(start), 3*n/procs*time.Second; took > limit {
			t.Errorf("operations of 1 s on %d elements took %v at GOMAXPROCS=%d, want at most %v", n, took, procs, limit)
		}
	})
}
