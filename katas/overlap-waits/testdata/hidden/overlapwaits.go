// Package hidden holds the cases and the workload of overlap-waits. What is
// fetched is a pure function of URL and seed; what differs from case to case
// is how long a call waits, and for whom.
package hidden

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"time"

	"check/probe"
	overlapwaits "check/solution"
)

// together is how many calls the brief wants under way at one instant.
const together = 17

// Suite lists corner cases, the meetings that need overlap, and fifty waits.
func Suite() probe.Suite {
	return probe.Suite{
		Cases: []probe.Case{
			{Name: "no urls", New: plain(func(*rand.Rand) []string { return nil })},
			{Name: "one url", New: plain(distinct(1))},
			{Name: "the same url several times", New: plain(duplicates)},
			{Name: "many urls", New: plain(distinct(300))},
			{Name: "the first url answers last", New: lastFirst, Repeat: 3},
			{Name: "17 calls under way at once", New: meeting},
		},
		Workloads: []probe.Case{{Name: "50 pages", New: fiftyPages}},
	}
}

func distinct(n int) func(*rand.Rand) []string {
	return func(r *rand.Rand) []string {
		urls := make([]string, n)
		for i := range urls {
			urls[i] = fmt.Sprintf("https://example.org/%d/%08x", i, r.Uint32())
		}
		return urls
	}
}

func duplicates(r *rand.Rand) []string {
	names := distinct(5)(r)
	urls := make([]string, 40)
	for i := range urls {
		urls[i] = names[r.IntN(len(names))]
	}
	return urls
}

// content is the page at url. It depends on the seed, so that no page can be
// known from an earlier run.
func content(seed uint64, url string) string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %s", seed, url)
	return fmt.Sprintf("%s is page %016x", url, h.Sum64())
}

// counter sees how many calls are under way.
type counter struct{ calls, now, peak atomic.Int64 }

func (c *counter) enter() int64 {
	c.calls.Add(1)
	now := c.now.Add(1)
	for {
		peak := c.peak.Load()
		if now <= peak || c.peak.CompareAndSwap(peak, now) {
			return now
		}
	}
}

func (c *counter) leave() { c.now.Add(-1) }

func (c *counter) facts() map[string]float64 {
	return map[string]float64{
		"calls":     float64(c.calls.Load()),
		"in_flight": float64(c.peak.Load()),
	}
}

// output is the number of calls, where it is not one for each URL, and every page.
func output(urls, pages []string, c *counter) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d pages", len(pages))
	if n := c.calls.Load(); n != int64(len(urls)) {
		fmt.Fprintf(&b, ", but fetch was called %d times", n)
	}
	for _, p := range pages {
		b.WriteString("\n")
		b.WriteString(p)
	}
	return b.String()
}

// plain makes cases in which fetch answers at once.
func plain(urls func(*rand.Rand) []string) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		urls, seed := urls(r), r.Uint64()
		var pages []string
		var c counter
		return probe.Task{
			Input: fmt.Sprintf("%d urls", len(urls)),
			Run: func() {
				pages = overlapwaits.FetchAll(urls, func(url string) string {
					c.enter()
					defer c.leave()
					return content(seed, url)
				})
			},
			Output: func() string { return output(urls, pages, &c) },
			Facts:  c.facts,
		}
	}
}

// lastFirst lets call i answer only when call i+1 has answered, so that the
// order of arrival is the reverse of the order of the URLs. A solution that
// does not start all calls is let go after 200 ms, once for all: this case is
// about order, not about overlap.
func lastFirst(r *rand.Rand) probe.Task {
	urls, seed := distinct(8)(r), r.Uint64()
	index := make(map[string]int, len(urls))
	turn := make([]chan struct{}, len(urls)+1)
	for i, url := range urls {
		index[url] = i
		turn[i] = make(chan struct{}, 1)
	}
	turn[len(urls)] = make(chan struct{})
	close(turn[len(urls)])
	var pages []string
	var c counter
	return probe.Task{
		Input: fmt.Sprintf("%d urls, each answered after the one behind it", len(urls)),
		Run: func() {
			patience, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
			defer cancel()
			pages = overlapwaits.FetchAll(urls, func(url string) string {
				c.enter()
				defer c.leave()
				i := index[url]
				select {
				case <-turn[i+1]:
				case <-patience.Done():
				}
				select {
				case turn[i] <- struct{}{}:
				default: // called more often than asked: output will tell
				}
				return content(seed, url)
			})
		},
		Output: func() string { return output(urls, pages, &c) },
		Facts:  c.facts,
	}
}

// meeting holds every call until as many are under way as the brief asks for.
// It needs no clock: a solution that starts enough calls passes at once. Where
// they do not come, all are let go after half a second.
func meeting(r *rand.Rand) probe.Task {
	urls, seed := distinct(50)(r), r.Uint64()
	var pages []string
	var c counter
	met, all := context.WithCancel(context.Background())
	return probe.Task{
		Input: fmt.Sprintf("%d urls, answered when %d calls are under way", len(urls), together),
		Run: func() {
			defer all()
			patience, cancel := context.WithTimeout(met, 500*time.Millisecond)
			defer cancel()
			pages = overlapwaits.FetchAll(urls, func(url string) string {
				if c.enter() >= together {
					all()
				}
				defer c.leave()
				<-patience.Done()
				return content(seed, url)
			})
		},
		Output: func() string { return output(urls, pages, &c) },
		Facts: func() map[string]float64 {
			facts := c.facts()
			facts["met"] = 0
			if facts["in_flight"] >= together {
				facts["met"] = 1
			}
			return facts
		},
	}
}

// fiftyPages is what is timed: each call waits 20 ms and computes nothing.
func fiftyPages(r *rand.Rand) probe.Task {
	urls, seed := distinct(50)(r), r.Uint64()
	var pages []string
	var c counter
	return probe.Task{
		Input: fmt.Sprintf("%d urls, 20 ms each", len(urls)),
		Run: func() {
			pages = overlapwaits.FetchAll(urls, func(url string) string {
				c.enter()
				defer c.leave()
				time.Sleep(20 * time.Millisecond)
				return content(seed, url)
			})
		},
		Output: func() string { return output(urls, pages, &c) },
		Facts:  c.facts,
	}
}
