//go:build !unix

package probe

// cpuTime is not needed here: the parent reads the clock of its children.
func cpuTime() int64 { return 0 }
