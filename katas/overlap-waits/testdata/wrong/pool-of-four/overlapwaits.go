// Package overlapwaits is wrong: four workers are the right number for
// computing on four CPUs, and far too few for waiting.
package overlapwaits

import "sync"

// FetchAll fetches with a pool of workers.
func FetchAll(urls []string, fetch func(url string) string) []string {
	pages := make([]string, len(urls))
	next := make(chan int)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range next {
				pages[i] = fetch(urls[i])
			}
		})
	}
	for i := range urls {
		next <- i
	}
	close(next)
	wg.Wait()
	return pages
}
