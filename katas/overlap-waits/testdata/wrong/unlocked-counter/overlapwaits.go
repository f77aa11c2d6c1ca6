// Package overlapwaits is wrong: every goroutine adds to one plain integer.
package overlapwaits

import (
	"fmt"
	"sync"
)

// FetchAll counts bytes while it fetches, for a line of statistics.
func FetchAll(urls []string, fetch func(url string) string) []string {
	pages := make([]string, len(urls))
	bytes := 0
	var wg sync.WaitGroup
	for i, url := range urls {
		wg.Go(func() {
			pages[i] = fetch(url)
			bytes += len(pages[i])
		})
	}
	wg.Wait()
	_ = fmt.Sprintf("%d pages, %d bytes", len(pages), bytes)
	return pages
}
