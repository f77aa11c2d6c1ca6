package meter

import "golang.org/x/sys/unix"

// topology asks the kernel for its CPUs and their cores: a process may use
// all of them. There is no governor to name.
func topology() (online, cores int, governor string) {
	count := func(name string) int {
		n, err := unix.SysctlUint32(name)
		if err != nil {
			return 0
		}
		return int(n)
	}
	return count("hw.activecpu"), count("hw.physicalcpu"), ""
}
