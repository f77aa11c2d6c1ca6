package meter

import (
	"strconv"
	"testing"

	"golang.org/x/sys/unix"
)

func TestTheTightestQuotaCounts(t *testing.T) {
	for _, w := range []struct {
		name       string
		membership string
		files      map[string]string
		want       float64 // 0: none
	}{
		{"no cgroups", "", nil, 0},
		{"no limit, v2", "0::/\n", map[string]string{"/cpu.max": "max 100000\n"}, 0},
		{"two CPUs, v2", "0::/\n", map[string]string{"/cpu.max": "200000 100000\n"}, 2},
		{"half a CPU, v2", "0::/a\n", map[string]string{"/a/cpu.max": "50000 100000\n"}, 0.5},
		{"limit above", "0::/a/b/c\n", map[string]string{"/a/cpu.max": "150000 100000\n", "/a/b/c/cpu.max": "max 100000\n"}, 1.5},
		{"tighter above", "0::/a/b\n", map[string]string{"/a/cpu.max": "100000 100000\n", "/a/b/cpu.max": "400000 100000\n"}, 1},
		{"tighter below", "0::/a/b\n", map[string]string{"/a/cpu.max": "400000 100000\n", "/a/b/cpu.max": "100000 100000\n"}, 1},
		{"another group's limit", "0::/a\n", map[string]string{"/b/cpu.max": "100000 100000\n"}, 0},
		{"v1", "4:memory:/x\n3:cpu,cpuacct:/a\n1:name=systemd:/\n",
			map[string]string{"cpu/a/cpu.cfs_quota_us": "250000\n", "cpu/a/cpu.cfs_period_us": "100000\n"}, 2.5},
		{"v1 without limit", "3:cpu,cpuacct:/a\n",
			map[string]string{"cpu/a/cpu.cfs_quota_us": "-1\n", "cpu/a/cpu.cfs_period_us": "100000\n"}, 0},
		{"v1 seen from inside a container", "3:cpu:/docker/0123\n",
			map[string]string{"cpu/cpu.cfs_quota_us": "100000\n", "cpu/cpu.cfs_period_us": "50000\n"}, 2},
		{"cpuset is not cpu", "3:cpuset:/a\n2:cpuacct:/a\n",
			map[string]string{"cpu/a/cpu.cfs_quota_us": "1\n", "cpu/a/cpu.cfs_period_us": "100000\n"}, 0},
		{"v1 and v2 at once", "1:cpu:/\n0::/\n",
			map[string]string{"cpu/cpu.cfs_quota_us": "300000\n", "cpu/cpu.cfs_period_us": "100000\n", "/cpu.max": "200000 100000\n"}, 2},
		{"odd texts", "0::/\nnonsense\n::\n", map[string]string{"/cpu.max": "a b\n"}, 0},
		{"no period", "0::/\n", map[string]string{"/cpu.max": "100000"}, 0},
		{"period of nothing", "0::/\n", map[string]string{"/cpu.max": "100000 0"}, 0},
		{"path that climbs", "0::/../..\n", map[string]string{"/cpu.max": "100000 100000"}, 1},
	} {
		got := limitOf(w.membership, func(file string) string { return w.files[file] })
		if (got == nil) != (w.want == 0) || got != nil && *got != w.want {
			t.Errorf("%s: %v, want %v", w.name, show(got), w.want)
		}
	}
}

func show(f *float64) any {
	if f == nil {
		return "none"
	}
	return *f
}

func TestStopsOfAllGroupsAboveAreCounted(t *testing.T) {
	files := map[string]string{
		"/a/b/cpu.stat": "usage_usec 1\nnr_periods 9\nnr_throttled 3\nthrottled_usec 5\n",
		"/a/cpu.stat":   "nr_throttled 4\n",
		"/b/cpu.stat":   "nr_throttled 100\n",
		"cpu/cpu.stat":  "nr_periods 0\nnr_throttled 20\nthrottled_time 0\n",
	}
	read := func(file string) string { return files[file] }
	for membership, want := range map[string]int64{"0::/a/b\n": 7, "0::/a\n": 4, "0::/\n": 0, "": 0, "1:cpu:/\n0::/a\n": 24} {
		if got := throttledOf(membership, read); got != want {
			t.Errorf("%q: %d, want %d", membership, got, want)
		}
	}
}

func TestParallelismIsJudgedAtWholeCPUsOfTheQuota(t *testing.T) {
	for _, w := range []struct {
		cpus  int
		quota float64 // 0: none
		want  int
	}{
		{1, 0, 1}, {2, 0, 2}, {4, 0, 4}, {64, 0, most},
		{2, 0.1, 1}, {2, 1, 1}, {2, 1.5, 1}, {2, 1.99, 1}, {2, 2, 2}, {2, 8, 2},
		{4, 2.5, 2}, {4, 3, 3}, {4, 3.9, 3}, {64, 48.5, most},
		{1, 4, 1},
	} {
		quota := &w.quota
		if w.quota == 0 {
			quota = nil
		}
		if got := judgedAt(w.cpus, quota); got != w.want {
			t.Errorf("%d CPUs, quota %v: P=%d, want %d", w.cpus, show(quota), got, w.want)
		}
	}
}

func TestParallelismIsJudgedWithinTheMachine(t *testing.T) {
	m := Look()
	if m.P < 1 || m.P > most || m.P > m.CPUs {
		t.Errorf("P %d of %d CPUs", m.P, m.CPUs)
	}
	if m.Quota != nil && float64(m.P) > max(1, *m.Quota) {
		t.Errorf("P %d, quota %v", m.P, *m.Quota)
	}
	if !m.WaitClock || m.CPUClock == "" {
		t.Errorf("clocks %+v", m)
	}
}

func TestATimeOutShowsInTheSystemCall(t *testing.T) {
	epoll := strconv.Itoa(unix.SYS_EPOLL_PWAIT)
	for line, want := range map[string]bool{
		epoll + " 0x6 0x263abb93b73c 0x80 0x9c3 0x0 0x0 0x263abb93b6a8 0x40866e":      true,
		epoll + " 0x6 0x263abb93b73c 0x80 0x0 0x0 0x0 0x263abb93b6a8 0x40866e":        true,
		epoll + " 0x6 0x263abb93b73c 0x80 0xffffffff 0x0 0x0 0x263abb93b6a8 0x40866e": false,
		epoll + " 0x6 0x26 0x80 0xffffffffffffffff 0x0 0x0 0x263abb93b6a8 0x40866e":   false,
		"202 0x5a6c40 0x80 0x0 0x1a750f51fea0 0x0 0x0 0x1a750f51fe68 0x483923":        false,
		"0 0x3 0x1a750f59c020 0xa 0x0 0x0 0x0 0x1a750f534de8 0x40866e":                false,
		"running": false,
		"":        false,
		epoll:     false,
	} {
		if got := timed(line); got != want {
			t.Errorf("%q: %v, want %v", line, got, want)
		}
		if got := ready(line + "\n"); got != (line == "running") {
			t.Errorf("%q: ready %v", line, got)
		}
	}
}
