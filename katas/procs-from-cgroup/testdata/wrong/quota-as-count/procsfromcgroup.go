// Package procsfromcgroup is wrong: a quota replaces the number of CPUs even where
// it is larger than that.
package procsfromcgroup

import (
	"math"
	"strconv"
	"strings"
)

// Default is the limit, if there is one.
func Default(ncpu, affinity int, cpuMax string) int {
	if limit, ok := cpus(cpuMax); ok {
		return max(int(math.Ceil(limit)), 2)
	}
	return min(ncpu, affinity)
}

// cpus reads the text of cpu.max; ok is false if it limits nothing.
func cpus(cpuMax string) (limit float64, ok bool) {
	line, whole := strings.CutSuffix(cpuMax, "\n")
	first, second, two := strings.Cut(line, " ")
	quota, err1 := strconv.ParseFloat(first, 64)
	period, err2 := strconv.ParseFloat(second, 64)
	return quota / period, whole && two && err1 == nil && err2 == nil
}
