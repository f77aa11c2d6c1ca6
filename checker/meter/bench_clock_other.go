//go:build !unix

package meter

import "os"

// ownTime is the CPU time of this process, user and system, in ns; 0 where
// there is no clock for it.
func ownTime() int64 {
	ns, _ := cpuTime(os.Getpid())
	return ns
}
