package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/metrics"
	"sync"
	"syscall"
	"time"
)

const n = 100

// census starts n goroutines that wait, and counts threads meanwhile and after.
func census(what string, wait func(i int), release func()) {
	var there, gone sync.WaitGroup
	there.Add(n)
	start := time.Now()
	for i := range n {
		gone.Go(func() { there.Done(); wait(i) })
	}
	there.Wait()
	took := time.Since(start)
	time.Sleep(20 * time.Millisecond) // let the last one block, too
	meanwhile := threads()
	release()
	gone.Wait()
	time.Sleep(20 * time.Millisecond) // let threads end that do
	fmt.Printf("%-21s  started in %5.1f ms  threads %3d, then %3d\n",
		what, took.Seconds()*1e3, meanwhile, threads())
}

func threads() uint64 {
	sample := []metrics.Sample{{Name: "/sched/threads/total:threads"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// pipes returns the reading ends of n pipes, and a function that ends them all.
func pipes() (readers []*os.File, end func()) {
	var writers []*os.File
	for range n {
		r, w, err := os.Pipe()
		if err != nil {
			panic(err)
		}
		readers, writers = append(readers, r), append(writers, w)
	}
	return readers, func() {
		for _, w := range writers {
			w.Close()
		}
	}
}

func main() {
	runtime.GOMAXPROCS(1)
	a, b := make(chan bool), make(chan bool)

	census("channel", func(int) { <-a }, func() { close(a) })
	census("time.Sleep", func(int) { time.Sleep(100 * time.Millisecond) }, func() {})
	r, end := pipes()
	census("pipe, (*os.File).Read", func(i int) { r[i].Read(make([]byte, 1)) }, end)
	census("channel, LockOSThread", func(int) { runtime.LockOSThread(); <-b }, func() { close(b) })
	for _, what := range []string{"pipe, syscall.Read", "pipe, the same again"} {
		r, end := pipes()
		fd := make([]int, n)
		for i := range fd {
			fd[i] = int(r[i].Fd()) // which makes it blocking
		}
		census(what, func(i int) { syscall.Read(fd[i], make([]byte, 1)) }, end)
		runtime.KeepAlive(r)
	}
}
