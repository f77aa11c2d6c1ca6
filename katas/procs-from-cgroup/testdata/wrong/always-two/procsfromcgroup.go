// Package procsfromcgroup is wrong: the minimum of two belongs to the quota alone,
// and a machine with one CPU has one.
package procsfromcgroup

import (
	"math"
	"strconv"
	"strings"
)

// Default is the least of three, and never less than two.
func Default(ncpu, affinity int, cpuMax string) int {
	procs := min(ncpu, affinity)
	if limit, ok := cpus(cpuMax); ok {
		procs = min(procs, int(math.Ceil(limit)))
	}
	return max(procs, 2)
}

// cpus reads the text of cpu.max; ok is false if it limits nothing.
func cpus(cpuMax string) (limit float64, ok bool) {
	line, whole := strings.CutSuffix(cpuMax, "\n")
	first, second, two := strings.Cut(line, " ")
	quota, err1 := strconv.ParseFloat(first, 64)
	period, err2 := strconv.ParseFloat(second, 64)
	return quota / period, whole && two && err1 == nil && err2 == nil
}
