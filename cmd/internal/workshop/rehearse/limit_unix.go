//go:build unix

package rehearse

import "golang.org/x/sys/unix"

// OpenFiles is how many files this process may hold open, connections included;
// 0: nobody knows.
func OpenFiles() int {
	var l unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &l) != nil {
		return 0
	}
	return int(min(uint64(l.Cur), 1<<30))
}
