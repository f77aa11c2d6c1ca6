// Package procsfromcgroup computes the default of GOMAXPROCS.
package procsfromcgroup

// Default returns what GOMAXPROCS is in Go 1.25 and later on Linux, where
// nobody sets it: not the environment, not the program.
//
// ncpu is the number of CPUs of the machine, and affinity the number of CPUs in
// the affinity mask of the process; both are at least 1, and either may be the
// larger one. cpuMax is what was read from the file cpu.max of its cgroup, or
// "" if there is none. The kernel writes it as
//
//	QUOTA PERIOD\n
//
// with one space between and a newline at the end. QUOTA is "max", or a number
// of microseconds: so much CPU time all threads of the cgroup together may use
// in every PERIOD microseconds. QUOTA is from 1,000 to 10^12 and PERIOD from
// 1,000 to 1,000,000, both in decimal digits. A text that does not have this
// form limits nothing.
func Default(ncpu, affinity int, cpuMax string) int {
	return ncpu // and the other two?
}
