package meter

import (
	"os"
	"path"
	"strconv"
	"strings"
)

const cgroups = "/sys/fs/cgroup"

// quota is the CPU limit of this process's cgroup and all above it, in CPUs.
func quota() *float64 {
	membership, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return nil
	}
	return limitOf(string(membership), func(file string) string {
		b, err := os.ReadFile(path.Join(cgroups, file))
		if err != nil {
			return ""
		}
		return string(b)
	})
}

// limitOf finds the tightest limit for a membership as in /proc/self/cgroup.
// Read gives the text of a file below the cgroup mount, or nothing.
func limitOf(membership string, read func(file string) string) *float64 {
	var least *float64
	take := func(q, p string) {
		quota, err1 := strconv.ParseFloat(q, 64)
		period, err2 := strconv.ParseFloat(p, 64)
		if err1 != nil || err2 != nil || quota <= 0 || period <= 0 { // "max", or -1
			return
		}
		if n := quota / period; least == nil || n < *least {
			least = &n
		}
	}
	for line := range strings.Lines(membership) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) != 3 {
			continue
		}
		v2 := parts[1] == ""
		v1 := strings.Contains(","+parts[1]+",", ",cpu,")
		if !v1 && !v2 {
			continue
		}
		for dir := path.Clean("/" + parts[2]); ; dir = path.Dir(dir) {
			if v2 {
				if q, p, ok := strings.Cut(strings.TrimSpace(read(path.Join(dir, "cpu.max"))), " "); ok {
					take(q, p)
				}
			} else {
				at := path.Join("cpu", dir)
				take(strings.TrimSpace(read(path.Join(at, "cpu.cfs_quota_us"))),
					strings.TrimSpace(read(path.Join(at, "cpu.cfs_period_us"))))
			}
			if dir == "/" {
				break
			}
		}
	}
	return least
}

// throttling counts how often the quota has stopped this cgroup so far.
func throttling() int64 {
	b, err := os.ReadFile(path.Join(cgroups, "cpu.stat"))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if n, ok := strings.CutPrefix(line, "nr_throttled "); ok {
			v, _ := strconv.ParseInt(strings.TrimSpace(n), 10, 64)
			return v
		}
	}
	return 0
}

// load is the load average over one minute.
func load() *float64 {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return nil
	}
	first, _, _ := strings.Cut(string(b), " ")
	v, err := strconv.ParseFloat(first, 64)
	if err != nil {
		return nil
	}
	return &v
}
