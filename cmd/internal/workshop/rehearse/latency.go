package rehearse

import (
	"encoding/json"
	"math"
	"sync"
	"time"
)

// Latency adds up durations in buckets that are 2% wide, from 10 µs. It may be
// used by several goroutines.
type Latency struct {
	mu      sync.Mutex
	buckets [latencyBuckets]uint32
	count   int
	max     time.Duration
}

const (
	latencyBuckets = 1024 // the last ends beyond an hour
	latencyLeast   = 10 * time.Microsecond
	latencyGrowth  = 1.02
)

// Add adds one duration; a negative one counts as none.
func (l *Latency) Add(d time.Duration) {
	d = max(0, d)
	i := 0
	if d > latencyLeast {
		i = min(latencyBuckets-1, int(math.Ceil(math.Log(float64(d)/float64(latencyLeast))/math.Log(latencyGrowth))))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.buckets[i]++
	l.count++
	l.max = max(l.max, d)
}

// Count is how many were added.
func (l *Latency) Count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.count
}

// Max is the longest.
func (l *Latency) Max() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.max
}

// Quantile is what a share q of the durations did not exceed, at most 2% too
// long; 0 where there are none.
func (l *Latency) Quantile(q float64) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	want := int(math.Ceil(q * float64(l.count)))
	seen := 0
	for i, n := range l.buckets {
		seen += int(n)
		if n > 0 && seen >= want {
			return min(l.max, bucketEnd(i))
		}
	}
	return 0
}

func bucketEnd(i int) time.Duration {
	return time.Duration(float64(latencyLeast) * math.Pow(latencyGrowth, float64(i)))
}

// Range is how many durations were up to a limit and above the one before.
type Range struct {
	UpTo  time.Duration // 0: above all limits
	Count int
}

// Ranges counts durations between limits, which ascend. A bucket of 2% belongs
// to where its end is.
func (l *Latency) Ranges(limits ...time.Duration) []Range {
	l.mu.Lock()
	defer l.mu.Unlock()
	ranges := make([]Range, len(limits)+1)
	for i, limit := range limits {
		ranges[i].UpTo = limit
	}
	for i, n := range l.buckets {
		at := 0
		for at < len(limits) && min(l.max, bucketEnd(i)) > limits[at] {
			at++
		}
		ranges[at].Count += int(n)
	}
	return ranges
}

// MarshalJSON gives count, p50_ms, p99_ms and max_ms; null where there are none.
func (l *Latency) MarshalJSON() ([]byte, error) {
	if l.Count() == 0 {
		return []byte("null"), nil
	}
	ms := func(d time.Duration) float64 { return math.Round(float64(d)/float64(time.Millisecond)*100) / 100 }
	return json.Marshal(struct {
		Count int     `json:"count"`
		P50   float64 `json:"p50_ms"`
		P99   float64 `json:"p99_ms"`
		Max   float64 `json:"max_ms"`
	}{l.Count(), ms(l.Quantile(0.5)), ms(l.Quantile(0.99)), ms(l.Max())})
}
