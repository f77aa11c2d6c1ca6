package peers

import (
	"strconv"
	"strings"
)

// Times reads the times of a benchmark, in ns per operation, from what go test
// -bench -cpu 1,2 printed: at GOMAXPROCS=1, whose lines have no suffix, and at
// 2. Lines that are none of a benchmark are passed over.
func Times(text string) (one, two []float64) {
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) < 4 || !strings.HasPrefix(f[0], "Benchmark") || f[3] != "ns/op" {
			continue
		}
		ns, err := strconv.ParseFloat(f[2], 64)
		if err != nil || !(ns > 0) {
			continue
		}
		switch _, procs, _ := strings.Cut(f[0], "-"); procs {
		case "":
			one = append(one, ns)
		case "2":
			two = append(two, ns)
		}
	}
	return one, two
}
