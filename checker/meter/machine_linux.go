package meter

import (
	"os"
	"path"
	"strconv"
	"strings"
)

const cgroups = "/sys/fs/cgroup"

// quota is the CPU limit of this process's cgroup and all above it, in CPUs.
func quota() *float64 { return limitOf(membership(), readGroup) }

// throttling counts how often a quota has stopped this process so far.
func throttling() int64 { return throttledOf(membership(), readGroup) }

func membership() string {
	b, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return ""
	}
	return string(b)
}

// readGroup gives the text of a file below the cgroup mount, or nothing.
func readGroup(file string) string {
	b, err := os.ReadFile(path.Join(cgroups, file))
	if err != nil {
		return ""
	}
	return string(b)
}

// groups visits the folders, below the cgroup mount, that limit the CPUs of a
// membership as in /proc/self/cgroup: the own one and all above it.
func groups(membership string, visit func(dir string, v2 bool)) {
	for line := range strings.Lines(membership) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) != 3 {
			continue
		}
		mount, v2 := "", parts[1] == ""
		switch {
		case v2:
		case strings.Contains(","+parts[1]+",", ",cpu,"):
			mount = "cpu"
		default:
			continue
		}
		for dir := path.Clean("/" + parts[2]); ; dir = path.Dir(dir) {
			visit(path.Join(mount, dir), v2)
			if dir == "/" {
				break
			}
		}
	}
}

// limitOf finds the tightest limit of a membership.
func limitOf(membership string, read func(file string) string) *float64 {
	var least *float64
	groups(membership, func(dir string, v2 bool) {
		var q, p string
		if v2 {
			q, p, _ = strings.Cut(strings.TrimSpace(read(path.Join(dir, "cpu.max"))), " ")
		} else {
			q = strings.TrimSpace(read(path.Join(dir, "cpu.cfs_quota_us")))
			p = strings.TrimSpace(read(path.Join(dir, "cpu.cfs_period_us")))
		}
		quota, err1 := strconv.ParseFloat(q, 64)
		period, err2 := strconv.ParseFloat(p, 64)
		if err1 != nil || err2 != nil || quota <= 0 || period <= 0 { // "max", or -1
			return
		}
		if n := quota / period; least == nil || n < *least {
			least = &n
		}
	})
	return least
}

// throttledOf adds up how often the groups of a membership were stopped.
func throttledOf(membership string, read func(file string) string) (sum int64) {
	groups(membership, func(dir string, _ bool) {
		for line := range strings.Lines(read(path.Join(dir, "cpu.stat"))) {
			if n, ok := strings.CutPrefix(line, "nr_throttled "); ok {
				v, _ := strconv.ParseInt(strings.TrimSpace(n), 10, 64)
				sum += v
			}
		}
	})
	return sum
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
