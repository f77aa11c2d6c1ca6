// Package overlapwaits is wrong: each call waits for the one before it.
package overlapwaits

// FetchAll fetches one page after the other.
func FetchAll(urls []string, fetch func(url string) string) []string {
	var pages []string
	for _, url := range urls {
		pages = append(pages, fetch(url))
	}
	return pages
}
