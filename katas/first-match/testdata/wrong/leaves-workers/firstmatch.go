// Package firstmatch is wrong: it returns as soon as it knows the answer, and
// workers that want to tell theirs wait for ever.
package firstmatch

import (
	"runtime"
	"sync/atomic"
)

const chunk = 1024

// First reads what workers found in their chunks until there is a match with
// nothing unknown before it.
func First(xs []int, pred func(int) bool) int {
	type result struct{ chunk, match int }
	results := make(chan result)
	chunks := (len(xs) + chunk - 1) / chunk
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for {
				c := int(next.Add(1)) - 1
				if c >= chunks {
					return
				}
				match := -1
				for i := c * chunk; i < min((c+1)*chunk, len(xs)) && match < 0; i++ {
					if pred(xs[i]) {
						match = i
					}
				}
				results <- result{c, match}
			}
		}()
	}
	known := make(map[int]int)
	for c := range chunks {
		for {
			match, ok := known[c]
			if ok && match >= 0 {
				return match
			}
			if ok {
				break
			}
			r := <-results
			known[r.chunk] = r.match
		}
	}
	return -1
}
