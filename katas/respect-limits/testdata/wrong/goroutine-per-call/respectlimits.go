// Package respectlimits is wrong: all calls are under way at once. GOMAXPROCS
// bounds how many of them execute, not how many have begun.
package respectlimits

import "sync"

// ForEachCPU starts a goroutine for each call.
func ForEachCPU(n int, body func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { body(i) })
	}
	wg.Wait()
}
