// Package procsfromcgroup is wrong: it rounds down, so a container that pays for
// 2.5 CPUs uses two of them.
package procsfromcgroup

import (
	"strconv"
	"strings"
)

// Default lowers the number of CPUs to the limit.
func Default(ncpu, affinity int, cpuMax string) int {
	procs := min(ncpu, affinity)
	if limit, ok := cpus(cpuMax); ok {
		procs = min(procs, max(int(limit), 2))
	}
	return procs
}

// cpus reads the text of cpu.max; ok is false if it limits nothing.
func cpus(cpuMax string) (limit float64, ok bool) {
	line, whole := strings.CutSuffix(cpuMax, "\n")
	first, second, two := strings.Cut(line, " ")
	quota, err1 := strconv.ParseFloat(first, 64)
	period, err2 := strconv.ParseFloat(second, 64)
	return quota / period, whole && two && err1 == nil && err2 == nil
}
