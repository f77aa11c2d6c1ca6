// kata: overlap-waits
// want: spinning
// Waits by asking again and again, and gives way in between.
package overlapwaits

import (
	"runtime"
	"sync/atomic"
)

// FetchAll polls.
func FetchAll(urls []string, fetch func(url string) string) []string {
	pages := make([]string, len(urls))
	var left atomic.Int64
	left.Store(int64(len(urls)))
	for i, url := range urls {
		go func() {
			pages[i] = fetch(url)
			left.Add(-1)
		}()
	}
	for left.Load() > 0 {
		runtime.Gosched()
	}
	return pages
}
