package main

import (
	"fmt"
	"runtime"
	"time"
)

// start is what it takes to start a goroutine and to see it end.
func start(wire func()) time.Duration {
	const n = 200
	ended := make(chan bool)
	begin := time.Now()
	for range n {
		go func() {
			wire()
			ended <- true
		}()
		<-ended
	}
	return time.Since(begin) / n
}

// pass is what it takes until the other of two goroutines has its turn.
func pass(wire func()) time.Duration {
	const n = 2000
	ping, pong := make(chan bool), make(chan bool)
	took := make(chan time.Duration)
	go func() {
		wire()
		for range ping {
			pong <- true
		}
	}()
	go func() {
		wire()
		begin := time.Now()
		for range n {
			ping <- true
			<-pong
		}
		close(ping)
		took <- time.Since(begin) / (2 * n)
	}()
	return <-took
}

func main() {
	runtime.GOMAXPROCS(1)
	for _, kind := range []struct {
		name string
		wire func()
	}{
		{"goroutine               ", func() {}},
		{"goroutine with own thread", runtime.LockOSThread},
	} {
		fmt.Printf("%-25s  start %5.1f µs  change of turn %5.2f µs\n", kind.name,
			float64(start(kind.wire).Nanoseconds())/1e3, float64(pass(kind.wire).Nanoseconds())/1e3)
	}
}
