//go:build !linux

package meter

// spread cannot be done here.
func spread(pid, procs int, used map[int]int64) bool { return false }
