// Package procsfromcgroup computes the default of GOMAXPROCS.
package procsfromcgroup

import (
	"strconv"
	"strings"
)

// least is the smallest GOMAXPROCS that a quota leads to. With one P nothing
// could run beside anything else, the garbage collector's workers included.
const least = 2

// Default returns what GOMAXPROCS is in Go 1.25 and later on Linux, where
// nobody sets it. A quota only ever lowers the number of CPUs.
func Default(ncpu, affinity int, cpuMax string) int {
	procs := min(ncpu, affinity)
	if quota, period, ok := limit(cpuMax); ok {
		up := (quota + period - 1) / period
		procs = int(min(int64(procs), max(up, least)))
	}
	return procs
}

// limit reads the text of cpu.max; ok is false if it limits nothing.
func limit(cpuMax string) (quota, period int64, ok bool) {
	line, whole := strings.CutSuffix(cpuMax, "\n")
	first, second, two := strings.Cut(line, " ")
	if !whole || !two {
		return 0, 0, false
	}
	quota, err1 := strconv.ParseInt(first, 10, 64) // "max" is no number
	period, err2 := strconv.ParseInt(second, 10, 64)
	return quota, period, err1 == nil && err2 == nil
}
