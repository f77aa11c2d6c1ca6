package stayresponsive

import (
	"sync/atomic"
	"testing"
	"time"
)

// The work waits, and ends at the third beat.
func TestBeatsComeWhileWorkWaits(t *testing.T) {
	third := make(chan struct{})
	beats, returned := atomic.Int64{}, atomic.Bool{}
	beat := func() {
		if returned.Load() {
			t.Error("a beat after Run has returned")
		}
		if beats.Add(1) == 3 {
			close(third)
		}
	}
	Run(func(yield func()) {
		select {
		case <-third:
		case <-time.After(2 * time.Second):
			t.Errorf("%d beats in 2 s, want one every 5 ms", beats.Load())
		}
	}, beat, 5*time.Millisecond)
	returned.Store(true)
}

// The work computes, which takes a tenth of a second. How long is the longest
// time without a beat? Run it with -v, and with GOMAXPROCS=1
// GODEBUG=asyncpreemptoff=1 in the environment.
func TestBeatsComeWhileWorkComputes(t *testing.T) {
	var longest atomic.Int64
	last := time.Now()
	beat := func() {
		longest.Store(max(longest.Load(), int64(time.Since(last))))
		last = time.Now()
	}
	x := uint64(1)
	Run(func(yield func()) {
		for range 4000 {
			for range 16_000 {
				x ^= x << 13
				x ^= x >> 7
				x ^= x << 17
			}
			yield()
		}
	}, beat, 5*time.Millisecond)
	beat()
	t.Logf("longest time without a beat: %v (%x)", time.Duration(longest.Load()), x&15)
}
