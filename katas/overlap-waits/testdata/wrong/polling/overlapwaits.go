// Package overlapwaits is wrong: it asks again and again whether it may go on,
// and keeps a CPU busy with the question.
package overlapwaits

import (
	"runtime"
	"sync/atomic"
)

// FetchAll has at most twenty calls under way, and counts them itself.
func FetchAll(urls []string, fetch func(url string) string) []string {
	pages := make([]string, len(urls))
	var underWay atomic.Int64
	for i, url := range urls {
		for underWay.Load() == 20 {
			runtime.Gosched()
		}
		underWay.Add(1)
		go func() {
			pages[i] = fetch(url)
			underWay.Add(-1)
		}()
	}
	for underWay.Load() > 0 {
		runtime.Gosched()
	}
	return pages
}
