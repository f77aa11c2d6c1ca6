//go:build !linux && !darwin && !windows

package meter

// topology is not known on this system.
func topology() (online, cores int, governor string) { return 0, 0, "" }
