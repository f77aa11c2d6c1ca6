// Package hidden holds the cases and the workload of histogram.
package hidden

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"

	"check/probe"
	histogram "check/solution"
)

// Suite lists few bytes, lengths around those at which people cut, and 32 MB.
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
		Workloads: []probe.Case{{Name: "32 MB", New: random(32 << 20)}},
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

// random draws the bytes by a generator of its own (splitmix64), eight at a time:
// it makes 32 MB in about ten milliseconds.
func random(n int) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		data, state := make([]byte, n+7), r.Uint64()
		for rest := data; len(rest) >= 8; rest = rest[8:] {
			state += 0x9e3779b97f4a7c15
			z := (state ^ state>>30) * 0xbf58476d1ce4e5b9
			z = (z ^ z>>27) * 0x94d049bb133111eb
			binary.LittleEndian.PutUint64(rest, z^z>>31)
		}
		return task(fmt.Sprintf("%d random bytes", n), data[:n:n])
	}
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
