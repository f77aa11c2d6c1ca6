// Package solution stands for a learner's: its functions fail in all the ways
// that a child may. It lies in a folder of the name that stacks are searched
// for.
package solution

import (
	"context"
	"strings"
	"sync"
	"time"
)

// Deadlock waits for a goroutine that waits for another one.
func Deadlock() {
	var mu sync.Mutex
	mu.Lock()
	var wg sync.WaitGroup
	wg.Go(func() {
		mu.Lock() // the line that a deadlock may name
		mu.Unlock()
	})
	wg.Wait()
}

// ManyDeadlocked has so many goroutines blocked that their stacks are long.
func ManyDeadlocked() {
	block := make(chan int)
	for range 3000 {
		go func() { block <- 1 }()
	}
	select {}
}

// Spin loops for ever beside a goroutine that waits.
func Spin() {
	done := make(chan bool)
	go func() {
		for n := uint64(1); n != 0; n += 2 { // the loop
		}
		close(done)
	}()
	<-done
}

// Sleepers sleep in all goroutines.
func Sleepers(d time.Duration) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { time.Sleep(d) })
	}
	wg.Wait()
}

// TimerChannel waits for a timer as for a channel.
func TimerChannel(d time.Duration) { <-time.After(d) }

// Deadline waits for the deadline of a context.
func Deadline(d time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	<-ctx.Done()
}

// Ticks waits for one timer after the other.
func Ticks(n int, d time.Duration) {
	for range n {
		select {
		case <-time.After(d):
		}
	}
}

// PanicInGoroutine panics where nobody can recover.
func PanicInGoroutine() {
	done := make(chan bool)
	go func() {
		defer close(done)
		var none []int
		none[len(done)+2] = 1 // the panic
	}()
	<-done
	time.Sleep(time.Hour)
}

// NilMap writes to a map that is not there.
func NilMap() {
	var m map[string]int
	m["a"]++
}

// PanicText panics with the words of other crashes.
func PanicText() {
	println("fatal error: all goroutines are asleep - deadlock!")
	println("panic: a fake one")
	println("goroutine 1 [running]:\nmain.fake()\n\t/fake/solution/fake.go:1 +0x1")
	panic("out of memory\nfatal error: concurrent map writes\nWARNING: DATA RACE\n")
}

// MapWrites writes to one map from two goroutines until the runtime sees it.
func MapWrites() {
	m := map[int]int{}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 1 << 30 {
				m[i&7]++
			}
		})
	}
	wg.Wait()
}

// MapWritesBesideMany does so beside many goroutines, all of whose stacks the
// runtime prints.
func MapWritesBesideMany() {
	block := make(chan int)
	for range 3000 {
		go func() { <-block }()
	}
	MapWrites()
}

// Overflow calls itself without end.
func Overflow(n int) int { return Overflow(n+1) + 1 }

// Allocate holds more and more memory.
func Allocate() int {
	var all [][]byte
	for {
		b := make([]byte, 1<<20)
		for i := 0; i < len(b); i += 4096 {
			b[i] = 1
		}
		all = append(all, b)
	}
}

// Print prints without end.
func Print() {
	line := strings.Repeat("x", 1000)
	for {
		println(line)
	}
}

// PrintAndPanic prints much, then panics.
func PrintAndPanic() {
	line := strings.Repeat("x", 1000)
	for range 5000 {
		println(line)
	}
	panic("after much")
}

// Unlock unlocks what is not locked, beside many goroutines.
func Unlock() {
	block := make(chan int)
	for range 1000 {
		go func() { <-block }()
	}
	var mu sync.Mutex
	mu.Unlock()
}

// Race writes to one variable from two goroutines.
func Race() int {
	n := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { n++ })
	}
	wg.Wait()
	return n
}

// Leak leaves goroutines behind that wait.
func Leak(n int) {
	for range n {
		go func() { select {} }()
	}
}

// Late leaves a goroutine behind that computes for a while.
func Late(n int) { go Burn(n) }

// Burn computes n steps.
func Burn(n int) uint64 {
	x := uint64(1)
	for range n {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return x
}
