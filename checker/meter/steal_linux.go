package meter

import (
	"os"
	"strconv"
	"strings"
)

// Stolen reads what the host of a virtual machine has kept from it so far.
func Stolen() (Steal, bool) {
	b, err := os.ReadFile("/proc/stat")
	if err != nil {
		return Steal{}, false
	}
	return stealOf(string(b))
}

// stealOf reads the first line of /proc/stat: user, nice, system, idle, iowait,
// irq, softirq, steal; what follows, guest time, is part of user time already.
func stealOf(stat string) (Steal, bool) {
	line, _, _ := strings.Cut(stat, "\n")
	fields := strings.Fields(line)
	const steal = 8
	if len(fields) <= steal || fields[0] != "cpu" {
		return Steal{}, false
	}
	var s Steal
	for i := 1; i <= steal; i++ {
		n, err := strconv.ParseInt(fields[i], 10, 64)
		if err != nil {
			return Steal{}, false
		}
		s.Total += n
		if i == steal {
			s.Stolen = n
		}
	}
	return s, true
}
