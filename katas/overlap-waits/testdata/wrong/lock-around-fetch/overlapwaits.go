// Package overlapwaits is wrong: the lock that guards the map is held during
// the wait, so one page is fetched at a time.
package overlapwaits

import "sync"

// FetchAll collects the pages in a map and puts them in order at the end.
func FetchAll(urls []string, fetch func(url string) string) []string {
	var (
		mu   sync.Mutex
		wg   sync.WaitGroup
		byID = make(map[int]string)
	)
	for i, url := range urls {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			byID[i] = fetch(url)
		})
	}
	wg.Wait()
	pages := make([]string, len(urls))
	for i := range pages {
		pages[i] = byID[i]
	}
	return pages
}
