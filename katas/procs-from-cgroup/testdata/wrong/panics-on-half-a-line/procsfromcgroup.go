// Package procsfromcgroup is wrong: it believes that a line always holds two
// numbers.
package procsfromcgroup

import (
	"strconv"
	"strings"
)

// Default lowers the number of CPUs to the limit.
func Default(ncpu, affinity int, cpuMax string) int {
	procs := min(ncpu, affinity)
	fields := strings.Fields(cpuMax)
	if !strings.HasSuffix(cpuMax, "\n") || strings.HasPrefix(cpuMax, "max ") {
		return procs
	}
	quota, _ := strconv.Atoi(fields[0])
	period, _ := strconv.Atoi(fields[1])
	return min(procs, max((quota+period-1)/period, 2))
}
