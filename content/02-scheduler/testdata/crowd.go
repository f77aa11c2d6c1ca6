package main

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"sync"
)

// crowd starts n goroutines that all wait at the same time, each below f.
func crowd(name string, n int, f func(wait func())) {
	gate := make(chan struct{})
	var there, gone sync.WaitGroup
	there.Add(n)
	before := read("/memory/classes/heap/stacks:bytes")
	for range n {
		gone.Go(func() {
			f(func() { there.Done(); <-gate })
		})
	}
	there.Wait()
	stacks := read("/memory/classes/heap/stacks:bytes") - before
	runtime.GC()
	fmt.Printf("%5d waiting, %s: threads %d, stack of each %4.1f KB, of a new one %2d KB\n",
		n, name, read("/sched/threads/total:threads"),
		float64(stacks)/float64(n)/1024, read("/gc/stack/starting-size:bytes")/1024)
	close(gate)
	gone.Wait()
}

func flat(wait func()) { wait() }

func deep(wait func()) { call(10, wait) }

// call takes about 1 KB of stack for each level.
//
//go:noinline
func call(levels int, wait func()) byte {
	var frame [1000]byte
	if levels == 0 {
		wait()
	} else {
		frame[levels] = call(levels-1, wait)
	}
	return frame[levels]
}

func read(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

func main() {
	crowd("flat", 10000, flat)
	runtime.GC() // frees the stacks of those that have ended
	crowd("deep", 1000, deep)
}
