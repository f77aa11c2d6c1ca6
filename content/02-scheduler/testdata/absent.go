package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"sync/atomic"
	"time"
)

var stop atomic.Bool

func empty() {
	for !stop.Load() {
	}
}

func leaf() {
	for !stop.Load() {
		tiny()
	}
}

func nested() {
	for !stop.Load() {
		outer()
	}
}

//go:noinline
func tiny() {}

//go:noinline
func outer() { tiny() }

func pair() {
	ping, pong := make(chan bool), make(chan bool)
	go func() {
		for range ping {
			pong <- true
		}
	}()
	for !stop.Load() {
		ping <- true
		<-pong
	}
	close(ping)
}

// absent is how long main waited for its turn while f ran, at worst.
func absent(f func()) (worst time.Duration) {
	runtime.GOMAXPROCS(1)
	go f()
	for range 2 {
		start := time.Now()
		runtime.Gosched()
		worst = max(worst, time.Since(start))
	}
	stop.Store(true)
	return worst
}

var kinds = []struct {
	name string
	f    func()
}{
	{"empty loop              ", empty},
	{"loop that calls a leaf  ", leaf},
	{"loop with a nested call ", nested},
	{"pair that plays ping-pong", pair},
}

// child runs this program again, for one kind, and returns what it prints. It
// gives up on a child that has computed for much longer than a slice or two.
func child(kind int, godebug string) string {
	for limit := 600 * time.Millisecond; ; limit *= 2 {
		ctx, cancel := context.WithTimeout(context.Background(), limit)
		cmd := exec.CommandContext(ctx, os.Args[0], fmt.Sprint(kind))
		cmd.Env = append(os.Environ(), "GODEBUG="+godebug)
		out, err := cmd.Output()
		cancel()
		if err == nil {
			return string(out)
		}
		if cmd.ProcessState.UserTime() > limit/3 { // otherwise it had no CPU
			return "for ever"
		}
	}
}

func main() {
	if len(os.Args) > 1 {
		took := absent(kinds[os.Args[1][0]-'0'].f)
		fmt.Printf("%5d ms", took.Milliseconds())
		return
	}
	for i, kind := range kinds {
		fmt.Printf("%-25s  today %s   as in 2019 %s\n", kind.name,
			child(i, ""), child(i, "asyncpreemptoff=1"))
	}
}
