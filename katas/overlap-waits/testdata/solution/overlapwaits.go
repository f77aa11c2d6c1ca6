// Package overlapwaits fetches many pages while each of them is waited for.
package overlapwaits

import "sync"

// FetchAll calls fetch once for each element of urls and returns the results
// in the order of urls. All calls are under way at once; each goroutine writes
// an element of its own, so the slice needs no lock.
func FetchAll(urls []string, fetch func(url string) string) []string {
	pages := make([]string, len(urls))
	var wg sync.WaitGroup
	for i, url := range urls {
		wg.Go(func() { pages[i] = fetch(url) })
	}
	wg.Wait()
	return pages
}
