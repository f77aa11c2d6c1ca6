package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// spawn starts a goroutine for each piece.
func spawn(pieces int, do func(piece int)) {
	var wg sync.WaitGroup
	for i := range pieces {
		wg.Go(func() { do(i) })
	}
	wg.Wait()
}

// send hands the pieces to one goroutine for each P, through a channel.
func send(pieces int, do func(piece int)) {
	queue := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range queue {
				do(i)
			}
		})
	}
	for i := range pieces {
		queue <- i
	}
	close(queue)
	wg.Wait()
}

func take(pieces int, do func(piece int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= pieces {
					return
				}
				do(i)
			}
		})
	}
	wg.Wait()
}

// items is how many there are; those in the first half cost four times as
// much as the others, so that the first half holds 80% of the work.
const items = 1 << 18

func item(i int) {
	if i < items/2 {
		compute(192)
	} else {
		compute(48)
	}
}

//go:noinline
func compute(n int) uint64 {
	x := uint64(1)
	for range n {
		x = x*6364136223846793005 + 1442695040888963407
	}
	return x
}

// cpuTime is what all threads of this process have used so far.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// measure computes all items in so many pieces; the fastest of two runs counts.
func measure(pieces int, hand func(int, func(int))) (wall, cpu time.Duration) {
	wall, cpu = time.Hour, time.Hour
	for range 2 {
		runtime.GC()
		start, before := time.Now(), cpuTime()
		hand(pieces, func(piece int) {
			for i := piece * items / pieces; i < (piece+1)*items/pieces; i++ {
				item(i)
			}
		})
		cpu = min(cpu, cpuTime()-before)
		wall = min(wall, time.Since(start))
	}
	return wall, cpu
}

func main() {
	runtime.GOMAXPROCS(1)
	one, _ := measure(1, take)
	fmt.Printf("P=1  one piece  T %3.0f ms\n", one.Seconds()*1e3)
	runtime.GOMAXPROCS(2)
	ways := []func(int, func(int)){spawn, send, take}
	var base, price [3]time.Duration
	for _, pieces := range []int{2, 16, 256, 4096, items} {
		fmt.Printf("P=2  %6d pieces", pieces)
		for i, name := range []string{"spawn", "send", "take"} {
			wall, cpu := measure(pieces, ways[i])
			fmt.Printf("   %s %3.0f ms", name, wall.Seconds()*1e3)
			switch pieces {
			case 256:
				base[i] = cpu
			case items:
				price[i] = (cpu - base[i]) / items
			}
		}
		fmt.Println()
	}
	fmt.Printf("CPU for one piece    spawn %3d ns   send %3d ns   take %3d ns\n", price[0], price[1], price[2])
}
