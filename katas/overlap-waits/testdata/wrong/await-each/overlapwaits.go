// Package overlapwaits is wrong: it has goroutines, but awaits each of them
// before it starts the next.
package overlapwaits

// FetchAll fetches every page in a goroutine of its own.
func FetchAll(urls []string, fetch func(url string) string) []string {
	pages := make([]string, len(urls))
	for i, url := range urls {
		page := make(chan string)
		go func() { page <- fetch(url) }()
		pages[i] = <-page
	}
	return pages
}
