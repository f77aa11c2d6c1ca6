// Package procsfromcgroup is wrong: it does not know "max", takes it for a quota
// of 0, and leaves two CPUs where there is no limit.
package procsfromcgroup

import "fmt"

// Default lowers the number of CPUs to the limit.
func Default(ncpu, affinity int, cpuMax string) int {
	quota, period := 0, 100_000
	if cpuMax == "" {
		return min(ncpu, affinity)
	}
	fmt.Sscanf(cpuMax, "%d %d\n", &quota, &period)
	return min(ncpu, affinity, max((quota+period-1)/period, 2))
}
