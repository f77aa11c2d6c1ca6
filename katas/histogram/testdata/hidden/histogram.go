// Package hidden holds the cases and the workload of histogram.
package hidden

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"check/probe"
	histogram "check/solution"
)

// Suite lists few bytes, lengths around those at which people cut, and 48 MB, which take about
// 17 ms on one CPU.
func Suite() probe.Suite {
	s := probe.Suite{
		Cases: []probe.Case{
			{Name: "nil slice", New: fixed(nil)},
			{Name: "empty slice", New: fixed([]byte{})},
			{Name: "one byte", New: fixed([]byte{200})},
			{Name: "the least and the greatest byte", New: fixed([]byte{0, 255, 255})},
			{Name: "each byte once", New: eachOnce},
			{Name: "one value only", New: repeated},
			{Name: "a value that occurs once, at the end", New: lastOne},
			{Name: "one part of the values", New: letters},
		},
		Workloads: []probe.Case{{Name: "48 MB", New: timed}},
	}
	for _, n := range []int{7, 63, 255, 257, 1009, 4096, 65_535, 65_536, 65_537, 300_007} {
		s.Cases = append(s.Cases, probe.Case{Name: fmt.Sprintf("%d bytes", n), New: random(n)})
	}
	return s
}

func fixed(data []byte) func(*rand.Rand) probe.Task {
	return func(*rand.Rand) probe.Task { return task(fmt.Sprintf("bytes %v", data), data) }
}

func eachOnce(r *rand.Rand) probe.Task {
	data := make([]byte, 256)
	for i, v := range r.Perm(256) {
		data[i] = byte(v)
	}
	return task("all 256 bytes in random order", data)
}

func repeated(r *rand.Rand) probe.Task {
	b := byte(r.IntN(256))
	return task(fmt.Sprintf("200003 times the byte %d", b), bytes.Repeat([]byte{b}, 200_003))
}

func lastOne(r *rand.Rand) probe.Task {
	data := bytes.Repeat([]byte{1, 2, 3}, 50_000+r.IntN(100))
	return task(fmt.Sprintf("%d bytes 1, 2 and 3, and then one byte 4", len(data)), append(data, 4))
}

func letters(r *rand.Rand) probe.Task {
	data := make([]byte, 100_000+r.IntN(100))
	for i := range data {
		data[i] = "etaoin shrdlu"[r.IntN(13)]
	}
	return task(fmt.Sprintf("%d letters", len(data)), data)
}

// random draws all bytes.
func random(n int) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		data := make([]byte, n)
		fill(r, data)
		return task(fmt.Sprintf("%d random bytes", n), data)
	}
}

// fill draws bytes by a generator of its own (splitmix64), eight at a time.
func fill(r *rand.Rand, data []byte) {
	var eight [8]byte
	state := r.Uint64()
	for rest := range slices.Chunk(data, 8) {
		state += 0x9e3779b97f4a7c15
		z := (state ^ state>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		binary.LittleEndian.PutUint64(eight[:], z^z>>31)
		copy(rest, eight[:])
	}
}

// memory holds one workload after the other: to get new pages from the system
// for each would take longer than to count what is in them.
var memory []byte

// timed draws 64 KB, repeats them, and changes a few bytes in each repetition.
func timed(r *rand.Rand) probe.Task {
	const size, block = 48 << 20, 64 << 10
	if memory == nil {
		memory = make([]byte, size)
	}
	first := memory[:block]
	fill(r, first)
	for rest := range slices.Chunk(memory[block:], block) {
		copy(rest, first)
		for range 16 {
			rest[r.IntN(block)] = byte(r.Uint32())
		}
	}
	return task("48 MB", memory)
}

func task(input string, data []byte) probe.Task {
	var counts [256]int
	return probe.Task{
		Input: input,
		Run:   func() { counts = histogram.Histogram(data) },
		Output: func() string {
			sum, different := 0, 0
			var b strings.Builder
			for v, n := range counts {
				if n != 0 {
					fmt.Fprintf(&b, "\nbyte %d: %d", v, n)
					sum, different = sum+n, different+1
				}
			}
			return fmt.Sprintf("%d bytes counted, %d different ones", sum, different) + b.String()
		},
	}
}
