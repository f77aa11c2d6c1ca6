// kata: overlap-waits
// want: wrong-answer|race
// Returns before the pages are there, and lets goroutines fill them in while
// the harness waits for goroutines to end.
package overlapwaits

// FetchAll does not wait.
func FetchAll(urls []string, fetch func(url string) string) []string {
	pages := make([]string, len(urls))
	for i, url := range urls {
		go func() { pages[i] = fetch(url) }()
	}
	return pages
}
