package main

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"time"
)

// read takes the numbers from text, one from each line.
func read(text []byte) []uint32 {
	var numbers []uint32
	for in := bufio.NewScanner(bytes.NewReader(text)); in.Scan(); {
		n, err := strconv.ParseUint(in.Text(), 10, 32)
		if err != nil {
			panic(err)
		}
		numbers = append(numbers, uint32(n))
	}
	return numbers
}

func compute(numbers []uint32) [][]uint32 {
	workers := runtime.GOMAXPROCS(0)
	found := make([][]uint32, workers) // a slot for each
	var wg sync.WaitGroup
	for w := range workers {
		part := numbers[w*len(numbers)/workers : (w+1)*len(numbers)/workers]
		wg.Go(func() {
			var mine []uint32
			for _, n := range part {
				if prime(n) {
					mine = append(mine, n)
				}
			}
			found[w] = mine
		})
	}
	wg.Wait()
	return found
}

// computeText is compute for a text that nobody has read yet: each worker reads
// its own part, which ends behind a line break, and sorts what it found.
func computeText(text []byte) [][]uint32 {
	workers := runtime.GOMAXPROCS(0)
	found := make([][]uint32, workers)
	var wg sync.WaitGroup
	from := 0
	for w := range workers {
		to := (w + 1) * len(text) / workers
		for 0 < to && to < len(text) && text[to-1] != '\n' {
			to++
		}
		part := text[from:max(from, to)]
		from = max(from, to)
		wg.Go(func() {
			var mine []uint32
			for _, n := range read(part) {
				if prime(n) {
					mine = append(mine, n)
				}
			}
			found[w] = mine
		})
	}
	wg.Wait()
	return found
}

// join puts the primes together, in ascending order.
func join(found [][]uint32) []uint32 {
	all := slices.Concat(found...)
	slices.Sort(all)
	return all
}

//go:noinline
func prime(n uint32) bool {
	if n < 4 || n%2 == 0 {
		return n == 2 || n == 3
	}
	for d := uint32(3); d*d <= n; d += 2 {
		if n%d == 0 {
			return false
		}
	}
	return true
}

// rounds is how often each line is measured; the fastest counts.
const rounds = 3

func main() {
	rng := rand.New(rand.NewPCG(1, 2))
	var text []byte
	for range 300_000 {
		text = strconv.AppendUint(text, rng.Uint64N(4_000_000), 10)
		text = append(text, '\n')
	}
	var want []uint32
	for _, line := range []struct {
		procs int
		whole bool
		note  string
	}{{1, true, ""}, {2, true, ""}, {2, false, "  workers read"}} {
		runtime.GOMAXPROCS(line.procs)
		best := [4]time.Duration{3: time.Hour}
		for range rounds {
			runtime.GC()
			var numbers []uint32
			var found [][]uint32
			start := time.Now()
			if line.whole {
				numbers = read(text)
			}
			computing := time.Now()
			if line.whole {
				found = compute(numbers)
			} else {
				found = computeText(text)
			}
			joining := time.Now()
			all := join(found)
			end := time.Now()
			if want == nil {
				want = all
			} else if !slices.Equal(all, want) {
				panic("other primes")
			}
			if t := end.Sub(start); t < best[3] {
				best = [4]time.Duration{computing.Sub(start), joining.Sub(computing), end.Sub(joining), t}
			}
		}
		fmt.Printf("P=%d  read %4.1f ms  compute %4.1f ms  join %4.1f ms  T %4.1f ms%s\n", line.procs,
			ms(best[0]), ms(best[1]), ms(best[2]), ms(best[3]), line.note)
	}
}

func ms(d time.Duration) float64 { return d.Seconds() * 1e3 }
